using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Planning.Blocks;

namespace LayoutDsl.Planning.Costs;

/// <summary>Pages of libraries that hold addresses and that nobody writes: the same in all images where libraries have one address, an image's own where they do not.</summary>
internal static class PointerPages
{
    /// <summary>Whether all of a slot is pointers, in a plan that moves what they point to.</summary>
    public static bool IsMoved(LayoutPlan plan, SlotPlan slot) => plan.Aslr is not null && plan.GetSection(slot.Section).IsRelro;

    /// <summary>How many of the pages that slots have together, or one slot alone, hold addresses that differ between images.</summary>
    public static ulong Count(LayoutPlan plan, SlotPlan[] slots, int start, int stop, ulong count)
    {
        if (plan.Aslr is null) return 0;
        for (int i = start; i < stop; i++)
        {
            if (IsMoved(plan, slots[i])) return count;

            // Without a section for pointers, words come last among the constants.
            if (HasWords(slots[i])) return 1;
        }

        return 0;
    }

    /// <summary>The number of the page with tables that a slot has together with others of its image; null when it has none.</summary>
    public static int? FindNumber(SlotPlan slot) => slot.Inputs.SelectMany(i => i.Sections).Select(TableSections.PageNumber).FirstOrDefault(n => n is not null);

    /// <summary>The slots of an image's libraries with pointers that are its own; of those with one page of tables the first.</summary>
    public static IEnumerable<SlotPlan> Find(LayoutPlan plan, ImagePlan image)
    {
        if (plan.Aslr is null) return Enumerable.Empty<SlotPlan>();
        var seen = new HashSet<int>();
        return plan.GetLibraries(image).SelectMany(l => l.GetSlots(image)).Where(s => IsMoved(plan, s) && (FindNumber(s) is not { } number || seen.Add(number))).ToArray();
    }

    private static bool HasWords(SlotPlan slot) => slot.Inputs.Any(i => i.Sections.Any(TableSections.HasWords));
}
