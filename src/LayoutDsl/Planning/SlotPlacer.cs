using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>Gives one slot its address, alignment and room.</summary>
internal sealed class SlotPlacer
{
    private readonly AlignmentRules alignments;
    private readonly HeadroomRules headrooms;
    private readonly Dictionary<(string, string, string), LockedSlot> locked;

    public SlotPlacer(AlignmentRules alignments, HeadroomRules headrooms, LockFile? locked)
    {
        this.alignments = alignments;
        this.headrooms = headrooms;
        this.locked = (locked ?? LockFile.Empty).Slots.ToDictionary(s => s.Key);
    }

    /// <summary>The locked slot of an item when its content fits into it.</summary>
    public LockedSlot? FindLocked(BlockItem item, string region) => FindLocked((item.Part.Library.Name, item.Section.Name, item.Part.Key), item.Size, item.Alignment, region);

    private LockedSlot? FindLocked((string, string, string) key, ulong size, ulong alignment, string region) =>
        size > 0 && locked.TryGetValue(key, out LockedSlot? slot) && slot.Reserved >= size && slot.Region == region && slot.Address % alignment == 0 ? slot : null;

    /// <summary>Where the applications' sections of a class start in the lock.</summary>
    public ulong? FindClass(string name) => locked.TryGetValue(("", name, ""), out LockedSlot? slot) ? slot.Address : null;

    /// <summary>What a slot for one section of a part needs.</summary>
    public BlockItem Measure(LibraryPart part, BoundSection section)
    {
        ulong size = part.Variants.Max(v => v[section.Name].Size);
        ulong alignment = alignments.Find(part.Library.Name, section.Name, part.Variants.Max(v => v[section.Name].Alignment));
        return new BlockItem(part, section, size, Reserve(section, size, headrooms.Find(part.Library.Name, section.Name)), alignment);
    }

    /// <summary>A slot for one section of an image's own at the next address of the cursor.</summary>
    /// <param name="cursor">Gives addresses.</param>
    /// <param name="image">The image or family, as alignment rules name it.</param>
    /// <param name="section">The section.</param>
    /// <param name="content">What goes in.</param>
    public SlotPlan Place(AddressCursor cursor, BoundImage image, BoundSection section, SectionContent content)
    {
        ulong alignment = alignments.Find(image.Name, section.Name, content.Alignment);
        ulong reserved = Reserve(section, content.Size, 0);
        ulong address = cursor.Take(reserved, alignment, image.Location, () => $"the section '{section.Name}' of '{image.Name}'");
        return new SlotPlan(image.Name, section.Name, "." + section.Name, cursor.Region.Name, address, content.Size, reserved, alignment, content.IsNote, content.Inputs.ToEquatableArray());
    }

    /// <summary>A slot for a table, which has no owner yet: every image fills it with its own content.</summary>
    public SlotPlan PlaceTable(AddressCursor cursor, BoundSection table, ulong size, ulong needed)
    {
        ulong alignment = alignments.Find("", table.Name, needed);
        ulong reserved = Math.Max(size, table.Reserve);
        if (FindLocked(("", table.Name, ""), reserved, alignment, cursor.Region.Name) is { } kept)
        {
            return new SlotPlan("", table.Name, "." + table.Name, kept.Region, kept.Address, size, kept.Reserved, alignment, false, default);
        }

        ulong address = cursor.Take(reserved, alignment, table.Location, () => $"the table '{table.Name}'");
        return new SlotPlan("", table.Name, "." + table.Name, cursor.Region.Name, address, size, reserved, alignment, false, default);
    }

    private static ulong Reserve(BoundSection section, ulong size, ulong headroom) => size == 0 ? 0 : Math.Max(AddHeadroom(size, headroom), section.Reserve);

    private static ulong AddHeadroom(ulong size, ulong percent)
    {
        if (percent == 0) return size;
        ulong whole = size / 100;
        ulong extra = whole > ulong.MaxValue / percent ? ulong.MaxValue : (whole * percent) + (((size % 100) * percent) + 99) / 100;
        return size > ulong.MaxValue - extra ? ulong.MaxValue : size + extra;
    }
}
