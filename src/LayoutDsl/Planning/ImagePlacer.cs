using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Places what every image has for itself: its tables and its application's sections. Both are private to the image, so they share pages. A class
/// starts at one address in all images, and in it the tables come first: code in the libraries refers to them.
/// </summary>
internal sealed class ImagePlacer
{
    private readonly AddressCursor cursor;
    private readonly PlacementContext context;
    private readonly ulong threadAlignment;
    private readonly Dictionary<string, List<SlotPlan>> slots = new(StringComparer.Ordinal);
    private readonly HashSet<BoundImage> tooLarge = new();
    private readonly Dictionary<string, SourceLocation> tableLocations;

    private ImagePlacer(AddressCursor cursor, PlacementContext context, IReadOnlyCollection<BoundSection> sections)
    {
        this.cursor = cursor;
        this.context = context;
        tableLocations = sections.Where(s => s.IsTable).ToDictionary(s => s.Name, s => s.Location, StringComparer.Ordinal);
        foreach (ImageContent image in Content.Images) slots.Add(image.Name, new List<SlotPlan>());

        // The block of thread-local data is aligned as a whole (gABI, Thread-Local Storage).
        threadAlignment = sections
            .Where(s => s.Role == SectionRole.ThreadData)
            .SelectMany(s => Content.LibraryUnits.Concat(Content.Images.Select(i => i.Application)).Select(u => u[s.Name].Alignment))
            .DefaultIfEmpty(1UL)
            .Max();
    }

    private FleetContent Content => context.Content;

    private AddressSpace Space => context.Space;

    /// <summary>The slots of each image by its name. The cursor ends behind the largest image.</summary>
    public static IReadOnlyDictionary<string, List<SlotPlan>> Place(AddressCursor cursor, PlacementContext context, IReadOnlyCollection<BoundSection> sections)
    {
        var placed = new ImagePlacer(cursor, context, sections);
        foreach (SectionClass sectionClass in SectionClass.Order(sections)) placed.PlaceClass(sectionClass);
        return placed.slots;
    }

    private void PlaceClass(SectionClass sectionClass)
    {
        sectionClass.CheckRegion(cursor.Region, context.Bag);
        var tables = sectionClass.Sections.Where(s => s.IsTable)
            .Select(s => (Section: s, Layout: new TableLayout(s, Content, context.Stubs, context.Indirections, threadAlignment)))
            .Select(t => (t.Section, t.Layout, Size: Math.Max(t.Layout.Size, Space.NeededByOthers(("", t.Section.Name, "")))))
            .Where(t => t.Size > 0 || t.Section.Role == SectionRole.Ordinary)
            .Select(t => (t.Layout, Slot: context.Placer.MeasureTable(t.Section, cursor.Region.Name, t.Size, t.Layout.Alignment)))
            .ToArray();
        BoundSection[] own = sectionClass.Sections.Where(s => !s.IsTable && !s.IsBuiltIn).ToArray();
        if (Space.IsOrdered) PlaceInOrder(tables, own);
        else PlaceInRoom(tables, own, ("", ImageClass.NameOf(sectionClass.Permissions, sectionClass.IsRelro, sectionClass.IsZero), ""));
    }

    private void PlaceInOrder((TableLayout Layout, SlotPlan Slot)[] tables, BoundSection[] own)
    {
        // A cursor of its own: a class without content leaves no trace, not even an aligned address.
        var classCursor = new AddressCursor(cursor.Region, cursor.Address, context.Bag);
        classCursor.Align(context.Page);
        ulong classStart = classCursor.Address;
        foreach ((TableLayout layout, SlotPlan slot) in tables) Fill(layout, slot with { Address = Take(classCursor, slot) });
        ulong end = PlaceOwn(own, classCursor.Address);
        if (end > classStart) cursor.MoveTo(end);
    }

    /// <summary>Leaves what an earlier plan placed where it is, and puts the rest together where there is room.</summary>
    private void PlaceInRoom((TableLayout Layout, SlotPlan Slot)[] tables, BoundSection[] own, (string, string, string) key)
    {
        var fresh = new List<(TableLayout Layout, SlotPlan Slot)>();
        foreach ((TableLayout layout, SlotPlan slot) in tables)
        {
            if (Space.Keep(("", slot.Section, ""), cursor.Region, slot.Reserved, slot.Reserved, slot.Alignment) is not { } kept)
            {
                fresh.Add((layout, slot));
                continue;
            }

            Fill(layout, slot with { Address = kept.Address, Reserved = kept.Reserved });
            cursor.MoveTo(kept.End);
        }

        (ulong size, ulong alignment) = MeasureOwn(own, 0);
        size = Math.Max(size, Space.NeededByOthers(key));
        LockedSlot? area = Space.Keep(key, cursor.Region, size, size, 1);
        if (area is not null && MeasureOwn(own, area.Address).End > area.End) area = null;
        ulong needed = fresh.Aggregate(area is null && size > 0 ? AddSaturated(size, alignment) : 0UL, (sum, t) => AddSaturated(sum, t.Slot.Reserved == 0 ? 0 : AddSaturated(t.Slot.Reserved, t.Slot.Alignment)));
        AddressCursor at = needed == 0 ? new AddressCursor(cursor.Region, cursor.Address, context.Bag) : Space.Open(cursor.Region, cursor.Address, needed, null);
        ulong first = at.Address;
        foreach ((TableLayout layout, SlotPlan slot) in fresh) Fill(layout, slot with { Address = Take(at, slot) });
        ulong end = PlaceOwn(own, area?.Address ?? at.Address);
        if (area is null) at.MoveTo(end);
        Space.Take(first, at.Address, null);

        // All of the range is the applications': what comes behind must not depend on which of them are there.
        cursor.MoveTo(Math.Max(end, area?.End ?? end));
        cursor.Join(at);
    }

    private ulong Take(AddressCursor at, SlotPlan table) =>
        at.Take(table.Reserved, table.Alignment, tableLocations[table.Section], () => $"the table '{table.Section}'");

    /// <summary>Gives every image its table.</summary>
    private void Fill(TableLayout layout, SlotPlan common)
    {
        foreach (ImageContent image in Content.Images) slots[image.Name].Add(layout.Fill(image, common));
    }

    private ulong PlaceOwn(BoundSection[] own, ulong start)
    {
        ulong end = start;
        for (int i = 0; i < Content.Images.Count; i++)
        {
            end = Math.Max(end, PlaceOwn(Content.Images[i], own, start));
            context.Progress.Step("placed", i + 1, Content.Images.Count);
        }

        return end;
    }

    /// <summary>The address behind the largest application, and the largest alignment: from another start it needs so many bytes more at most.</summary>
    private (ulong End, ulong Alignment) MeasureOwn(BoundSection[] own, ulong start)
    {
        ulong end = start;
        ulong alignment = 1;
        var whole = new BoundRegion(cursor.Region.Name, cursor.Region.Permissions, 0, ulong.MaxValue, cursor.Region.Location);
        foreach (ImageContent image in Content.Images)
        {
            var scratch = new AddressCursor(whole, start, new DiagnosticBag());
            foreach (BoundSection section in own) alignment = Math.Max(alignment, context.Placer.Place(scratch, image.Source, section, image.Application[section.Name]).Alignment);
            end = Math.Max(end, scratch.Address);
        }

        return (end, alignment);
    }

    private static ulong AddSaturated(ulong first, ulong second) => first > ulong.MaxValue - second ? ulong.MaxValue : first + second;

    private ulong PlaceOwn(ImageContent image, BoundSection[] sections, ulong start)
    {
        // One member that is too large speaks for its family.
        var ownCursor = new AddressCursor(cursor.Region, start, tooLarge.Contains(image.Source) ? new DiagnosticBag() : context.Bag);
        foreach (BoundSection section in sections)
        {
            // Alignment rules name families, not their members.
            SlotPlan slot = context.Placer.Place(ownCursor, image.Source, section, image.Application[section.Name]);
            slots[image.Name].Add(slot with { Owner = image.Name });
        }

        if (ownCursor.HasOverflowed) tooLarge.Add(image.Source);
        return ownCursor.Address;
    }
}
