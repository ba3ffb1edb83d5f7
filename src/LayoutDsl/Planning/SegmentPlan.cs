using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>A loadable segment (<c>PT_LOAD</c>) of an image.</summary>
/// <param name="Name">Its name in the linker script.</param>
/// <param name="Permissions">Permissions of its pages.</param>
/// <param name="Slots">The slots with content in it, by address.</param>
public sealed record SegmentPlan(string Name, Permissions Permissions, IReadOnlyList<SlotPlan> Slots)
{
    /// <summary>First address.</summary>
    public ulong Address => Slots[0].Address;

    /// <summary>The address just after the last content.</summary>
    public ulong End => Slots[Slots.Count - 1].Address + Slots[Slots.Count - 1].Size;

    /// <summary>A segment costs its header in the file (56 bytes: gABI, <c>Elf64_Phdr</c>), so what is shorter stays a gap within one.</summary>
    private const ulong LongestGap = 64;

    /// <summary>Offsets in the file and addresses are equal up to multiples of this: the page size for what a kernel maps. Sections in a segment may need more.</summary>
    public static ulong GetFileAlignment(LayoutPlan plan) => plan.IsPacked ? 16 : plan.Page;

    /// <summary>
    /// The segments of an image. One covers slots that follow each other without a free page between them (in a packed file, without a gap), so that a file never
    /// grows with the address range; bytes in the file never come after zeroed ones, and no two sets of permissions share a segment.
    /// </summary>
    public static IReadOnlyList<SegmentPlan> Find(LayoutPlan plan, ImagePlan image)
    {
        var segments = new List<SegmentPlan>();
        List<SlotPlan>? current = null;
        SectionPlan? last = null;
        foreach (SlotPlan slot in plan.GetSlots(image).Where(s => s.Size > 0 && plan.GetSection(s.Section).IsLoaded))
        {
            SectionPlan section = plan.GetSection(slot.Section);
            bool joins = current is not null
                && section.Permissions == last!.Permissions
                && (section.IsZero || !last.IsZero)
                && slot.Region == current[0].Region
                && Distance(slot) == Distance(current[0])
                && !(plan.IsPacked ? HasGap(current[current.Count - 1], slot) : HasFreePage(current[current.Count - 1], slot, plan.Page));
            if (!joins)
            {
                current = new List<SlotPlan>();
                segments.Add(new SegmentPlan(FormattableString.Invariant($"load{segments.Count}"), section.Permissions, current));
            }

            current!.Add(slot);
            last = section;
        }

        return segments;
    }

    /// <summary>From the address where a slot runs to the one where it is loaded: a segment has one for all of it.</summary>
    private static ulong Distance(SlotPlan slot) => unchecked((slot.LoadAddress ?? slot.Address) - slot.Address);

    private static bool HasGap(SlotPlan before, SlotPlan after) => after.Address > before.Address + before.Size + LongestGap;

    private static bool HasFreePage(SlotPlan before, SlotPlan after, ulong page) =>
        Alignment.AlignDown(after.Address, page) > Alignment.AlignDown(before.Address + before.Size - 1, page) + page;
}
