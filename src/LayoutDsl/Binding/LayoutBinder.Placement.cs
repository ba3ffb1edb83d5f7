using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

public sealed partial class LayoutBinder
{
    private static readonly Dictionary<string, PlacementSubject> Subjects = new(System.StringComparer.Ordinal)
    {
        ["libraries"] = PlacementSubject.Libraries,
        ["images"] = PlacementSubject.Images,
    };

    /// <summary>Both placements; images that are not placed come after the libraries.</summary>
    private EquatableArray<BoundPlacement> BindPlacements(EquatableArray<BoundRegion> regions)
    {
        var placements = new Dictionary<PlacementSubject, BoundPlacement>();
        foreach ((SourcedDeclaration source, PlaceSyntax syntax) in All<PlaceSyntax>())
        {
            SourceLocation location = source.Locate(syntax.Subject.Span);
            if (!Subjects.TryGetValue(syntax.Subject.Text, out PlacementSubject subject))
            {
                bag.ReportUnknownName(location, "placement", syntax.Subject.Text, Subjects.Keys);
            }
            else if (placements.TryGetValue(subject, out BoundPlacement? first))
            {
                bag.ReportDuplicateDeclaration(location, $"the placement of '{syntax.Subject.Text}'", first.Location);
            }
            else if (BindPlacement(source, syntax, subject, regions) is { } placement)
            {
                placements.Add(subject, placement);
            }
        }

        if (regions.Count == 0) return default;
        BoundPlacement libraries = TakeOrDefault(PlacementSubject.Libraries, null);
        BoundPlacement images = TakeOrDefault(PlacementSubject.Images, libraries);
        var all = EquatableArray.Of(libraries, images);
        CheckCycles(all);
        return all;

        BoundPlacement TakeOrDefault(PlacementSubject subject, BoundPlacement? previous) =>
            placements.TryGetValue(subject, out BoundPlacement? placed) ? placed
            : previous is null ? new BoundPlacement(subject, regions[0].Name, regions[0].Origin, null, regions[0].Location)
            : new BoundPlacement(subject, previous.Region, null, previous.Subject, previous.Location);
    }

    private BoundPlacement? BindPlacement(SourcedDeclaration source, PlaceSyntax syntax, PlacementSubject subject, EquatableArray<BoundRegion> regions)
    {
        BoundRegion? region = null;
        ulong? from = null;
        PlacementSubject? after = null;
        var seen = new Dictionary<string, NameSyntax>(System.StringComparer.Ordinal);
        foreach (PlaceClauseSyntax clause in syntax.Clauses)
        {
            string word = clause.Keyword.Text;
            if (seen.TryGetValue(word, out NameSyntax? first)) bag.ReportDuplicateProperty(source.Locate(clause.Keyword.Span), word, source.Locate(first.Span));
            else seen.Add(word, clause.Keyword);
            if (word == "in") region = BindRegionName(source, clause.Value, regions);
            else if (word == "from") from = constants.Evaluate(source, clause.Value);
            else after = BindSubject(source, clause.Value);
        }

        SourceLocation location = source.Locate(syntax.Subject.Span);
        if (seen.ContainsKey("from") && seen.ContainsKey("after"))
        {
            bag.ReportBadPlacement(location, "'from' and 'after' exclude each other", "keep one of them");
            return null;
        }

        region ??= from is { } address
            ? regions.FirstOrDefault(r => address >= r.Origin && address - r.Origin < r.Length) ?? regions.FirstOrDefault()
            : regions.FirstOrDefault();
        if (region is null) return null;
        if (from is null && after is null) from = region.Origin;
        if (from is { } start && (start < region.Origin || start - region.Origin >= region.Length))
        {
            bag.ReportBadPlacement(
                location,
                System.FormattableString.Invariant($"0x{start:x} is not in the region '{region.Name}'"),
                System.FormattableString.Invariant($"it reaches from 0x{region.Origin:x} to 0x{unchecked(region.Origin + region.Length):x}"));
        }
        else if (seen.ContainsKey("from") && from is { } unaligned && constants.Page is { } page && unaligned % page != 0)
        {
            bag.ReportBadPlacement(location, System.FormattableString.Invariant($"0x{unaligned:x} is not a multiple of the page size {page}"), "write 'from align(ADDRESS, page)'");
        }

        return new BoundPlacement(subject, region.Name, from, after, location);
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

    private PlacementSubject? BindSubject(SourcedDeclaration source, ExpressionSyntax value)
    {
        if (value is NameSyntax name && Subjects.TryGetValue(name.Text, out PlacementSubject subject)) return subject;
        bag.ReportWrongValue(source.Locate(value.Span), "'libraries' or 'images'");
        return null;
    }

    private void CheckCycles(EquatableArray<BoundPlacement> placements)
    {
        foreach (BoundPlacement placement in placements)
        {
            PlacementSubject? at = placement.After;
            for (int steps = 0; at is { } next && next != placement.Subject && steps < placements.Count; steps++) at = placements.First(p => p.Subject == next).After;
            if (at != placement.Subject) continue;
            string name = Subjects.First(s => s.Value == placement.Subject).Key;
            bag.ReportBadPlacement(placement.Location, $"'{name}' come after themselves", "give one of the placements an address with 'from'");
        }
    }
}
