using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

public sealed partial class LayoutBinder
{
    private EquatableArray<BoundSection> BindSections(Architecture? architecture)
    {
        var sections = new NameTable<BoundSection>("the section", bag);
        var patterns = new Dictionary<string, (string Section, SourceLocation Location)>(StringComparer.Ordinal);
        foreach ((SourcedDeclaration source, SectionSyntax syntax) in All<SectionSyntax>())
        {
            BoundSection section = BindSection(source, syntax, architecture);
            if (!sections.Add(section.Name, section, section.Location)) continue;
            if (BuiltInSections.All.Any(b => b.Name == section.Name)) bag.ReportWrongValue(section.Location, $"another name ('{section.Name}' is the compiler's own)");
            foreach (BoundPattern pattern in section.Patterns)
            {
                if (patterns.TryGetValue(pattern.Text, out (string Section, SourceLocation Location) first))
                {
                    bag.ReportDuplicatePattern(pattern.Location, pattern.Text, $"the section '{first.Section}'", first.Location);
                }
                else patterns.Add(pattern.Text, (section.Name, pattern.Location));
            }
        }

        foreach (BoundSection builtIn in BuiltInSections.For(architecture))
        {
            // A layout that names one of these patterns has taken the linker's sections into its own hands.
            bool taken = builtIn.Patterns.Any(p => patterns.ContainsKey(p.Text));
            if (!taken && !sections.Contains(builtIn.Name)) sections.Add(builtIn.Name, builtIn, builtIn.Location);
        }

        return sections.ToSorted(s => s.Name);
    }

    private BoundSection BindSection(SourcedDeclaration source, SectionSyntax syntax, Architecture? architecture)
    {
        string name = syntax.Name.Text;
        SourceLocation location = source.Locate(syntax.Name.Span);
        Permissions permissions = BindPermissions(source, syntax.Permissions);
        if ((permissions & Permissions.Read) == 0 || permissions.HasFlag(Permissions.Write | Permissions.Execute))
        {
            bag.ReportBadPermissions(source.Locate(syntax.Permissions.Span), syntax.Permissions.Text, "a section is r, rw or rx: never writable and executable at once");
        }

        var modifiers = new Dictionary<string, SectionModifierSyntax>(StringComparer.Ordinal);
        foreach (SectionModifierSyntax modifier in syntax.Entries.OfType<SectionModifierSyntax>())
        {
            if (modifiers.TryGetValue(modifier.Word.Text, out SectionModifierSyntax? first))
            {
                bag.ReportDuplicateProperty(source.Locate(modifier.Word.Span), modifier.Word.Text, source.Locate(first.Word.Span));
            }
            else modifiers.Add(modifier.Word.Text, modifier);
        }

        EquatableArray<BoundPattern> patterns = syntax.Entries.OfType<SectionPatternSyntax>()
            .Select(p => BindPattern(source, p.Pattern, p.Sort is not null))
            .ToEquatableArray();
        if (patterns.Count == 0) bag.ReportEmptySection(location, name);
        bool isTable = modifiers.ContainsKey("table");
        ulong reserve = 0;
        if (modifiers.TryGetValue("reserve", out SectionModifierSyntax? reserveSyntax))
        {
            reserve = constants.Evaluate(source, reserveSyntax.Arguments[0]) ?? 0;
        }

        uint? fill = modifiers.TryGetValue("fill", out SectionModifierSyntax? fillSyntax) ? BindFill(source, fillSyntax.Arguments[0]) : null;
        bool isNoLoad = modifiers.TryGetValue("noload", out SectionModifierSyntax? noLoad);
        foreach (string word in new[] { "zero", "fill", "thread", "unwind" }.Where(w => isNoLoad && modifiers.ContainsKey(w)))
        {
            bag.ReportWrongValue(source.Locate(noLoad!.Span), $"'noload' without '{word}' (nothing is loaded, and nothing sets it to zero)");
        }

        BoundBounds? bounds = null;
        if (modifiers.TryGetValue("bounds", out SectionModifierSyntax? boundsSyntax))
        {
            bounds = new BoundBounds(((NameSyntax)boundsSyntax.Arguments[0]).Text, ((NameSyntax)boundsSyntax.Arguments[1]).Text);
            if (!isTable) bag.ReportWrongValue(source.Locate(boundsSyntax.Span), "'table' beside 'bounds' (the slots of a section that is no table do not lie together)");
        }

        if (modifiers.TryGetValue("padded", out SectionModifierSyntax? padded) && !isTable)
        {
            bag.ReportWrongValue(source.Locate(padded.Span), "'table' beside 'padded' (other sections have slots of one size already)");
        }

        SectionRole role = BindRole(source, modifiers, architecture);
        return new BoundSection(
            name,
            permissions,
            patterns,
            modifiers.ContainsKey("zero") || isNoLoad,
            isTable || role == SectionRole.ThreadData,
            modifiers.ContainsKey("keep"),
            bounds,
            padded is not null,
            reserve,
            role,
            false,
            source.Placed.Documentation,
            location)
        { IsNoLoad = isNoLoad, Fill = fill };
    }

    /// <summary>One to four bytes: a byte is repeated, as is a half-word.</summary>
    private uint? BindFill(SourcedDeclaration source, ExpressionSyntax value)
    {
        if (constants.Evaluate(source, value) is not { } number) return null;
        if (number > uint.MaxValue) bag.ReportValueOutOfRange(source.Locate(value.Span), "the fill is longer than four bytes", "write one, two or four bytes, such as 0xFF or 0xDEADBEEF");
        uint bytes = unchecked((uint)number);
        return bytes <= 0xFF ? bytes * 0x01010101u : bytes <= 0xFFFF ? bytes * 0x00010001u : bytes;
    }

    private SectionRole BindRole(SourcedDeclaration source, Dictionary<string, SectionModifierSyntax> modifiers, Architecture? architecture)
    {
        bool isUnwind = modifiers.TryGetValue("unwind", out SectionModifierSyntax? unwind);
        bool isThread = modifiers.TryGetValue("thread", out SectionModifierSyntax? thread);
        foreach (SectionModifierSyntax word in new[] { unwind, thread }.OfType<SectionModifierSyntax>())
        {
            string? other = new[] { "table", "padded", "bounds", "reserve", "unwind", "thread" }.FirstOrDefault(w => w != word.Word.Text && modifiers.ContainsKey(w));
            if (other is not null) bag.ReportWrongValue(source.Locate(word.Span), $"'{word.Word.Text}' without '{other}'");
        }

        if (isUnwind && architecture is { HasStubs: false })
        {
            bag.ReportValueOutOfRange(source.Locate(unwind!.Span), "there are no unwind tables for this machine yet", "remove the word, or build for x86_64");
        }

        return isUnwind ? SectionRole.Unwind : isThread ? SectionRole.ThreadData : SectionRole.Ordinary;
    }

    private BoundPattern BindPattern(SourcedDeclaration source, StringSyntax syntax, bool sort)
    {
        SourceLocation location = source.Locate(syntax.Span);
        if (syntax.Value.Length == 0) bag.ReportBadPath(location, "the pattern is empty");
        else if (!syntax.Value.All(IsPatternCharacter)) bag.ReportBadPath(location, "a pattern of section names has letters, digits, '_', '.', '$', '-', '+', '~', '*' and '?' only");
        return new BoundPattern(syntax.Value, sort, location);

        static bool IsPatternCharacter(char c) => Parsing.SyntaxFacts.IsNamePart(c) || c is '.' or '$' or '-' or '*' or '?';
    }

    private EquatableArray<BoundPattern> BindDiscards(EquatableArray<BoundSection> sections)
    {
        var owners = new Dictionary<string, (string Owner, SourceLocation Location)>(StringComparer.Ordinal);
        foreach (BoundSection section in sections.Where(s => !s.IsBuiltIn))
        {
            foreach (BoundPattern pattern in section.Patterns) owners[pattern.Text] = ($"the section '{section.Name}'", pattern.Location);
        }

        var discards = new List<BoundPattern>();
        foreach (BoundPattern pattern in All<DiscardSyntax>().SelectMany(d => d.Syntax.Patterns.Select(p => BindPattern(d.Source, p, false))))
        {
            if (owners.TryGetValue(pattern.Text, out (string Owner, SourceLocation Location) first)) bag.ReportDuplicatePattern(pattern.Location, pattern.Text, first.Owner, first.Location);
            else owners.Add(pattern.Text, ("'discard'", pattern.Location));
            discards.Add(pattern);
        }

        return discards.OrderBy(p => p.Text, StringComparer.Ordinal).ToEquatableArray();
    }

    private EquatableArray<BoundAlignment> BindAlignments(
        EquatableArray<BoundSection> sections, EquatableArray<BoundLibrary> libraries, EquatableArray<BoundImage> images)
    {
        var rules = new Dictionary<(string?, string?), BoundAlignment>();
        string[] units = libraries.Select(l => l.Name).Concat(images.Select(i => i.Name)).ToArray();
        string[] sectionNames = sections.Select(s => s.Name).ToArray();
        foreach ((SourcedDeclaration source, AlignSyntax syntax) in All<AlignSyntax>())
        {
            foreach (AlignmentRuleSyntax rule in syntax.Rules)
            {
                if (BindAlignment(source, rule, units, sectionNames) is not { } bound) continue;
                if (rules.TryGetValue((bound.Owner, bound.Section), out BoundAlignment? first))
                {
                    bag.ReportDuplicateAlignmentRule(bound.Location, $"{rule.Owner.Text}.{rule.Section.Text}", first.Location);
                }
                else rules.Add((bound.Owner, bound.Section), bound);
            }
        }

        return rules.Values.OrderBy(r => r.Owner, StringComparer.Ordinal).ThenBy(r => r.Section, StringComparer.Ordinal).ToEquatableArray();
    }

    private BoundAlignment? BindAlignment(SourcedDeclaration source, AlignmentRuleSyntax rule, string[] units, string[] sections)
    {
        CheckSelector(source, rule, "library or image", units, sections);
        if (constants.Evaluate(source, rule.Value) is not { } bytes) return null;
        SourceLocation value = source.Locate(rule.Value.Span);
        if (!Alignment.IsPowerOfTwo(bytes)) bag.ReportNotAPowerOfTwo(value, bytes);
        else if (bytes > 1UL << 30) bag.ReportValueOutOfRange(value, "the alignment is too large", "alignments are at most 1GiB");
        return new BoundAlignment(NameOrAny(rule.Owner), NameOrAny(rule.Section), bytes, LocateSelector(source, rule));
    }

    /// <summary>The rules of <c>headroom</c> blocks; the property of a library is the rule for all its sections.</summary>
    private EquatableArray<BoundHeadroom> BindHeadrooms(EquatableArray<BoundSection> sections, EquatableArray<BoundLibrary> libraries)
    {
        var rules = new Dictionary<(string?, string?), BoundHeadroom>();
        foreach (BoundLibrary library in libraries.Where(l => l.HeadroomPercent is not null))
        {
            rules.Add((library.Name, null), new BoundHeadroom(library.Name, null, library.HeadroomPercent!.Value, library.Location));
        }

        string[] names = libraries.Select(l => l.Name).ToArray();
        string[] sectionNames = sections.Where(s => !s.IsTable).Select(s => s.Name).ToArray();
        foreach ((SourcedDeclaration source, HeadroomSyntax syntax) in All<HeadroomSyntax>())
        {
            foreach (AlignmentRuleSyntax rule in syntax.Rules)
            {
                CheckSelector(source, rule, "library", names, sectionNames);
                SourceLocation value = source.Locate(rule.Value.Span), location = LocateSelector(source, rule);
                (string?, string?) key = (NameOrAny(rule.Owner), NameOrAny(rule.Section));
                if (rule.Value is not PercentSyntax percent) bag.ReportWrongValue(value, "a percentage such as '25%'");
                else if (rules.TryGetValue(key, out BoundHeadroom? first)) bag.ReportDuplicateHeadroomRule(location, $"{rule.Owner.Text}.{rule.Section.Text}", first.Location);
                else
                {
                    CheckHeadroom(percent.Value, value);
                    rules.Add(key, new BoundHeadroom(key.Item1, key.Item2, percent.Value, location));
                }
            }
        }

        return rules.Values.OrderBy(r => r.Owner, StringComparer.Ordinal).ThenBy(r => r.Section, StringComparer.Ordinal).ToEquatableArray();
    }

    private void CheckHeadroom(ulong percent, SourceLocation location)
    {
        if (percent > 10_000) bag.ReportValueOutOfRange(location, "the headroom is too large", "it is at most 10000%");
    }

    private void CheckSelector(SourcedDeclaration source, AlignmentRuleSyntax rule, string what, string[] units, string[] sections)
    {
        if (rule.Owner.Text != "*" && !units.Contains(rule.Owner.Text)) bag.ReportUnknownName(source.Locate(rule.Owner.Span), what, rule.Owner.Text, units);
        if (rule.Section.Text != "*" && !sections.Contains(rule.Section.Text)) bag.ReportUnknownName(source.Locate(rule.Section.Span), "section", rule.Section.Text, sections);
    }

    private static SourceLocation LocateSelector(SourcedDeclaration source, AlignmentRuleSyntax rule) =>
        source.Locate(TextSpan.FromBounds(rule.Owner.Span.Start, rule.Section.Span.End));

    private static string? NameOrAny(NameSyntax name) => name.Text == "*" ? null : name.Text;
}
