using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Blocks;

/// <summary>Gives every image its own addresses: moves all of it by one distance, or each library by its own.</summary>
internal sealed class AslrPlanner
{
    private readonly LayoutPlan plan;
    private readonly BoundLayout layout;
    private readonly BoundAslr aslr;
    private readonly AslrPlan window;
    private readonly SHA256 hash;
    private readonly DiagnosticBag bag;

    private AslrPlanner(LayoutPlan plan, BoundLayout layout, AslrPlan window, SHA256 hash, DiagnosticBag bag)
    {
        this.plan = plan;
        this.layout = layout;
        this.window = window;
        this.hash = hash;
        this.bag = bag;
        aslr = layout.Aslr!;
    }

    /// <summary>Reports what does not go together with addresses that differ.</summary>
    public static void Check(BoundLayout layout, DiagnosticBag bag)
    {
        if (!layout.IsMoved) return;
        BoundAslr aslr = layout.Aslr!;
        if (layout.Overlay is { } overlay) bag.ReportAslrConflict(aslr.Location, "an overlay puts libraries into a script that knows nothing of it", "give each image a script of its own", overlay.Location);
        if (layout.Placements.FirstOrDefault(p => p.Subject == PlacementSubject.Sections) is { } area) bag.ReportAslrConflict(aslr.Location, "sections with a place of their own stay there", "take their 'place' out", area.Location);
        if (aslr.Mode == AslrMode.Slide && aslr.Fixed.Count > 0) bag.ReportAslrConflict(aslr.Location, "nothing can stay where it is when a whole image slides", "take 'fixed' out, or write 'aslr shuffle'", aslr.Location);
        if (aslr.Mode != AslrMode.Shuffle) return;
        Architecture architecture = layout.Target.Architecture;
        if (!architecture.HasBlocks) bag.ReportAslrConflict(aslr.Location, $"objects of {architecture.Name} are not rewritten yet", "write 'aslr slide'", layout.Target.Location);
        if (layout.Target.Page % architecture.DistanceUnit != 0) bag.ReportAslrConflict(aslr.Location, FormattableString.Invariant($"code of {architecture.Name} counts distances in pages of {architecture.DistanceUnit} bytes, and the target has smaller ones"), "give the target larger pages", layout.Target.Location);
        if (layout.Libraries.FirstOrDefault(l => l.IsPerImage) is { } built) bag.ReportAslrConflict(aslr.Location, $"'{built.Name}' is built for each image", "write 'aslr slide'", built.Location);
    }

    /// <summary>The plan with the places of each image.</summary>
    /// <param name="plan">The plan, as it is in no image in particular.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="start">The first address of the libraries.</param>
    /// <param name="bag">Takes the mistakes.</param>
    public static LayoutPlan Move(LayoutPlan plan, BoundLayout layout, ulong start, DiagnosticBag bag)
    {
        if (bag.HasErrors) return plan;
        BoundAslr aslr = layout.Aslr!;
        string own = layout.Placements.First(p => p.Subject == PlacementSubject.Libraries).Region;
        BoundRegion region = layout.Regions.First(r => r.Name == (aslr.Region ?? own));
        ulong first = region.Name == own ? start : region.Origin;
        ulong end = AddressCursor.EndOf(region);
        SlotPlan[] stay = plan.Libraries.Where(l => aslr.Fixed.Contains(l.Name)).SelectMany(l => l.Slots).ToArray();
        ulong behindFixed = stay.Where(s => s.Address < end).Select(s => s.End).DefaultIfEmpty(0UL).Max();
        var window = new AslrPlan(aslr.Mode, aslr.Granularity, region.Name, Math.Max(first, behindFixed), end);
        if (layout.Target.Headers is { } headers && headers < window.End && headers + layout.Target.Page > window.Start)
        {
            bag.ReportAslrConflict(aslr.Location, FormattableString.Invariant($"the headers are at 0x{headers:x}, in the middle of the room that things move in"), "put them below the libraries", layout.Target.Location);
            return plan;
        }

        // Blocks call through words, but an image's own code calls libraries directly.
        ulong span = stay.Select(s => s.End).Append(end).Max() - stay.Select(s => s.Address).Append(window.Start).Min();
        if (aslr.Mode == AslrMode.Shuffle && layout.Target.Architecture.BranchReach is { } reach && span > reach)
        {
            bag.ReportRoomOutOfReach(aslr.Location, window.Region, span, layout.Target.Architecture.Name, reach, region.Location);
            return plan;
        }

        using var hash = SHA256.Create();
        var planner = new AslrPlanner(plan, layout, window, hash, bag);
        return plan with { Aslr = window, Images = plan.Images.Select(planner.Move).ToEquatableArray() };
    }

    private ImagePlan Move(ImagePlan image)
    {
        ImageBlocks blocks = ImageBlocks.Find(plan, image, window, aslr.Fixed);
        if (blocks.Free is not { } free)
        {
            // What one image needs is said once.
            if (!bag.HasErrors) bag.ReportNoRoomToMove(aslr.Location, image.Name, blocks.Blocks.Aggregate(0UL, (sum, b) => sum + (b.Units * blocks.Unit)), blocks.Units * blocks.Unit, window.Region);
            return image;
        }

        var random = new SeededRandom(hash, aslr.Seed, image.Name);
        Dictionary<string, ulong> distances = Place(blocks, free, random);
        if (aslr.Mode == AslrMode.Slide && distances.TryGetValue("", out ulong all))
        {
            foreach (string library in image.Libraries) distances[library] = all;
        }

        ImagePlan moved = image with { Moves = image.Libraries.Append("").Where(distances.ContainsKey).Select(o => new MovePlan(o, window.Region, distances[o])).ToEquatableArray() };
        return moved with { Symbols = Evaluate(moved).Concat(plan.Symbols).ToEquatableArray() };
    }

    /// <summary>Puts the blocks in random order, and the free units between them: all ways to do so are equally likely.</summary>
    private static Dictionary<string, ulong> Place(ImageBlocks blocks, ulong free, SeededRandom random)
    {
        ImageBlock[] order = blocks.Blocks.ToArray();
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = (int)random.Below((ulong)i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        // As many places as there are blocks and free units: which of them are blocks (Floyd's choice of a subset).
        var chosen = new SortedSet<ulong>();
        for (ulong top = free; top < free + (ulong)order.Length; top++)
        {
            if (!chosen.Add(random.Below(top + 1))) chosen.Add(top);
        }

        var distances = new Dictionary<string, ulong>(StringComparer.Ordinal);
        ulong widths = 0;
        foreach ((ImageBlock block, ulong place) in order.Zip(chosen, (b, p) => (b, p)))
        {
            distances.Add(block.Owner, unchecked(blocks.Start + ((place + widths) * blocks.Unit) - block.Start));
            widths += block.Units - 1;
        }

        return distances;
    }

    /// <summary>The symbols as they are in one image: behind its libraries, and behind all of it.</summary>
    private EquatableArray<SymbolPlan> Evaluate(ImagePlan image)
    {
        SlotPlan[] libraries = plan.GetLibraries(image).SelectMany(l => l.GetSlots(image)).ToArray();
        SlotPlan[] slots = libraries.Concat(image.Slots.Select(image.Move)).ToArray();
        return SymbolEvaluator.Evaluate(layout, slots, name => (name == "libraries" ? libraries : slots).Select(s => s.End).DefaultIfEmpty(window.Start).Max(), default, isPart: false, bag);
    }
}
