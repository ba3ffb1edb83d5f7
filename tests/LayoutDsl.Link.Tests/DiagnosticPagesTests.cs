using System;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Link.Tests;

/// <summary>
/// Each kind of diagnostic about files has a page of one shape: title, meaning, <c>## How it comes up</c> with commands and what they print,
/// <c>## How to fix it</c>. The tests of the tool run the commands.
/// </summary>
public sealed class DiagnosticPagesTests
{
    public static TheoryData<string> Ids => new(AnalysisDescriptors.All.Select(d => d.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_OfEveryKind_HasItsTitleAndShape(string id)
    {
        DiagnosticDescriptor descriptor = AnalysisDescriptors.All.Single(d => d.Id == id);
        string severity = descriptor.Severity.ToString().ToLowerInvariant();
        string page = Read(id);
        Assert.StartsWith($"# {id}: {descriptor.Title}\n\nSeverity: {severity}\n", page, StringComparison.Ordinal);
        int example = page.IndexOf("\n## How it comes up\n", StringComparison.Ordinal);
        Assert.InRange(example, 0, page.IndexOf("\n## How to fix it\n", StringComparison.Ordinal));
        Assert.Contains($": {severity} {id}: ", Printed(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_OfFiles_AreOfAKindThatExists()
    {
        string[] pages = Directory.GetFiles(Repository.GetPath("docs", "diagnostics"), "LAY4*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(AnalysisDescriptors.All.Select(d => d.Id), pages);
    }

    [Fact]
    public void Descriptors_OfBothLists_HaveDifferentIds()
    {
        Assert.All(AnalysisDescriptors.All, d => Assert.Matches("^LAY4[0-9]{3}$", d.Id));
        string[] ids = AnalysisDescriptors.All.Concat(DiagnosticDescriptors.All).Select(d => d.Id).ToArray();
        Assert.Equal(ids.Distinct(), ids);
    }

    /// <summary>These two come from a build, which the tool's tests do not run.</summary>
    [Fact]
    public void Page_OfABuild_PrintsTheMessage()
    {
        var bag = new DiagnosticBag();
        bag.ReportOutputOutsideProject(SourceLocation.OfFile("/src/app/app.csproj"), "/src/images", "/src/app");
        bag.ReportOutputTwice(new SourceLocation("/src/app/other/fleet.layout", new TextSpan(1, 1), new LineSpan(new LinePosition(2, 7), new LinePosition(2, 8))), "/src/app/bin/Debug/net10.0/images/hello.elf", "fleet.layout", "other/fleet.layout");
        foreach (Diagnostic diagnostic in bag.ToSortedArray()) Assert.Equal($"{diagnostic} [/src/app/app.csproj]\n", Printed(Read(diagnostic.Id)));
    }

    private static string Printed(string page) => Assert.Single(Markdown.FindBlocks(page), b => b.Info == "text").Text;

    private static string Read(string id) => Repository.Read("docs", "diagnostics", id + ".md");
}
