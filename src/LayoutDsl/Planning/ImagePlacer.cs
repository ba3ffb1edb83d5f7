using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Locking;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>
/// Places what every image has for itself: its tables and its application's sections. Both are private to the image, so they share pages. A class
/// starts at one address in all images, and in it the tables come first: code in the libraries refers to them.
/// </summary>
internal sealed class ImagePlacer
{
    private readonly AddressCursor cursor;
    private readonly ulong page;
    private readonly FleetContent content;
    private readonly SlotPlacer placer;
    private readonly int indirections;
    private readonly ulong threadAlignment;
    private readonly DiagnosticBag bag;
    private readonly Dictionary<string, List<SlotPlan>> slots = new(StringComparer.Ordinal);
    private readonly HashSet<BoundImage> tooLarge = new();

    private ImagePlacer(AddressCursor cursor, ulong page, FleetContent content, SlotPlacer placer, int indirections, ulong threadAlignment, DiagnosticBag bag)
    {
        this.threadAlignment = threadAlignment;
        this.indirections = indirections;
        this.cursor = cursor;
        this.page = page;
        this.content = content;
        this.placer = placer;
        this.bag = bag;
    }

    /// <summary>The slots of each image by its name. The cursor ends behind the largest image.</summary>
    public static IReadOnlyDictionary<string, List<SlotPlan>> Place(
        AddressCursor cursor, ulong page, IReadOnlyCollection<BoundSection> sections, FleetContent content, SlotPlacer placer, int indirections, DiagnosticBag bag)
    {
        // The block of thread-local data is aligned as a whole (gABI, Thread-Local Storage).
        ulong threadAlignment = sections
            .Where(s => s.Role == SectionRole.ThreadData)
            .SelectMany(s => content.LibraryUnits.Concat(content.Images.Select(i => i.Application)).Select(u => u[s.Name].Alignment))
            .DefaultIfEmpty(1UL)
            .Max();
        var placed = new ImagePlacer(cursor, page, content, placer, indirections, threadAlignment, bag);
        foreach (ImageContent image in content.Images) placed.slots.Add(image.Name, new List<SlotPlan>());
        foreach (SectionClass sectionClass in SectionClass.Order(sections)) placed.PlaceClass(sectionClass);
        return placed.slots;
    }

    private void PlaceClass(SectionClass sectionClass)
    {
        sectionClass.CheckRegion(cursor.Region, bag);

        // A cursor of its own: a class without content leaves no trace, not even an aligned address.
        var classCursor = new AddressCursor(cursor.Region, cursor.Address, bag);
        classCursor.Align(page);
        ulong classStart = classCursor.Address;
        foreach (BoundSection table in sectionClass.Sections.Where(s => s.IsTable)) PlaceTable(classCursor, table);
        ulong start = placer.FindClass(ImageClass.NameOf(sectionClass.Permissions, sectionClass.IsZero)) ?? classCursor.Address;
        ulong end = start;
        BoundSection[] own = sectionClass.Sections.Where(s => !s.IsTable).ToArray();
        foreach (ImageContent image in content.Images) end = Math.Max(end, PlaceOwn(image, own, start));
        if (end > classStart) cursor.MoveTo(end);
    }

    private void PlaceTable(AddressCursor classCursor, BoundSection table)
    {
        var tableLayout = new TableLayout(table, content, indirections, threadAlignment);
        if (tableLayout.Size == 0 && table.Role != SectionRole.Ordinary) return;
        SlotPlan common = placer.PlaceTable(classCursor, table, tableLayout.Size, tableLayout.Alignment);
        foreach (ImageContent image in content.Images) slots[image.Name].Add(tableLayout.Fill(image, common));
    }

    private ulong PlaceOwn(ImageContent image, BoundSection[] sections, ulong start)
    {
        // One member that is too large speaks for its family.
        var ownCursor = new AddressCursor(cursor.Region, start, tooLarge.Contains(image.Source) ? new DiagnosticBag() : bag);
        foreach (BoundSection section in sections.Where(s => !s.IsBuiltIn))
        {
            // Alignment rules name families, not their members.
            SlotPlan slot = placer.Place(ownCursor, image.Source, section, image.Application[section.Name]);
            slots[image.Name].Add(slot with { Owner = image.Name });
        }

        if (ownCursor.HasOverflowed) tooLarge.Add(image.Source);
        return ownCursor.Address;
    }
}
