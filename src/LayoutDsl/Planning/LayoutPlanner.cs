using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Gives every section of every library an address that holds in all images that have the library (<see cref="LibraryPlacer"/>), and puts what each image
/// has for itself behind them (<see cref="ImagePlacer"/>).
/// </summary>
public sealed class LayoutPlanner
{
    private readonly BoundLayout layout;
    private readonly DiagnosticBag bag;

    private LayoutPlanner(BoundLayout layout, DiagnosticBag bag)
    {
        this.layout = layout;
        this.bag = bag;
    }

    /// <summary>Plans a layout. Without facts every slot is empty and a warning says so. The value is null when something cannot be placed.</summary>
    public static Result<LayoutPlan> Plan(BoundLayout layout, FactsFile? facts, LockFile? locked = null)
    {
        var bag = new DiagnosticBag();
        if (facts is null) bag.ReportNotMeasured(layout.Target.Location);
        LayoutPlan? plan = new LayoutPlanner(layout, bag).Plan(facts, locked);
        return new Result<LayoutPlan>(bag.HasErrors ? null : plan, bag.ToSortedArray());
    }

    private LayoutPlan? Plan(FactsFile? facts, LockFile? locked)
    {
        FleetContent content = FleetContent.Gather(layout, facts, bag);
        var placements = new PlacementOrder(layout, bag);
        var alignments = new AlignmentRules(layout.Alignments, bag);
        var headrooms = new HeadroomRules(layout, bag);
        var placer = new SlotPlacer(alignments, headrooms, locked);
        ulong page = layout.Target.Page;
        var librarySlots = content.Libraries.ToDictionary(l => l.Library.Name, _ => new List<SlotPlan>(), StringComparer.Ordinal);
        var imageSlots = content.Images.ToDictionary(i => i.Name, _ => new List<SlotPlan>(), StringComparer.Ordinal);
        BoundSection[] rest = layout.Sections.Where(s => !layout.Placements.Any(p => p.Sections.Contains(s.Name))).ToArray();
        foreach (BoundPlacement placement in placements.InOrder())
        {
            AddressCursor cursor = placements.Start(placement);
            if (locked is not null) cursor.MoveTo(locked.Slots.Where(s => s.Region == placement.Region).Select(s => Alignment.AlignUp(s.End, page)).DefaultIfEmpty(0UL).Max());
            if (placement.Subject == PlacementSubject.Libraries) PlaceLibraries(rest);
            else if (placement.Subject == PlacementSubject.Images) PlaceImages(rest);
            else
            {
                // Class by class, so that what start-up code copies or clears is one range.
                foreach (SectionClass part in SectionClass.Order(layout.Sections.Where(s => placement.Sections.Contains(s.Name))))
                {
                    PlaceLibraries(part.Sections);
                    PlaceImages(part.Sections);
                }
            }

            placements.Finish(placement, cursor);

            void PlaceLibraries(IReadOnlyCollection<BoundSection> sections) => Add(librarySlots, LibraryPlacer.Place(cursor, page, sections, content, placer, bag));

            void PlaceImages(IReadOnlyCollection<BoundSection> sections) => Add(imageSlots, ImagePlacer.Place(cursor, page, sections, content, placer, layout.Indirections.Count, bag));

            // What comes behind something that does not fit would not fit either: that is no news.
            if (cursor.HasOverflowed) return null;
        }

        if (locked is null) placements.CheckOverlaps();
        placements.CheckHeaders();
        alignments.ReportUnused();
        headrooms.ReportUnused();
        EquatableArray<AreaPlan> areas = AreaPlanner.Plan(layout, placements, librarySlots, imageSlots, bag);
        var libraries = content.Libraries.Select(l => PlanLibrary(l, librarySlots[l.Library.Name])).ToEquatableArray();
        var rank = libraries.Select((l, i) => (l.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        var images = content.Images.Select(i => PlanImage(i, rank, imageSlots[i.Name])).ToEquatableArray();
        return new LayoutPlan(
            layout.Namespace.Length == 0 ? layout.TypeName : layout.Namespace + "." + layout.TypeName,
            layout.Target.Architecture.Name,
            page,
            layout.Target.Entry,
            layout.Regions.Select(r => new RegionPlan(r.Name, r.Permissions, r.Origin, r.Length)).ToEquatableArray(),
            SectionClass.Order(layout.Sections).SelectMany(c => c.Sections).Select(PlanSection).ToEquatableArray(),
            libraries,
            images,
            SymbolEvaluator.Evaluate(layout, libraries, images, placements, areas, bag),
            layout.Discards.Select(d => d.Text).ToEquatableArray(),
            layout.Target.Headers,
            layout.Indirections.Select(i => i.Symbol).ToEquatableArray()) { Areas = areas, Overlay = layout.Overlay?.ToPlan() };
    }

    private static void Add(Dictionary<string, List<SlotPlan>> all, IReadOnlyDictionary<string, List<SlotPlan>> placed)
    {
        foreach (KeyValuePair<string, List<SlotPlan>> item in placed) all[item.Key].AddRange(item.Value);
    }

    private static SectionPlan PlanSection(BoundSection section) => new(
        section.Name,
        section.Permissions,
        section.Patterns.Select(p => new PatternPlan(p.Text, p.Sort)).ToEquatableArray(),
        section.IsZero,
        section.IsTable,
        section.Keep,
        section.Bounds?.Start ?? "",
        section.Bounds?.End ?? "",
        section.IsPadded,
        section.BoundsPadded,
        section.Role,
        section.IsBuiltIn)
    { IsNoLoad = section.IsNoLoad, Fill = section.Fill };

    private static LibraryPlan PlanLibrary(LibraryContent library, IEnumerable<SlotPlan> slots) => new(
        library.Library.Name,
        library.Library.Documentation,
        (int)library.Images.Weight,
        library.Files,
        slots.ToEquatableArray(),
        library.Parts.Where(p => p.Key.Length == 0).SelectMany(p => p.Variants).SelectMany(u => u.IndirectFunctions).ToEquatableArray(),
        library.Library.IsPerImage);

    private static ImagePlan PlanImage(ImageContent image, Dictionary<string, int> rank, IEnumerable<SlotPlan> slots) => new(
        image.Name,
        image.Family,
        image.Member.Number ?? 0,
        image.Source.Documentation,
        image.Source.Instances,
        image.Source.Libraries.OrderBy(l => rank[l]).ToEquatableArray(),
        image.Files,
        slots.OrderBy(s => s.Address).ThenBy(s => s.OutputSection, StringComparer.Ordinal).ToEquatableArray());
}
