using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>Works the placements off in an order in which each knows where it starts, and remembers where each ended.</summary>
internal sealed class PlacementOrder
{
    private readonly BoundLayout layout;
    private readonly DiagnosticBag bag;
    private readonly Dictionary<string, (BoundPlacement Placement, ulong Start, ulong End)> finished = new(StringComparer.Ordinal);

    public PlacementOrder(BoundLayout layout, DiagnosticBag bag)
    {
        this.layout = layout;
        this.bag = bag;
    }

    /// <summary>The placements, those that others come after first. The binder has refused cycles.</summary>
    public IEnumerable<BoundPlacement> InOrder()
    {
        var open = layout.Placements.ToList();
        while (open.Count > 0)
        {
            BoundPlacement next = open.First(p => p.After is not { } after || finished.ContainsKey(after));
            open.Remove(next);
            yield return next;
        }
    }

    /// <summary>A cursor at the first address of a placement.</summary>
    public AddressCursor Start(BoundPlacement placement)
    {
        BoundRegion region = layout.Regions.First(r => r.Name == placement.Region);
        ulong start = placement.From ?? Math.Max(region.Origin, EndIn(region, placement.After!));
        var cursor = new AddressCursor(region, start, bag);
        cursor.Align(layout.Target.Page);
        return cursor;
    }

    public void Finish(BoundPlacement placement, AddressCursor cursor)
    {
        ulong start = placement.From ?? Math.Max(cursor.Region.Origin, placement.After is { } after ? EndIn(cursor.Region, after) : 0);
        bool isAligned = Alignment.TryAlignUp(start, layout.Target.Page, out ulong aligned);
        finished[placement.Name] = (placement, isAligned && aligned <= cursor.Address ? aligned : start, cursor.Address);
    }

    /// <summary>The address just after a placement.</summary>
    public ulong End(string name) => finished[name].End;

    /// <summary>The first address of a placement.</summary>
    public ulong StartOf(string name) => finished[name].Start;

    /// <summary>Reports placements that were given addresses in each other's range.</summary>
    public void CheckOverlaps()
    {
        if (bag.HasErrors) return;
        var all = finished.Values.Where(f => f.Start < f.End).OrderBy(f => f.Start).ToArray();
        for (int i = 1; i < all.Length; i++)
        {
            (BoundPlacement Placement, ulong Start, ulong End) other = all.Take(i).OrderByDescending(f => f.End).First();
            if (all[i].Start >= other.End) continue;
            bag.ReportPlacementOverlap(
                all[i].Placement.Location,
                FormattableString.Invariant($"{Name(all[i])} start at 0x{all[i].Start:x}, but {Name(other)} reach up to 0x{other.End:x}"),
                other.Placement.Location);
        }

        static string Name((BoundPlacement Placement, ulong, ulong) item) => item.Placement.Subject == PlacementSubject.Sections ? $"the sections from '{item.Placement.Name}' on" : "the " + item.Placement.Name;
    }

    /// <summary>Reports headers on pages of something else.</summary>
    public void CheckHeaders()
    {
        if (bag.HasErrors || layout.Target.Headers is not { } headers) return;
        foreach ((BoundPlacement placement, ulong start, ulong end) in finished.Values.Where(f => headers >= f.Start && headers < f.End))
        {
            bag.ReportPlacementOverlap(
                layout.Target.Location,
                FormattableString.Invariant($"the headers are at 0x{headers:x}, in the middle of the {placement.Name} from 0x{start:x} to 0x{end:x}"),
                placement.Location);
        }
    }

    /// <summary>What comes after something in another region starts at its own region's origin.</summary>
    private ulong EndIn(BoundRegion region, string name)
    {
        (BoundPlacement placement, _, ulong end) = finished[name];
        return placement.Region == region.Name ? end : region.Origin;
    }
}
