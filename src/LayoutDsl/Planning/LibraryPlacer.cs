using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Places the slots of the libraries: class by class, in a class block by block. A block holds what is in the same images, so that whoever has one of its pages has all that is on it; data
/// that programs write is packed by who uses it together instead, and so are pointers where images have addresses of their own. Slots of an earlier plan stay, and what is new goes behind its like, or where there is room.
/// </summary>
internal sealed class LibraryPlacer
{
    /// <summary>How many items of data are looked at for each place, and how many blocks: there are more blocks, and less depends on each.</summary>
    private const int DataCandidates = 128, BlockCandidates = 32;

    /// <summary>
    /// A different page of data in the files counts as much as a page that so many of all instances write to. On the synthetic fleets a fourth has up to 0.7% fewer different pages and 1.6% more resident ones; a sixteenth has
    /// up to 0.6% fewer resident ones and 1.0% more different ones.
    /// </summary>
    private const double FileShare = 1.0 / 8;

    private readonly AddressCursor cursor;
    private readonly AddressSpace space;
    private readonly FleetContent content;
    private readonly SlotPlacer placer;
    private readonly ulong page;
    private readonly ulong start;
    private readonly bool dropsUnreached;
    private readonly Dictionary<BlockItem, LockedSlot> kept = new();
    private readonly Dictionary<string, List<SlotPlan>> slots = new(StringComparer.Ordinal);

    private LibraryPlacer(AddressCursor cursor, PlacementContext context)
    {
        this.cursor = cursor;
        space = context.Space;
        content = context.Content;
        placer = context.Placer;
        page = context.Page;
        dropsUnreached = context.DropsUnreached;
        start = cursor.Address;
        foreach (LibraryContent library in content.Libraries) slots.Add(library.Library.Name, new List<SlotPlan>());
    }

    /// <summary>The slots of each library by its name. The cursor ends behind them.</summary>
    public static IReadOnlyDictionary<string, List<SlotPlan>> Place(AddressCursor cursor, PlacementContext context, IEnumerable<BoundSection> sections)
    {
        var placed = new LibraryPlacer(cursor, context);
        var classes = SectionClass.Order(sections.Where(s => !s.IsTable)).Select(c => (Class: c, Blocks: placed.FindBlocks(c).ToArray())).ToArray();
        foreach (BlockItem item in classes.SelectMany(c => c.Blocks).SelectMany(b => b.Items)) placed.Keep(item);
        foreach ((SectionClass sectionClass, LibraryBlock[] blocks) in classes)
        {
            sectionClass.CheckRegion(cursor.Region, context.Bag);
            if (sectionClass.IsWritten || (sectionClass.IsRelro && context.HasOwnPointers)) placed.PlaceData(blocks.SelectMany(b => b.Items).ToArray());
            else
            {
                foreach (BlockRun run in BlockRun.Join(placed.Order(blocks), context.Page, context.Content.Catalog)) placed.PlaceRun(run);
            }
        }

        cursor.Align(context.Page);
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

    /// <summary>Blocks of more than a page table maps, in an order in which images touch few tables.</summary>
    private IReadOnlyList<LibraryBlock> Order(LibraryBlock[] blocks)
    {
        ulong reach = PageTables.Reach(page);
        ulong left = reach;
        foreach (LibraryBlock block in blocks)
        {
            if (block.Size > left) return new PageOrder<LibraryBlock>(blocks.Select(b => new PagedItem<LibraryBlock>(b, b.Size, page, b.Partition.Union, false)), reach, content.Catalog, BlockCandidates, 0).TakeAll().Select(b => b.Item).ToArray();
            left -= block.Size;
        }

        return blocks;
    }

    private void Keep(BlockItem item)
    {
        if (space.Keep(item.Key, cursor.Region, item.Size, item.Reserved, item.Alignment) is not { } slot) return;
        kept.Add(item, slot);
        cursor.MoveTo(slot.End);
    }

    /// <summary>Places a run from a page boundary on, or behind what stays of it.</summary>
    private void PlaceRun(BlockRun run)
    {
        if (space.IsOrdered) cursor.Align(page);
        if (space.IsOrdered && dropsUnreached) cursor.MoveTo(cursor.Address + ReachedStart.Find(run, page));
        BlockItem[] items = run.Blocks.SelectMany(b => b.Items).ToArray();
        ImageSet images = content.Catalog.GetUnion(run.Blocks.Select(b => b.Partition.Union));
        LockedSlot[] old = items.Where(kept.ContainsKey).Select(i => kept[i]).ToArray();
        AddressCursor? at = space.IsOrdered ? cursor : old.Length == 0 ? null : space.Continue(cursor.Region, old.Max(s => s.End), images);
        for (int i = 0; i < items.Length; i++)
        {
            if (kept.TryGetValue(items[i], out LockedSlot? slot)) AddSlots(items[i], slot.Address, slot.Reserved);
            else if (items[i].Reserved == 0) AddSlots(items[i], (at ?? cursor).Address, 0);
            else
            {
                if (at is null || (!space.IsOrdered && !at.Fits(items[i].Reserved, items[i].Alignment))) at = Open(items.Skip(i).Where(r => !kept.ContainsKey(r)), images);
                AddSlots(items[i], Take(at, items[i], images), items[i].Reserved);
            }
        }
    }

    private void PlaceData(IReadOnlyCollection<BlockItem> items)
    {
        if (space.IsOrdered) PlaceDataInOrder(items);
        else PlaceDataInRoom(items);
    }

    private void PlaceDataInOrder(IReadOnlyCollection<BlockItem> items)
    {
        cursor.Align(page);
        var data = items.Where(i => i.Reserved > 0).Select(i => new PagedItem<BlockItem>(i, i.Reserved, i.Alignment, i.Part.Partition.Union, !i.Section.IsZero));
        foreach ((BlockItem item, bool isOnNewPage) in new PageOrder<BlockItem>(data, page, content.Catalog, DataCandidates, FileShare).TakeAll())
        {
            if (isOnNewPage) cursor.Align(page);
            AddSlots(item, Take(cursor, item, null), item.Reserved);
        }

        // Behind the others, since lld takes the sections of a segment in the order of their addresses.
        foreach (BlockItem item in items.Where(i => i.Reserved == 0)) AddSlots(item, cursor.Address, 0);
    }

    private void PlaceDataInRoom(IReadOnlyCollection<BlockItem> items)
    {
        var pages = new DataPages(page, content.Catalog);
        foreach (BlockItem item in items.Where(kept.ContainsKey).OrderBy(i => kept[i].Address))
        {
            AddSlots(item, kept[item].Address, kept[item].Reserved);
            pages.Add(kept[item].End, Math.Min(space.Continue(cursor.Region, kept[item].End, null).End, Alignment.AlignUp(kept[item].End, page)), item.Part.Partition.Union);
        }

        foreach (BlockItem item in items.Where(i => !kept.ContainsKey(i)))
        {
            ulong address;
            if (item.Reserved == 0) address = cursor.Address;
            else if (pages.TryPlace(item) is { } found)
            {
                address = found;
                cursor.MoveTo(address + item.Reserved);
                space.Take(address, address + item.Reserved, null);
            }
            else
            {
                AddressCursor at = Open(new[] { item }, null);
                at.Align(page);
                address = Take(at, item, null);
                if (!at.HasOverflowed) pages.Add(at.Address, at.End, item.Part.Partition.Union);
            }

            AddSlots(item, address, item.Reserved);
        }
    }

    private AddressCursor Open(IEnumerable<BlockItem> items, ImageSet? images) => space.Open(cursor.Region, start, LibraryBlock.SizeOf(items), images);

    private ulong Take(AddressCursor at, BlockItem item, ImageSet? images)
    {
        string library = item.Part.Library.Name;
        ulong address = at.Take(item.Reserved, item.Alignment, item.Part.Library.Location, () => $"the section '{item.Section.Name}' of '{library}'");
        if (!space.IsOrdered && !at.HasOverflowed) space.Take(address, address + item.Reserved, images);
        cursor.Join(at);
        return address;
    }

    private void AddSlots(BlockItem item, ulong address, ulong reserved)
    {
        LibraryPart part = item.Part;
        string library = part.Library.Name;
        string output = part.Number == 0 ? $".{item.Section.Name}.{library}" : FormattableString.Invariant($".{item.Section.Name}.{library}.{part.Number}");
        for (int i = 0; i < part.Variants.Count; i++)
        {
            SectionContent own = part.Variants[i][item.Section.Name];
            EquatableArray<string> images = part.Key.Length == 0 ? default : part.Partition.Sets[i].Members.Select(content.GetName).ToEquatableArray();
            slots[library].Add(new SlotPlan(
                library, item.Section.Name, output, cursor.Region.Name, address, own.Size, reserved, item.Alignment, own.IsNote, own.Inputs.ToEquatableArray(), part.Key, images));
        }
    }
}
