using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Documentation;

/// <summary>
/// Each kind of diagnostic has a page of one shape: title, meaning, <c>## Wrong</c> with an example and the message as it is printed, <c>## Right</c> with an
/// example, <c>## How to fix it</c>. Examples are <c>```layout bad</c> and <c>```layout good</c>, with <c>```facts</c> or <c>```facts bad</c> and
/// <c>```facts good</c> where objects matter, and <c>```lock</c> likewise.
/// </summary>
public sealed partial class DiagnosticPageTests
{
    private const string FactsPath = "fleet.facts";
    private const string LockPath = "fleet.layout.lock";

    /// <summary>Stands where there is no facts file yet.</summary>
    private const string NoFacts = "none\n";

    /// <summary>A bug of ours: there is no example.</summary>
    private const string Internal = "LAY9001";

    /// <summary>Kinds that a command shows; the tests of the tool run the commands of their pages.</summary>
    private static readonly string[] OfCommands = ["LAY0020", "LAY0021", "LAY0022", "LAY2070", "LAY2071", "LAY3010", "LAY3011", "LAY9002"];

    /// <summary>Kinds that a project shows; the tests of the generator compile the examples of their pages.</summary>
    private static readonly string[] OfProjects = ["LAY1028", "LAY3012"];

    public static TheoryData<string> Ids => new(DiagnosticDescriptors.All.Select(d => d.Id));

    public static TheoryData<string> IdsWithExample => new(DiagnosticDescriptors.All.Select(d => d.Id).Where(id => IsOfTheCompiler(id)).Except(OfCommands).Except(OfProjects).Where(id => id != Internal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_OfEveryKind_HasItsTitleAndShape(string id)
    {
        DiagnosticDescriptor descriptor = DiagnosticDescriptors.All.Single(d => d.Id == id);
        string page = Read(id);
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page);
        Assert.Contains($"Severity: {descriptor.Severity.ToString().ToLowerInvariant()}\n", page);
        Assert.Contains("\n## How to fix it\n", page);
        if (id == Internal || !IsOfTheCompiler(id)) return;
        if (OfCommands.Contains(id)) Assert.Contains("\n## How it comes up\n\n```sh\n", page);
        else Assert.InRange(page.IndexOf("\n## Wrong\n", System.StringComparison.Ordinal), 0, page.IndexOf("\n## Right\n", System.StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(IdsWithExample))]
    public void Page_BadExample_IsPrintedAsThePageSays(string id)
    {
        IReadOnlyList<MarkdownBlock> blocks = Markdown.FindBlocks(Read(id));
        string[] printed = Compile(Find(blocks, "layout bad")!, Find(blocks, "facts bad") ?? Find(blocks, "facts"), Find(blocks, "parameters") ?? "", Find(blocks, "lock bad") ?? Find(blocks, "lock")).Select(d => d.ToString()).ToArray();
        Assert.Contains(printed, p => p.Contains(id, System.StringComparison.Ordinal));

        // Where a page leaves lines out, those around them count.
        string[] shown = Find(blocks, "text")!.TrimEnd('\n').Split('\n');
        if (shown.Contains("...")) printed = [printed[0], "...", printed[^1]];
        Assert.Equal(shown, printed);
    }

    [Theory]
    [MemberData(nameof(IdsWithExample))]
    public void Page_GoodExample_HasNoDiagnostics(string id)
    {
        IReadOnlyList<MarkdownBlock> blocks = Markdown.FindBlocks(Read(id));
        Layouts.AssertNone(Compile(Find(blocks, "layout good")!, Find(blocks, "facts good") ?? Find(blocks, "facts"), Find(blocks, "parameters") ?? "", Find(blocks, "lock good") ?? Find(blocks, "lock")));
    }

    [Fact]
    public void Pages_AllFiles_AreOfAKindThatExists()
    {
        string[] files = Directory.GetFiles(Repository.GetPath("docs", "diagnostics"), "LAY*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Where(IsOfTheCompiler).ToArray();
        Assert.Empty(files.Except(DiagnosticDescriptors.All.Select(d => d.Id)));
    }

    [Fact]
    public void Descriptors_All_HaveDifferentIdsOfFourDigits()
    {
        Assert.All(DiagnosticDescriptors.All, d => Assert.Matches("^LAY[0-49][0-9]{3}$", d.Id));
        Assert.Equal(DiagnosticDescriptors.All.Count, DiagnosticDescriptors.All.DistinctBy(d => d.Id).Count());
        Assert.Equal(DiagnosticDescriptors.All.Count, DiagnosticDescriptors.All.DistinctBy(d => d.Title).Count());
    }

    /// <summary>Object files and verification (4xxx) have their pages tested where they are reported.</summary>
    private static bool IsOfTheCompiler(string id) => id[3] != '4';

    private static string Read(string id) => Repository.Read("docs", "diagnostics", id + ".md");

    private static string? Find(IEnumerable<MarkdownBlock> blocks, string info) => blocks.SingleOrDefault(b => b.Info == info)?.Text;

    /// <summary>The text that an example stands for: <c>//! N times: LINE</c> is that line so often, and a zero cannot be shown.</summary>
    private static string Expand(string text) => string.Concat(text.TrimEnd('\n').Replace("<NUL>", "\0").Split('\n').Select(line =>
        Repeated().Match(line) is { Success: true } match
            ? string.Concat(Enumerable.Repeat(match.Groups[2].Value + "\n", int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))
            : line + "\n"));

    [GeneratedRegex("^//! ([0-9]+) times: (.*)$")]
    private static partial Regex Repeated();

    private static List<Diagnostic> Compile(string text, string? facts, string parameters, string? locked)
    {
        Result<BoundLayout> bound = LayoutCompiler.Bind(Layouts.Parse(Expand(text)), _ => null, LayoutParameter.ParseList(parameters.Trim()));
        var diagnostics = bound.Diagnostics.ToList();
        if (bound.Value is null || facts is null) return diagnostics;
        Result<FactsFile> read = facts == NoFacts ? new Result<FactsFile>(null, default) : LayoutCompiler.ReadFacts(new SourceText(FactsPath, facts));
        diagnostics.AddRange(read.Diagnostics);
        Result<LockFile>? readLock = locked is null ? null : LayoutCompiler.ReadLock(new SourceText(LockPath, locked));
        if (readLock is not null) diagnostics.AddRange(readLock.Diagnostics);
        if (read.HasErrors || readLock is { HasErrors: true }) return diagnostics;
        Result<LayoutPlan> plan = LayoutCompiler.Plan(bound.Value, read.Value, readLock?.Value);
        diagnostics.AddRange(plan.Diagnostics);
        if (plan.Value is not null && readLock?.Value is { } kept) diagnostics.AddRange(LayoutCompiler.CompareLock(bound.Value, plan.Value, kept));
        return diagnostics;
    }
}
