using System;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>Gives one slot its address, alignment and room.</summary>
internal sealed class SlotPlacer
{
    private readonly AlignmentRules alignments;

    public SlotPlacer(AlignmentRules alignments) => this.alignments = alignments;

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
        ulong address = cursor.Take(reserved, alignment, location, () => $"the section '{section.Name}' of '{owner}'");
        return new SlotPlan(owner, section.Name, "." + section.Name, cursor.Region.Name, address, content.Size, reserved, alignment, content.IsNote, content.Inputs.ToEquatableArray());
    }

    /// <summary>A slot for a table, which has no owner yet: every image fills it with its own content.</summary>
    public SlotPlan PlaceTable(AddressCursor cursor, BoundSection table, ulong size, ulong needed)
    {
        ulong alignment = alignments.Find("", table.Name, needed);
        ulong reserved = Math.Max(size, table.Reserve);
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
