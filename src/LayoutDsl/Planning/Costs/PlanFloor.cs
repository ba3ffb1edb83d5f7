using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;

namespace LayoutDsl.Planning.Costs;

/// <summary>
/// What a fleet needs at least, from its plan alone. Read-only content of libraries counts once, that of the same images and permissions packed without gaps, and that of single images for each: as
/// <c>SharingFloor</c> counts in linked images. Where builds of a library differ, parts of other images may share pages with gain, and the floor is that of <see cref="Content"/>. For each instance the bytes that it
/// may write count, packed, and the page tables that so much memory needs.
/// </summary>
/// <param name="Content">
/// Different read-only pages that hold all content once, wherever pages end. No placing of any strategy needs fewer: every content is on some page, a page holds no more than its size, and a page with content of one image
/// only is no other image's, so that what is shared and lies on its rest is there twice at least.
/// </param>
/// <param name="ReadOnly">Different read-only pages.</param>
/// <param name="Data">Different pages of writable data with bytes in the file, before any instance writes.</param>
/// <param name="Written">Writable pages of all instances.</param>
/// <param name="PageTables">Pages of page tables of all instances.</param>
public sealed record PlanFloor(ulong Content, ulong ReadOnly, ulong Data, ulong Written, ulong PageTables)
{
    /// <summary>Different pages over the images' files that are not all zeros.</summary>
    public ulong Distinct => ReadOnly + Data;

    /// <summary>Pages of the fleet when all instances run.</summary>
    public ulong Resident => ReadOnly + Written + PageTables;

    /// <summary>Computes the floor of a plan.</summary>
    public static PlanFloor Of(LayoutPlan plan)
    {
        (ulong content, ulong readOnly, ulong data, ulong written, ulong tables) = (0, 0, 0, 0, 0);
        bool hasVariants = plan.Libraries.Any(l => l.Slots.Any(s => s.Images.Count > 0));
        foreach (var group in FindContent(plan).GroupBy(c => (plan.GetSection(c.Slot.Section).Permissions, IsWritten: IsWritten(plan, c.Slot))))
        {
            ulong pages = CountContent(plan.Page, group);
            if (group.Key.IsWritten) data += pages;
            else
            {
                content += pages;
                readOnly += hasVariants ? pages : group.GroupBy(c => c.Images, c => c.Slot, StringComparer.Ordinal).Aggregate(0UL, (sum, g) => sum + Pages(plan, g));
            }
        }

        foreach (ImagePlan image in plan.Images)
        {
            SlotPlan[] all = plan.GetLibraries(image).SelectMany(l => l.Slots.Where(s => s.IsIn(image.Name))).Concat(image.Slots).Where(s => IsLoaded(plan, s)).ToArray();
            written += image.Instances * Pages(plan, all.Where(s => IsWritten(plan, s)));
            ulong total = Pages(plan, all);
            if (total > 0) tables += image.Instances * Costs.PageTables.Count(plan.Page, new[] { (0UL, (total - 1) * plan.Page) });
        }

        return new PlanFloor(content, readOnly, data, written, tables);
    }

    /// <summary>All content of the files, and the names of the images that have it.</summary>
    private static IEnumerable<(SlotPlan Slot, string Images)> FindContent(LayoutPlan plan)
    {
        var members = plan.Libraries.ToDictionary(l => l.Name, _ => new List<string>(), StringComparer.Ordinal);
        foreach (ImagePlan image in plan.Images)
        {
            foreach (string library in image.Libraries) members[library].Add(image.Name);
        }

        return plan.Libraries
            .Where(l => members[l.Name].Count > 0)
            .Select(l => (Library: l, Images: string.Join("\n", members[l.Name])))
            .SelectMany(l => l.Library.Slots.Where(s => !PointerPages.IsMoved(plan, s)).Select(s => (Slot: s, Images: s.Images.Count == 0 ? l.Images : string.Join("\n", s.Images))))
            .Concat(plan.Images.SelectMany(i => i.Slots.Concat(PointerPages.Find(plan, i)).Select(s => (Slot: s, Images: i.Name))))
            .Where(c => IsLoaded(plan, c.Slot) && !plan.GetSection(c.Slot.Section).IsZero);
    }

    private static ulong CountContent(ulong page, IEnumerable<(SlotPlan Slot, string Images)> content)
    {
        (ulong pages, ulong room, ulong shared) = (0, 0, 0);
        foreach (var group in content.GroupBy(c => c.Images.Contains("\n") ? "" : c.Images, c => c.Slot.Size, StringComparer.Ordinal))
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
