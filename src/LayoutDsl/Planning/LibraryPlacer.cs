using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Places the slots of the libraries: class by class, in a class block by block. A block holds what is in the same images, so that whoever has one of its pages has all that is on it.
/// </summary>
internal sealed class LibraryPlacer
{
    private readonly FleetContent content;
    private readonly SlotPlacer placer;
    private readonly ulong page;
    private readonly Dictionary<string, List<SlotPlan>> slots = new(StringComparer.Ordinal);

    private LibraryPlacer(FleetContent content, SlotPlacer placer, ulong page)
    {
        this.content = content;
        this.placer = placer;
        this.page = page;
        foreach (LibraryContent library in content.Libraries) slots.Add(library.Library.Name, new List<SlotPlan>());
    }

    /// <summary>The slots of each library by its name.</summary>
    public static IReadOnlyDictionary<string, List<SlotPlan>> Place(
        AddressCursor cursor, ulong page, IEnumerable<BoundSection> sections, FleetContent content, SlotPlacer placer, DiagnosticBag bag)
    {
        var placed = new LibraryPlacer(content, placer, page);
        foreach (SectionClass sectionClass in SectionClass.Order(sections.Where(s => !s.IsTable)))
        {
            sectionClass.CheckRegion(cursor.Region, bag);
            foreach (BlockRun run in BlockRun.Join(placed.FindBlocks(sectionClass), page, content.Catalog))
            {
                cursor.Align(page);
                foreach (BlockItem item in run.Blocks.SelectMany(b => b.Items)) placed.PlaceItem(cursor, item);
            }
        }

        cursor.Align(page);
        return placed.slots;
    }

    /// <summary>The blocks of a class: those in more images first, in a block library by library.</summary>
    private IEnumerable<LibraryBlock> FindBlocks(SectionClass sectionClass)
    {
        var blocks = new Dictionary<int, LibraryBlock>();
        foreach (LibraryPart part in content.Libraries.SelectMany(l => l.Parts))
        {
            if (!blocks.TryGetValue(part.Partition.Id, out LibraryBlock? block)) blocks.Add(part.Partition.Id, block = new LibraryBlock(part.Partition));

            // Sections of the compiler, and those of parts that only some images have, exist only where there is something to put in.
            foreach (BoundSection section in sectionClass.Sections.Where(s => (!s.IsBuiltIn && part.Key.Length == 0) || part.Variants.Any(v => v[s.Name].HasContent))) block.Add(placer.Measure(part, section));
        }

        return blocks.Values
            .Where(b => b.Items.Count > 0)
            .OrderByDescending(b => b.Partition.Union.Weight)
            .ThenBy(b => b.Items[0].Part.Library.Name, StringComparer.Ordinal)
            .ThenBy(b => b.Items[0].Part.Number);
    }

    private void PlaceItem(AddressCursor cursor, BlockItem item)
    {
        LibraryPart part = item.Part;
        string library = part.Library.Name;
        LockedSlot? kept = placer.FindLocked(item, cursor.Region.Name);
        ulong address = kept?.Address ?? cursor.Take(item.Reserved, item.Alignment, part.Library.Location, () => $"the section '{item.Section.Name}' of '{library}'");
        string output = part.Number == 0 ? $".{item.Section.Name}.{library}" : FormattableString.Invariant($".{item.Section.Name}.{library}.{part.Number}");
        for (int i = 0; i < part.Variants.Count; i++)
        {
            SectionContent own = part.Variants[i][item.Section.Name];
            EquatableArray<string> images = part.Key.Length == 0 ? default : part.Partition.Sets[i].Members.Select(content.GetName).ToEquatableArray();
            slots[library].Add(new SlotPlan(
                library, item.Section.Name, output, cursor.Region.Name, address, own.Size, kept?.Reserved ?? item.Reserved, item.Alignment, own.IsNote, own.Inputs.ToEquatableArray(), part.Key, images));
        }
    }
}
