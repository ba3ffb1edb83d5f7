using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit.Stubs;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Indirection;

/// <summary>
/// Decides which functions are called through a jump: those that the layout names, and those of which the jump saves more pages than it costs. Pure: it knows the objects
/// by their facts, and pages as they will be (<see cref="LibraryPages"/>).
/// </summary>
internal sealed class IndirectionFinder
{
    private readonly BoundLayout layout;
    private readonly FleetSymbols symbols;
    private readonly IReadOnlyDictionary<(int Library, string Section, ulong Page), PageVariants> pages;
    private readonly HashSet<string> named;

    private IndirectionFinder(BoundLayout layout, FleetSymbols symbols, ReferenceTargets targets)
    {
        this.layout = layout;
        this.symbols = symbols;
        pages = UnstableReferences.Find(layout, symbols, targets).Pages;
        named = new HashSet<string>(layout.Indirections.Select(i => i.Symbol), StringComparer.Ordinal);
    }

    /// <summary>
    /// The functions: first those of a lock, in its order, so that no jump moves; then new ones, in ordinal order of their names. References that would need a jump and cannot
    /// have one are reported.
    /// </summary>
    /// <param name="layout">The layout.</param>
    /// <param name="symbols">Who defines what.</param>
    /// <param name="targets">Where references lead.</param>
    /// <param name="locked">What earlier plans gave.</param>
    /// <param name="bag">Takes the reports.</param>
    public static EquatableArray<IndirectionPlan> Find(BoundLayout layout, FleetSymbols symbols, ReferenceTargets targets, PlanLock locked, DiagnosticBag bag)
    {
        // Facts without symbols can tell nothing.
        IReadOnlyCollection<IndirectionPlan> found = !symbols.AreKnown
            ? layout.Indirections.Select(i => new IndirectionPlan(i.Symbol, IndirectionReason.Named, 0, 0)).ToArray()
            : new IndirectionFinder(layout, symbols, targets).Find(bag);
        return KeepOrder(layout, found, locked).ToEquatableArray();
    }

    private static IEnumerable<IndirectionPlan> KeepOrder(BoundLayout layout, IReadOnlyCollection<IndirectionPlan> found, PlanLock locked)
    {
        var open = found.ToDictionary(f => f.Symbol, StringComparer.Ordinal);
        var thumb = new HashSet<string>((locked.File ?? LockFile.Empty).GetOrder(LockedOrder.ThumbJump), StringComparer.Ordinal);
        foreach (string symbol in locked.Jumps)
        {
            // What pays no more keeps its jump: callers have its address.
            if (open.TryGetValue(symbol, out IndirectionPlan? known)) yield return locked.IsPart ? known with { IsThumb = thumb.Contains(symbol) } : known;
            else if (layout.IndirectAutomatically) yield return new IndirectionPlan(symbol, IndirectionReason.Locked, 0, 0, thumb.Contains(symbol));
            open.Remove(symbol);
        }

        foreach (IndirectionPlan added in found.Where(f => open.ContainsKey(f.Symbol) && !locked.IsPart)) yield return added;
    }

    private IReadOnlyCollection<IndirectionPlan> Find(DiagnosticBag bag)
    {
        UnstableReference[] unstable = pages.Values.SelectMany(p => p.References).Distinct().ToArray();
        Dictionary<string, UnstableReference[]> bySymbol = unstable.GroupBy(r => r.Symbol, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        var obstacles = new IndirectionObstacles(symbols);
        var possible = new HashSet<string>(named, StringComparer.Ordinal);
        if (layout.IndirectAutomatically) possible.UnionWith(bySymbol.Where(s => obstacles.Find(s.Value) is null && !symbols.IsLackedByMistake(s.Key)).Select(s => s.Key));
        Dictionary<string, long> gains = CountGains(possible);
        IndirectionPlan[] found = possible
            .OrderBy(s => s, StringComparer.Ordinal)
            .Select(s => Make(s, bySymbol, gains.TryGetValue(s, out long gain) ? gain : 0, obstacles))
            .Where(i => i.Reason == IndirectionReason.Named || Pays(i.Gain))
            .ToArray();
        if (layout.IndirectAutomatically) new ObstacleReport(layout, symbols, obstacles, bag).Report(pages, new HashSet<string>(found.Select(f => f.Symbol), StringComparer.Ordinal));
        ReportUnused(bag);
        return found;
    }

    /// <summary>For each symbol the pages that there would be more if only its jump were missing.</summary>
    private Dictionary<string, long> CountGains(HashSet<string> possible)
    {
        var gains = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (PageVariants page in pages.Values)
        {
            UnstableReference[] remaining = page.References.Where(r => !(r.IsReachable && possible.Contains(r.Symbol))).ToArray();
            long least = PageVariants.Count(remaining);
            foreach (UnstableReference reference in page.References.Where(r => r.IsReachable && possible.Contains(r.Symbol)))
            {
                gains.TryGetValue(reference.Symbol, out long gain);
                gains[reference.Symbol] = gain + PageVariants.Count(remaining.Append(reference).ToArray()) - least;
            }
        }

        return gains;
    }

    private IndirectionPlan Make(string symbol, Dictionary<string, UnstableReference[]> unstable, long gain, IndirectionObstacles obstacles)
    {
        unstable.TryGetValue(symbol, out UnstableReference[]? references);
        UnstableReference[] own = references ?? Array.Empty<UnstableReference>();
        IndirectionReason reason = named.Contains(symbol) ? IndirectionReason.Named : own.Min(r => r.Reason);
        int images = symbols.Images.Count(i => own.Any(r => i.Has(r.Library)));
        return new IndirectionPlan(symbol, reason, images, gain, obstacles.IsThumb(symbol));
    }

    /// <summary>A jump costs its bytes in every image, on a page that the image has for itself anyway.</summary>
    private bool Pays(long gain) =>
        (decimal)gain * layout.Target.Page > (decimal)symbols.Images.Count * StubCode.For(layout.Target.Architecture.Name).JumpSize;

    /// <summary>Reports names that nothing refers to: the jump would be called by nobody.</summary>
    private void ReportUnused(DiagnosticBag bag)
    {
        if (named.Count == 0) return;
        var referred = new HashSet<string>(symbols.Objects.SelectMany(o => o.References).Select(r => r.Name), StringComparer.Ordinal);
        foreach (BoundIndirection indirection in layout.Indirections.Where(i => !referred.Contains(i.Symbol)))
        {
            bag.ReportPatternMatchesNothing(indirection.Location, $"the indirection of '{indirection.Symbol}'");
        }
    }
}
