using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// The areas of sections with a <c>place</c> of their own, and where they are loaded: behind everything that runs in the region of the load, one after the
/// other. All of an area keeps one distance between both addresses, so that start-up code copies it in one go.
/// </summary>
internal static class AreaPlanner
{
    /// <summary>Gives the areas; the slots of an area that is copied get their load addresses.</summary>
    public static EquatableArray<AreaPlan> Plan(
        BoundLayout layout, PlacementOrder placements, Dictionary<string, List<SlotPlan>> librarySlots, Dictionary<string, List<SlotPlan>> imageSlots, DiagnosticBag bag)
    {
        if (bag.HasErrors) return default;
        var cursors = new Dictionary<string, AddressCursor>(StringComparer.Ordinal);
        var areas = new List<AreaPlan>();
        foreach (BoundPlacement placement in layout.Placements.Where(p => p.Subject == PlacementSubject.Sections))
        {
            ulong start = placements.StartOf(placement.Name);
            ulong size = placements.End(placement.Name) - start;
            ulong load = start;
            if (placement.LoadRegion is { } region)
            {
                if (!cursors.TryGetValue(region, out AddressCursor? cursor)) cursors.Add(region, cursor = Start(layout, placements, region, bag));
                load = cursor.Take(size, layout.Target.Page, placement.Location, () => $"what is copied to '{placement.Name}'");
                SetLoadAddresses(librarySlots, placement, load, start);
                SetLoadAddresses(imageSlots, placement, load, start);
            }

            areas.Add(new AreaPlan(placement.Name, placement.Sections, placement.Region, start, size, placement.LoadRegion ?? placement.Region, load));
        }

        return areas.OrderBy(a => a.Address).ThenBy(a => a.Name, StringComparer.Ordinal).ToEquatableArray();
    }

    private static AddressCursor Start(BoundLayout layout, PlacementOrder placements, string region, DiagnosticBag bag)
    {
        BoundRegion found = layout.Regions.First(r => r.Name == region);
        ulong end = layout.Placements.Where(p => p.Region == region).Select(p => placements.End(p.Name)).Append(found.Origin).Max();
        return new AddressCursor(found, end, bag);
    }

    private static void SetLoadAddresses(Dictionary<string, List<SlotPlan>> all, BoundPlacement placement, ulong load, ulong start)
    {
        foreach (List<SlotPlan> slots in all.Values)
        {
            for (int i = 0; i < slots.Count; i++)
            {
                if (placement.Sections.Contains(slots[i].Section)) slots[i] = slots[i] with { LoadAddress = unchecked(load + (slots[i].Address - start)) };
            }
        }
    }
}
