using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Costs;

/// <summary>
/// What a fleet needs at least, from its plan alone: all different content once, packed without gaps, code and data of other permissions apart; for each instance the bytes that it may write,
/// packed, and the page tables that so much memory needs. No placing reaches less: every content is on some page, a page holds no more than its size, and a page with content of one image only
/// is no other image's, so that what is shared and lies on its rest is there twice at least.
/// </summary>
/// <param name="ReadOnly">Different read-only pages.</param>
/// <param name="Data">Different pages of writable data with bytes in the file, before any instance writes.</param>
/// <param name="Written">Writable pages of all instances.</param>
/// <param name="PageTables">Pages of page tables of all instances.</param>
public sealed record PlanFloor(ulong ReadOnly, ulong Data, ulong Written, ulong PageTables)
{
    /// <summary>Different pages over the images' files that are not all zeros.</summary>
    public ulong Distinct => ReadOnly + Data;

    /// <summary>Pages of the fleet when all instances run.</summary>
    public ulong Resident => ReadOnly + Written + PageTables;

    /// <summary>Computes the floor of a plan.</summary>
    public static PlanFloor Of(LayoutPlan plan)
    {
        (ulong readOnly, ulong data, ulong written, ulong tables) = (0, 0, 0, 0);
        foreach (var group in FindContent(plan).GroupBy(c => (plan.GetSection(c.Slot.Section).Permissions, IsWritten: IsWritten(plan, c.Slot))))
        {
            ulong pages = CountContent(plan.Page, group);
            if (group.Key.IsWritten) data += pages;
            else readOnly += pages;
        }

        foreach (ImagePlan image in plan.Images)
        {
            SlotPlan[] all = plan.GetLibraries(image).SelectMany(l => l.Slots.Where(s => s.IsIn(image.Name))).Concat(image.Slots).Where(s => IsLoaded(plan, s)).ToArray();
            written += image.Instances * Pages(plan, all.Where(s => IsWritten(plan, s)));
            ulong total = Pages(plan, all);
            if (total > 0) tables += image.Instances * Costs.PageTables.Count(plan.Page, new[] { (0UL, (total - 1) * plan.Page) });
        }

        return new PlanFloor(readOnly, data, written, tables);
    }

    /// <summary>All content of the files, and the image that has it; empty when several have.</summary>
    private static IEnumerable<(SlotPlan Slot, string Image)> FindContent(LayoutPlan plan)
    {
        var single = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ImagePlan image in plan.Images)
        {
            foreach (string library in image.Libraries) single[library] = single.ContainsKey(library) ? "" : image.Name;
        }

        return plan.Libraries
            .Where(l => single.ContainsKey(l.Name))
            .SelectMany(l => l.Slots.Select(s => (Slot: s, Image: s.Images.Count == 0 ? single[l.Name] : s.Images.Count == 1 ? s.Images[0] : "")))
            .Concat(plan.Images.SelectMany(i => i.Slots.Select(s => (Slot: s, Image: i.Name))))
            .Where(c => IsLoaded(plan, c.Slot) && !plan.GetSection(c.Slot.Section).IsZero);
    }

    private static ulong CountContent(ulong page, IEnumerable<(SlotPlan Slot, string Image)> content)
    {
        (ulong pages, ulong room, ulong shared) = (0, 0, 0);
        foreach (var group in content.GroupBy(c => c.Image, c => c.Slot.Size, StringComparer.Ordinal))
        {
            ulong bytes = group.Aggregate(0UL, (sum, size) => sum + size);
            if (group.Key.Length == 0)
            {
                shared = bytes;
                continue;
            }

            ulong whole = (bytes + page - 1) / page;
            pages += whole;
            room += (whole * page) - bytes;
        }

        return pages + (shared > room / 2 ? (shared - (room / 2) + page - 1) / page : 0);
    }

    private static bool IsLoaded(LayoutPlan plan, SlotPlan slot) => slot.Size > 0 && plan.GetSection(slot.Section).IsLoaded;

    private static bool IsWritten(LayoutPlan plan, SlotPlan slot) => (plan.GetSection(slot.Section).Permissions & Permissions.Write) != 0 && !plan.GetSection(slot.Section).IsRelro;

    private static ulong Pages(LayoutPlan plan, IEnumerable<SlotPlan> slots)
    {
        ulong bytes = slots.Aggregate(0UL, (sum, s) => sum + s.Size);
        return (bytes / plan.Page) + (bytes % plan.Page == 0 ? 0UL : 1UL);
    }
}
