using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit.Stubs;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning.Blocks;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Planning.Indirection;
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

    /// <summary>
    /// Plans a layout. Without facts every slot is empty and a warning says so. What does not fit is planned again with libraries that never meet in one image at the same
    /// addresses. The value is null when something cannot be placed.
    /// </summary>
    internal static Result<LayoutPlan> Plan(BoundLayout layout, FactsFile? facts, PlanLock locked, PlanProgress progress)
    {
        Result<LayoutPlan> apart = Plan(layout, facts, locked, progress, mayOverlap: false);
        if (apart.Value is not null || facts is null || !apart.Diagnostics.Any(d => d.Descriptor == DiagnosticDescriptors.RegionOverflow)) return apart;
        return Plan(layout, facts, locked, progress, mayOverlap: true);
    }

    private static Result<LayoutPlan> Plan(BoundLayout layout, FactsFile? facts, PlanLock locked, PlanProgress progress, bool mayOverlap)
    {
        var bag = new DiagnosticBag();
        if (facts is null) bag.ReportNotMeasured(layout.Target.Location);
        AslrPlanner.Check(layout, bag);
        var symbols = new FleetSymbols(layout, facts, locked.File);

        // The script of an overlay has neither jumps nor tables of ours.
        if (layout.Overlay is { IsCaptured: false }) layout = layout with { IndirectAutomatically = false };

        // What leaves a library goes through the library's own table.
        if (layout.IsShuffled) layout = layout with { IndirectAutomatically = false, Indirections = default };
        if (layout is { IndirectAutomatically: true, Overlay: null }) layout = DatumTables.Add(layout, symbols, locked.File);
        LayoutPlan? plan = new LayoutPlanner(layout, bag).PlanWith(facts, symbols, locked, progress, mayOverlap);
        return new Result<LayoutPlan>(bag.HasErrors ? null : plan, bag.ToSortedArray());
    }

    private LayoutPlan? PlanWith(FactsFile? facts, FleetSymbols symbols, PlanLock locked, PlanProgress progress, bool mayOverlap)
    {
        var targets = new ReferenceTargets(layout, symbols);
        var reports = new DiagnosticBag();
        EquatableArray<IndirectionPlan> indirections = IndirectionFinder.Find(layout, symbols, targets, locked, reports);
        FleetContent content = FleetContent.Gather(layout, facts, targets, indirections, locked, progress, bag);

        // Of objects that are missing, nothing that is true can be said.
        if (!bag.HasErrors) bag.AddRange(reports.ToSortedArray());
        var stubs = StubCode.For(layout.Target.Architecture.Name);
        var placements = new PlacementOrder(layout, bag);
        var alignments = new AlignmentRules(layout.Alignments, bag);
        var headrooms = new HeadroomRules(layout, bag);
        var placer = new SlotPlacer(alignments, headrooms);
        ulong page = layout.Target.Page;
        var space = new AddressSpace(page, locked, content, mayOverlap, bag);
        if (layout.Target.Headers is { } headers) space.Take(headers, headers + page, null);
        var context = new PlacementContext(content, space, placer, stubs, indirections.Count, page, progress, bag) { HasOwnPointers = layout.IsMoved, DropsUnreached = layout.Target.DropsUnreached };
        var librarySlots = content.Libraries.ToDictionary(l => l.Library.Name, _ => new List<SlotPlan>(), StringComparer.Ordinal);
        var imageSlots = content.Images.ToDictionary(i => i.Name, _ => new List<SlotPlan>(), StringComparer.Ordinal);
        BoundSection[] rest = layout.Sections.Where(s => !layout.Placements.Any(p => p.Sections.Contains(s.Name))).ToArray();
        foreach (BoundPlacement placement in placements.InOrder())
        {
            AddressCursor cursor = placements.Start(placement);
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

            void PlaceLibraries(IReadOnlyCollection<BoundSection> sections)
            {
                foreach (PlacementContext part in BlockOrder.Split(layout, context)) Add(librarySlots, LibraryPlacer.Place(cursor, part, sections));
            }

            // What images have for themselves is where their captured scripts put it, but for the jumps that those know nothing of.
            void PlaceImages(IReadOnlyCollection<BoundSection> sections) => Add(
                imageSlots,
                ImagePlacer.Place(cursor, context, layout.Overlay is { IsCaptured: true } ? sections.Where(s => s.Role == SectionRole.IndirectStubs).ToArray() : sections));

            // What comes behind something that does not fit would not fit either: that is no news.
            if (!cursor.HasOverflowed) continue;
            ExplainOverflow(placement, content);
            return null;
        }

        if (space.IsOrdered) placements.CheckOverlaps();
        placements.CheckHeaders();
        alignments.ReportUnused();
        headrooms.ReportUnused();
        EquatableArray<AreaPlan> areas = AreaPlanner.Plan(layout, placements, librarySlots, imageSlots, bag);
        var libraries = content.Libraries.Select(l => PlanLibrary(l, librarySlots[l.Library.Name])).ToEquatableArray();
        var images = content.Images.Select(i => PlanImage(i, imageSlots[i.Name])).ToEquatableArray();
        var plan = new LayoutPlan(
            layout.Namespace.Length == 0 ? layout.TypeName : layout.Namespace + "." + layout.TypeName,
            layout.Target.Architecture.Name,
            page,
            layout.Target.Entry,
            layout.Regions.Select(r => new RegionPlan(r.Name, r.Permissions, r.Origin, r.Length)).ToEquatableArray(),
            SectionClass.Order(layout.Sections).SelectMany(c => c.Sections).Select(PlanSection).ToEquatableArray(),
            libraries,
            images,
            (layout.IsMoved ? default : SymbolEvaluator.Evaluate(layout, libraries.SelectMany(l => l.Slots).Concat(images.SelectMany(i => i.Slots)), placements.End, areas, locked.IsPart, bag))
                .Concat(Provide(facts, indirections, images)).ToEquatableArray(),
            layout.Discards.Select(d => d.Text).ToEquatableArray(),
            layout.Target.Headers,
            indirections) { Areas = areas, IsPacked = layout.Target.IsPacked, DropsUnreached = layout.Target.DropsUnreached, Overlay = layout.Overlay?.ToPlan() };
        if (mayOverlap && !bag.HasErrors) ReportOverlap(plan);
        return layout.IsMoved ? AslrPlanner.Move(plan, layout, placements.StartOf("libraries"), bag) : plan;
    }

    /// <summary>
    /// What an image lacks that only others need is 0 there, or where the others have it when that is one place. All scripts say so, to no effect where the symbol is. A jump leads to a
    /// breakpoint of its own.
    /// </summary>
    private IEnumerable<SymbolPlan> Provide(FactsFile? facts, EquatableArray<IndirectionPlan> indirections, IEnumerable<ImagePlan> images)
    {
        if (facts is null || facts.Missing.Count == 0) return Enumerable.Empty<SymbolPlan>();
        var known = new HashSet<string>(layout.Symbols.Select(s => s.Name).Concat(indirections.Select(i => i.Symbol)), StringComparer.Ordinal);
        ILookup<string, SlotPlan> tables = images.SelectMany(i => i.Slots).Where(s => s.Inputs.Count > 0).ToLookup(s => s.Section, StringComparer.Ordinal);
        return facts.Missing
            .Where(s => !known.Contains(s))
            .Select(s => new SymbolPlan(s, tables[DatumTables.NameOf(s)].FirstOrDefault()?.Address ?? 0, IsProvided: true));
    }

    /// <summary>Says which images a region is too small for, or that it is too small for all of them together, and what takes most.</summary>
    private void ExplainOverflow(BoundPlacement placement, FleetContent content)
    {
        BoundRegion region = layout.Regions.First(r => r.Name == placement.Region);
        var budget = new AddressBudget(content, SectionsIn(region.Name), layout.Target.Page);
        bag.AddHint(DiagnosticDescriptors.RegionOverflow, budget.Explain(region.Length));
    }

    /// <summary>Says that libraries overlap, and how near the plan is to what any plan needs.</summary>
    private void ReportOverlap(LayoutPlan plan)
    {
        foreach (AddressNeed need in AddressNeed.Of(plan))
        {
            if (layout.Placements.FirstOrDefault(p => p.Subject == PlacementSubject.Libraries && p.Region == need.Region) is { } placement) bag.ReportLibrariesOverlap(placement.Location, need);
        }
    }

    private IEnumerable<BoundSection> SectionsIn(string region) => layout.Sections.Where(s =>
        (layout.Placements.FirstOrDefault(p => p.Sections.Contains(s.Name)) ?? layout.Placements.First(p => p.Subject == PlacementSubject.Libraries)).Region == region);

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
    { IsNoLoad = section.IsNoLoad, IsRelro = section.IsRelro, Fill = section.Fill };

    private static LibraryPlan PlanLibrary(LibraryContent library, IEnumerable<SlotPlan> slots) => new(
        library.Library.Name,
        library.Library.Documentation,
        (int)library.Images.Weight,
        library.Files,
        slots.ToEquatableArray(),
        library.Parts.Where(p => p.Key.Length == 0).SelectMany(p => p.Variants).SelectMany(u => u.IndirectFunctions).ToEquatableArray(),
        library.Library.IsPerImage);

    private static ImagePlan PlanImage(ImageContent image, IEnumerable<SlotPlan> slots) => new(
        image.Name,
        image.Family,
        image.Member.Number ?? 0,
        image.Source.Documentation,
        image.Source.Instances,
        image.Libraries,
        image.Files,
        slots.OrderBy(s => s.Address).ThenBy(s => s.OutputSection, StringComparer.Ordinal).ToEquatableArray());
}
