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
    private readonly Dictionary<(string, string, string), LockedSlot> locked;

    public SlotPlacer(AlignmentRules alignments, LockFile? locked)
    {
        this.alignments = alignments;
        this.locked = (locked ?? LockFile.Empty).Slots.ToDictionary(s => s.Key);
    }

    /// <summary>The locked slot when content fits into it.</summary>
    private LockedSlot? FindLocked(string owner, string section, ulong size, ulong alignment, string region) =>
        size > 0 && locked.TryGetValue((owner, section, ""), out LockedSlot? slot) && slot.Reserved >= size && slot.Region == region && slot.Address % alignment == 0 ? slot : null;

    /// <summary>Where the applications' sections of a class start in the lock.</summary>
    public ulong? FindClass(string name) => locked.TryGetValue(("", name, ""), out LockedSlot? slot) ? slot.Address : null;

    /// <summary>A slot for one section of a library or application at the next address of the cursor.</summary>
    /// <param name="cursor">Gives addresses.</param>
    /// <param name="owner">Name of the library, image or family, as alignment rules name it.</param>
    /// <param name="location">Where the owner is declared.</param>
    /// <param name="section">The section.</param>
    /// <param name="content">What goes in.</param>
    /// <param name="headroom">Room to grow, in percent.</param>
    public SlotPlan Place(AddressCursor cursor, string owner, SourceLocation location, BoundSection section, SectionContent content, ulong headroom)
    {
        ulong alignment = alignments.Find(owner, section.Name, content.Alignment);
        ulong reserved = content.Size == 0 ? 0 : Math.Max(AddHeadroom(content.Size, headroom), section.Reserve);
        if (FindLocked(owner, section.Name, content.Size, alignment, cursor.Region.Name) is { } kept)
        {
            return new SlotPlan(owner, section.Name, "." + section.Name, kept.Region, kept.Address, content.Size, kept.Reserved, alignment, content.IsNote, content.Inputs.ToEquatableArray());
        }

        ulong address = cursor.Take(reserved, alignment, location, () => $"the section '{section.Name}' of '{owner}'");
        return new SlotPlan(owner, section.Name, "." + section.Name, cursor.Region.Name, address, content.Size, reserved, alignment, content.IsNote, content.Inputs.ToEquatableArray());
    }

    /// <summary>A slot for a table, which has no owner yet: every image fills it with its own content.</summary>
    public SlotPlan PlaceTable(AddressCursor cursor, BoundSection table, ulong size, ulong needed)
    {
        ulong alignment = alignments.Find("", table.Name, needed);
        ulong reserved = Math.Max(size, table.Reserve);
        if (FindLocked("", table.Name, reserved, alignment, cursor.Region.Name) is { } kept)
        {
            return new SlotPlan("", table.Name, "." + table.Name, kept.Region, kept.Address, size, kept.Reserved, alignment, false, default);
        }

        ulong address = cursor.Take(reserved, alignment, table.Location, () => $"the table '{table.Name}'");
        return new SlotPlan("", table.Name, "." + table.Name, cursor.Region.Name, address, size, reserved, alignment, false, default);
    }

    private static ulong AddHeadroom(ulong size, ulong percent)
    {
        if (percent == 0) return size;
        ulong whole = size / 100;
        ulong extra = whole > ulong.MaxValue / percent ? ulong.MaxValue : (whole * percent) + (((size % 100) * percent) + 99) / 100;
        return size > ulong.MaxValue - extra ? ulong.MaxValue : size + extra;
    }
}
