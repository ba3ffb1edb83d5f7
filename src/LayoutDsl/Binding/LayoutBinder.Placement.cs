using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

public sealed partial class LayoutBinder
{
    private static readonly string[] WholeSubjects = { "libraries", "images" };

    /// <summary>
    /// All placements: first those of the libraries and the images, then those of sections by what they place. Images that are not placed come after the libraries,
    /// sections that are given no place in their region come one behind the other.
    /// </summary>
    private EquatableArray<BoundPlacement> BindPlacements(EquatableArray<BoundRegion> regions, EquatableArray<BoundSection> sections)
    {
        var placed = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        var placements = new List<BoundPlacement>();
        (SourcedDeclaration Source, PlaceSyntax Syntax)[] all = All<PlaceSyntax>().ToArray();
        string[] names = WholeSubjects.Concat(all.SelectMany(p => p.Syntax.Subjects).Select(s => s.Text)).ToArray();
        foreach ((SourcedDeclaration source, PlaceSyntax syntax) in all)
        {
            if (BindSubjects(source, syntax, sections, placed) is { } subject && BindPlacement(source, syntax, subject, regions, names) is { } placement) placements.Add(placement);
        }

        if (regions.Count == 0) return default;
        List<BoundPlacement> parts = placements.Where(p => p.Subject == PlacementSubject.Sections).OrderBy(p => FirstRank(p, sections)).ToList();
        ChainSections(parts, regions);
        BoundPlacement libraries = Take(PlacementSubject.Libraries) ?? DefaultLibraries(parts, regions);
        BoundPlacement images = Take(PlacementSubject.Images) ?? new BoundPlacement(PlacementSubject.Images, libraries.Region, null, libraries.Name, libraries.Location);
        var result = new[] { libraries, images }.Concat(parts).ToList();
        CheckCycles(result);
        return result.ToEquatableArray();

        BoundPlacement? Take(PlacementSubject subject) => placements.FirstOrDefault(p => p.Subject == subject);
    }

    /// <summary>Libraries start where the first region does, unless sections were placed there: then what is left of the libraries comes behind those.</summary>
    private static BoundPlacement DefaultLibraries(List<BoundPlacement> parts, EquatableArray<BoundRegion> regions)
    {
        bool isFollowed = parts.Any(p => WholeSubjects.Contains(p.After));
        string? last = isFollowed ? null : parts.LastOrDefault(p => p.Region == regions[0].Name && !parts.Any(o => o.After == p.Name))?.Name;
        return new BoundPlacement(PlacementSubject.Libraries, regions[0].Name, last is null ? regions[0].Origin : null, last, regions[0].Location);
    }

    /// <summary>Code before read-only data before data before zeroed data, whatever their order in the text.</summary>
    private static int FirstRank(BoundPlacement placement, EquatableArray<BoundSection> sections) => placement.Sections
        .Select(name => sections.First(s => s.Name == name))
        .Min(s => ((s.Permissions & Permissions.Execute) != 0 ? 0 : (s.Permissions & Permissions.Write) == 0 ? 2 : s.IsNoLoad ? 6 : 4) + (s.IsZero ? 1 : 0));

    /// <summary>Puts the sections that have neither an address nor something to come after one behind the other, from their region's origin on.</summary>
    private static void ChainSections(List<BoundPlacement> placements, EquatableArray<BoundRegion> regions)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < placements.Count; i++)
        {
            BoundPlacement placement = placements[i];
            if (placement.From is not null || placement.After is not null) continue;
            placements[i] = last.TryGetValue(placement.Region, out string? before)
                ? placement with { After = before }
                : placement with { From = regions.First(r => r.Name == placement.Region).Origin };
            last[placement.Region] = placement.Name;
        }
    }

    /// <summary>What a statement places: the two whole parts, or sections; null after a mistake.</summary>
    private (PlacementSubject Subject, EquatableArray<string> Sections)? BindSubjects(
        SourcedDeclaration source, PlaceSyntax syntax, EquatableArray<BoundSection> sections, Dictionary<string, SourceLocation> placed)
    {
        bool isCorrect = true;
        string[] known = sections.Where(s => !s.IsBuiltIn).Select(s => s.Name).ToArray();
        foreach (NameSyntax subject in syntax.Subjects)
        {
            SourceLocation location = source.Locate(subject.Span);
            bool isWhole = WholeSubjects.Contains(subject.Text);
            if (isWhole && syntax.Subjects.Count > 1) bag.ReportBadPlacement(location, $"'{subject.Text}' cannot be placed together with something else", "give it a 'place' of its own");
            else if (!isWhole && !known.Contains(subject.Text)) bag.ReportUnknownName(location, syntax.Subjects.Count > 1 ? "section" : "placement", subject.Text, WholeSubjects.Concat(known).ToArray());
            else if (placed.TryGetValue(subject.Text, out SourceLocation? first)) bag.ReportDuplicateDeclaration(location, $"the placement of '{subject.Text}'", first);
            else
            {
                placed.Add(subject.Text, location);
                continue;
            }

            isCorrect = false;
        }

        if (!isCorrect) return null;
        return syntax.Subjects[0].Text switch
        {
            "libraries" => (PlacementSubject.Libraries, default),
            "images" => (PlacementSubject.Images, default),
            _ => (PlacementSubject.Sections, syntax.Subjects.Select(s => s.Text).ToEquatableArray()),
        };
    }

    private BoundPlacement? BindPlacement(
        SourcedDeclaration source, PlaceSyntax syntax, (PlacementSubject Subject, EquatableArray<string> Sections) subject, EquatableArray<BoundRegion> regions, string[] names)
    {
        BoundRegion? region = null;
        BoundRegion? load = null;
        ulong? from = null;
        string? after = null;
        var seen = new Dictionary<string, NameSyntax>(StringComparer.Ordinal);
        foreach (PlaceClauseSyntax clause in syntax.Clauses)
        {
            string word = clause.Keyword.Text;
            if (seen.TryGetValue(word, out NameSyntax? first)) bag.ReportDuplicateProperty(source.Locate(clause.Keyword.Span), word, source.Locate(first.Span));
            else seen.Add(word, clause.Keyword);
            if (word == "in") region = BindRegionName(source, clause.Value, regions);
            else if (word == "load") load = BindRegionName(source, clause.Value, regions);
            else if (word == "from") from = constants.Evaluate(source, clause.Value);
            else after = BindAfter(source, clause.Value, names);
        }

        SourceLocation location = source.Locate(syntax.Subjects[0].Span);
        if (seen.ContainsKey("from") && seen.ContainsKey("after"))
        {
            bag.ReportBadPlacement(location, "'from' and 'after' exclude each other", "keep one of them");
            return null;
        }

        if (load is not null && subject.Subject != PlacementSubject.Sections)
        {
            bag.ReportBadPlacement(location, "only sections have a load address", "place the sections that are copied: place data in ram load in flash;");
        }

        region ??= from is { } address
            ? regions.FirstOrDefault(r => address >= r.Origin && address - r.Origin < r.Length) ?? regions.FirstOrDefault()
            : regions.FirstOrDefault();
        if (region is null) return null;
        if (from is null && after is null && subject.Subject != PlacementSubject.Sections) from = region.Origin;
        CheckStart(source, syntax, region, from, seen.ContainsKey("from"));
        return new BoundPlacement(subject.Subject, region.Name, from, after, location) { Sections = subject.Sections, LoadRegion = load?.Name };
    }

    private void CheckStart(SourcedDeclaration source, PlaceSyntax syntax, BoundRegion region, ulong? from, bool isGiven)
    {
        SourceLocation location = source.Locate(syntax.Subjects[0].Span);
        if (from is { } start && (start < region.Origin || start - region.Origin >= region.Length))
        {
            bag.ReportBadPlacement(
                location,
                FormattableString.Invariant($"0x{start:x} is not in the region '{region.Name}'"),
                FormattableString.Invariant($"it reaches from 0x{region.Origin:x} to 0x{unchecked(region.Origin + region.Length):x}"));
        }
        else if (isGiven && from is { } unaligned && constants.Page is { } page && unaligned % page != 0)
        {
            bag.ReportBadPlacement(location, FormattableString.Invariant($"0x{unaligned:x} is not a multiple of the page size {page}"), "write 'from align(ADDRESS, page)'");
        }
    }

    private BoundRegion? BindRegionName(SourcedDeclaration source, ExpressionSyntax value, EquatableArray<BoundRegion> regions)
    {
        if (value is not NameSyntax name)
        {
            bag.ReportWrongValue(source.Locate(value.Span), "the name of a region");
            return null;
        }

        BoundRegion? region = regions.FirstOrDefault(r => r.Name == name.Text);
        if (region is null) bag.ReportUnknownName(source.Locate(name.Span), "region", name.Text, regions.Select(r => r.Name).ToArray());
        return region;
    }

    private string? BindAfter(SourcedDeclaration source, ExpressionSyntax value, string[] names)
    {
        if (value is not NameSyntax name) bag.ReportWrongValue(source.Locate(value.Span), "'libraries', 'images' or a section that has a 'place'");
        else if (!names.Contains(name.Text)) bag.ReportUnknownName(source.Locate(name.Span), "placement", name.Text, names);
        else return First(name.Text);
        return null;

        // Sections that are placed together are named by the first of them.
        string First(string section) =>
            All<PlaceSyntax>().FirstOrDefault(p => p.Syntax.Subjects.Any(s => s.Text == section)).Syntax?.Subjects[0].Text ?? section;
    }

    private void CheckCycles(List<BoundPlacement> placements)
    {
        foreach (BoundPlacement placement in placements)
        {
            string? at = placement.After;
            for (int steps = 0; at is not null && at != placement.Name && steps < placements.Count; steps++) at = placements.FirstOrDefault(p => p.Name == at)?.After;
            if (at != placement.Name) continue;
            bag.ReportBadPlacement(placement.Location, $"'{placement.Name}' come after themselves", "give one of the placements an address with 'from'");
        }
    }
}
