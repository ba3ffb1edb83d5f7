using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Emit;
using LayoutDsl.Emit.Scripts;
using LayoutDsl.Importing;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Adopting;

/// <summary>
/// Puts the slots of libraries into a captured script: each behind the output section that takes such input sections, so that everything the script says of that section (what
/// is in front of it, symbols at its end, its program header) holds for the slots too.
/// </summary>
public sealed class ScriptWeaver
{
    /// <summary>Folder of the objects that are no library's. What the script takes from any file, it takes from these only: the others have slots.</summary>
    public const string OwnFolder = "own";

    private static TextSpan None => default;

    private readonly LayoutPlan plan;
    private readonly ImagePlan image;
    private readonly InputStatements statements;
    private readonly Dictionary<string, SectionPlan[]> sections;
    private readonly HashSet<string> patterns;
    private readonly HashSet<string> protectedOutputs;

    /// <summary>The output section behind whose slots the jumps stand.</summary>
    private readonly string codeAnchor;

    private ScriptWeaver(CapturedScript script, LayoutPlan plan, ImagePlan image)
    {
        this.plan = plan;
        this.image = image;
        statements = new InputStatements(plan, image);
        sections = plan.Sections
            .Where(s => !s.IsTable && !s.IsBuiltIn)
            .Select(s => (Section: s, Anchor: FindAnchor(script, s.Patterns.Select(p => p.Text))))
            .Where(s => s.Anchor is not null)
            .GroupBy(s => s.Anchor!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(s => s.Section).ToArray(), StringComparer.Ordinal);
        codeAnchor = script.Outputs.Select(o => o.Name).FirstOrDefault(o => sections.TryGetValue(o, out SectionPlan[]? own) && own.Any(s => (s.Permissions & Permissions.Execute) != 0)) ?? "";
        protectedOutputs = new HashSet<string>(script.HasHeaders ? Enumerable.Empty<string>() : script.Protected, StringComparer.Ordinal);
        patterns = new HashSet<string>(sections.Values.SelectMany(s => s).SelectMany(s => s.Patterns).Select(p => p.Text), StringComparer.Ordinal);
    }

    /// <summary>The output section of a script behind which the slots of a section stand: the first that takes such sections from any file; null when there is none.</summary>
    public static string? FindAnchor(CapturedScript script, BoundSection section) => section.IsTable || section.IsBuiltIn ? null : FindAnchor(script, section.Patterns.Select(p => p.Text));

    private static string? FindAnchor(CapturedScript script, IEnumerable<string> patterns) => script.Outputs
        .Where(o => o.Name != ScriptOutputSyntax.Discard)
        .FirstOrDefault(o => o.Inputs.Any(i => i.IsGeneral && patterns.Contains(i.Section)))?.Name;

    /// <summary>The script with the slots of an image. Equal inputs give equal text.</summary>
    /// <param name="script">A script of the image's link: its whole one, or one that is put into that.</param>
    /// <param name="whole">The whole script of the link.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="image">The image.</param>
    public static string Weave(CapturedScript script, CapturedScript whole, LayoutPlan plan, ImagePlan image)
    {
        var weaver = new ScriptWeaver(whole, plan, image);
        EquatableArray<ScriptStatementSyntax> woven = script.Statements.Select(s => s is ScriptSectionsSyntax block ? weaver.Weave(block) : s).ToEquatableArray();
        return ScriptEmitter.Emit(new BoundScript(image.Name, false, woven, "", SourceLocation.OfFile(script.Path)));
    }

    /// <summary>What is put behind an output section is put behind its slots.</summary>
    private ScriptSectionsSyntax Weave(ScriptSectionsSyntax block)
    {
        if (block.Anchor is not { } anchor) return block with { Statements = block.Statements.SelectMany(s => s is ScriptOutputSyntax output ? Weave(output) : new[] { s }).ToEquatableArray() };
        return block.Relation?.Text == "after" && sections.ContainsKey(anchor.Value) ? block with { Anchor = Text(EndNameOf(anchor.Value)) } : block;
    }

    private IEnumerable<SlotPlan> GetSlots(string output)
    {
        SectionPlan[] own = sections[output];
        return OverlayPlan.GetSlots(plan, image).Where(s => own.Any(o => o.Name == s.Section));
    }

    /// <summary>
    /// An output section without content that stands behind the slots of another one, and is left out by the linker. What is inserted behind it is behind the symbols that follow, as behind the
    /// section itself in the captured script.
    /// </summary>
    private static string EndNameOf(string output) => output + ".slots_end";

    /// <summary>Where the pages of the slots of an output section end, in whatever image.</summary>
    private ulong EndOf(string output)
    {
        SectionPlan[] own = sections[output];
        IEnumerable<ulong> ends = plan.Libraries.SelectMany(l => l.Slots).Where(s => own.Any(o => o.Name == s.Section)).Select(s => s.End);
        return Alignment.AlignUp(ends.Append(FindJumps(output)?.End ?? 0).Max(), plan.Page);
    }

    private SlotPlan? FindJumps(string output) =>
        output == codeAnchor ? image.Slots.FirstOrDefault(s => s.Size > 0 && plan.GetSection(s.Section).Role == SectionRole.IndirectStubs) : null;

    private static ExpressionSyntax BehindArea(ulong end) =>
        new CallSyntax(Name("max"), new ExpressionSyntax[] { Name(ScriptWords.Here), new NumberSyntax(end, None) }.ToEquatableArray(), None);

    private static ScriptAssignmentSyntax MoveTo(ExpressionSyntax address) => new(ScriptSymbolKind.Plain, Name(ScriptWords.Here), "=", address, None);

    private IEnumerable<ScriptStatementSyntax> Weave(ScriptOutputSyntax output)
    {
        ScriptStatementSyntax[] body = output.Statements.SelectMany(s => s is ScriptInputSyntax input ? Narrow(input) : new[] { s }).ToArray();
        if (!sections.TryGetValue(output.Name.Value, out SectionPlan[]? own))
        {
            yield return output with { Statements = body.ToEquatableArray() };
            yield break;
        }

        // Symbols behind the last input section stand for the end of all of it, slots included.
        int last = body.Length;
        while (last > 0 && body[last - 1] is ScriptAssignmentSyntax or ScriptCommentSyntax) last--;
        yield return output with { Statements = body.Take(last).ToEquatableArray() };
        bool isProtected = protectedOutputs.Contains(output.Name.Value);
        ulong at = 0;
        foreach (SlotPlan slot in GetSlots(output.Name.Value).OrderBy(s => s.Address))
        {
            if (isProtected && slot.Address >= at + plan.Page) yield return ToGap(slot.OutputSection, slot.Address);
            yield return ToOutput(slot, output);
            at = slot.Address + slot.Size;
        }

        if (FindJumps(output.Name.Value) is { } jumps) yield return ToJumps(jumps, output);

        // What follows starts at one address in all images, on a page that no library has.
        ulong end = EndOf(output.Name.Value);
        if (isProtected && end >= at + plan.Page) yield return ToGap(EndNameOf(output.Name.Value), end);
        yield return MoveTo(BehindArea(end));
        yield return new ScriptOutputSyntax(Text(EndNameOf(output.Name.Value)), output.Clauses.Where(c => c.Word.Text is "in" or "headers").ToEquatableArray(), default, None);
        foreach (ScriptStatementSyntax statement in body.Skip(last)) yield return statement;
    }

    /// <summary>Patterns of sections that have slots are left for the objects that are no library's.</summary>
    private IEnumerable<ScriptStatementSyntax> Narrow(ScriptInputSyntax input)
    {
        ScriptPatternSyntax? file = input.File is { } named && !named.Text.Value.StartsWith("*", StringComparison.Ordinal) ? named with { Text = Text(WidenFile(named.Text.Value)) } : input.File;
        bool isGeneral = !input.Keep && input.Flags.Count == 0 && (input.File is null || input.File.Text.Value == "*");
        ScriptPatternSyntax[] narrowed = isGeneral ? input.Sections.Where(s => s.Functions.Count == 0 && patterns.Contains(s.Text.Value)).ToArray() : Array.Empty<ScriptPatternSyntax>();
        if (narrowed.Length == 0) return new[] { input with { File = file } };
        var ownFiles = new ScriptPatternSyntax(Text($"*/{OwnFolder}/*"), default, input.File?.Excluded ?? default);
        ScriptPatternSyntax[] others = input.Sections.Except(narrowed).ToArray();
        ScriptInputSyntax own = input with { File = ownFiles, Sections = narrowed.ToEquatableArray() };
        return others.Length == 0 ? new[] { own } : new[] { own, input with { Sections = others.ToEquatableArray() } };
    }

    /// <summary>Objects have other folders than in the build, but the same paths in them; members of archives are files in a folder of the archive's name.</summary>
    private static string WidenFile(string pattern) => "*" + pattern.Replace(':', '/');

    /// <summary>
    /// Memory up to an address: what the start of a program protects from then on is one range, and may have no hole. It takes room in the file only where the linker has bytes behind it in one segment.
    /// </summary>
    private static ScriptOutputSyntax ToGap(string next, ulong end)
    {
        var to = new CallSyntax(Name("absolute"), new ExpressionSyntax[] { new NumberSyntax(end, None) }.ToEquatableArray(), None);
        return new ScriptOutputSyntax(Text(next + ".gap"), default, new ScriptStatementSyntax[] { MoveTo(to) }.ToEquatableArray(), None);
    }

    private ScriptOutputSyntax ToJumps(SlotPlan slot, ScriptOutputSyntax anchor)
    {
        var text = new IndentedText();
        text.Open("SECTIONS");
        text.Open(FormattableString.Invariant($"{slot.OutputSection} 0x{slot.Address:x} :"));
        new MadeContent(plan, image).Emit(text, plan.GetSection(slot.Section), slot);
        text.Close();
        text.Close();
        var source = new SourceText(image.Name, text.ToString());
        ScriptOutputSyntax made = new LdParser(source, new LdImport(source, _ => null), 0).ParseFile(ScriptPlaces.Script).OfType<ScriptSectionsSyntax>().SelectMany(s => s.Statements).OfType<ScriptOutputSyntax>().First();
        return made with { Clauses = made.Clauses.Concat(anchor.Clauses.Where(c => c.Word.Text is "in" or "headers")).ToEquatableArray() };
    }

    private ScriptOutputSyntax ToOutput(SlotPlan slot, ScriptOutputSyntax anchor)
    {
        var body = new List<ScriptStatementSyntax>();
        foreach ((string file, IReadOnlyList<string> names, bool common, ulong? offset) in statements.Join(slot.Inputs))
        {
            if (offset is { } at) body.Add(MoveTo(BehindArea(at)));
            IEnumerable<string> all = common ? names.Append(SectionPlan.Common) : names;
            body.Add(new ScriptInputSyntax(false, default, all.Select(Pattern).ToEquatableArray(), Pattern(file.Trim('"')), None));
        }

        // Program headers are those of the section in front, and so is the region: GNU ld goes on with what the last section said.
        IEnumerable<ScriptClauseSyntax> clauses = anchor.Clauses.Where(c => c.Word.Text is "in" or "headers" or "noload").Prepend(new ScriptClauseSyntax(Name("at"), new ExpressionSyntax[] { new NumberSyntax(slot.Address, None) }.ToEquatableArray()));
        return new ScriptOutputSyntax(Text(slot.OutputSection), clauses.ToEquatableArray(), body.ToEquatableArray(), None);
    }

    private static NameSyntax Name(string text) => new(text, None);

    private static StringSyntax Text(string text) => new(text, None);

    private static ScriptPatternSyntax Pattern(string text) => new(Text(text), default, default);
}
