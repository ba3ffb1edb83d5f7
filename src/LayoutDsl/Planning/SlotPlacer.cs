using System;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>Gives one slot its address, alignment and room.</summary>
internal sealed class SlotPlacer
{
    private readonly AlignmentRules alignments;
    private readonly HeadroomRules headrooms;

    public SlotPlacer(AlignmentRules alignments, HeadroomRules headrooms)
    {
        this.alignments = alignments;
        this.headrooms = headrooms;
    }

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

    /// <summary>A slot without an address for a table, which has no owner yet: every image fills it with its own content.</summary>
    public SlotPlan MeasureTable(BoundSection table, string region, ulong size, ulong needed) =>
        new("", table.Name, "." + table.Name, region, 0, size, Math.Max(size, table.Reserve), alignments.Find("", table.Name, needed), false, default);

    private static ulong Reserve(BoundSection section, ulong size, ulong headroom) => size == 0 ? 0 : Math.Max(AddHeadroom(size, headroom), section.Reserve);

    private static ulong AddHeadroom(ulong size, ulong percent)
    {
        if (percent == 0) return size;
        ulong whole = size / 100;
        ulong extra = whole > ulong.MaxValue / percent ? ulong.MaxValue : (whole * percent) + (((size % 100) * percent) + 99) / 100;
        return size > ulong.MaxValue - extra ? ulong.MaxValue : size + extra;
    }
}
