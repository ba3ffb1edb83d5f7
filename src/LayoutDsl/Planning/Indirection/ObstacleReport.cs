using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;

namespace LayoutDsl.Planning.Indirection;

/// <summary>Reports the references that make pages of a library differ and cannot go through a jump: one message for each library and obstacle.</summary>
internal sealed class ObstacleReport
{
    private readonly BoundLayout layout;
    private readonly FleetSymbols symbols;
    private readonly IndirectionObstacles obstacles;
    private readonly DiagnosticBag bag;

    public ObstacleReport(BoundLayout layout, FleetSymbols symbols, IndirectionObstacles obstacles, DiagnosticBag bag)
    {
        this.layout = layout;
        this.symbols = symbols;
        this.obstacles = obstacles;
        this.bag = bag;
    }

    /// <param name="pages">The pages with references that are not stable.</param>
    /// <param name="indirect">The symbols that are called through jumps.</param>
    public void Report(IReadOnlyDictionary<(int Library, string Section, ulong Page), PageVariants> pages, HashSet<string> indirect)
    {
        var found = new Dictionary<(int Library, IndirectionObstacle Obstacle), (SortedSet<string> Symbols, long Pages)>();
        foreach (KeyValuePair<(int Library, string Section, ulong Page), PageVariants> page in pages)
        {
            UnstableReference[] remaining = page.Value.References.Where(r => !r.IsApart && !(r.IsReachable && indirect.Contains(r.Symbol))).ToArray();
            foreach (IGrouping<IndirectionObstacle, UnstableReference> group in remaining
                .Select(r => (Reference: r, Obstacle: r.IsReachable ? obstacles.Find(new[] { r }) : IndirectionObstacle.OwnDefinition))
                .Where(r => r.Obstacle is not null)
                .GroupBy(r => r.Obstacle!.Value, r => r.Reference))
            {
                if (!found.TryGetValue((page.Key.Library, group.Key), out var entry)) entry = (new SortedSet<string>(StringComparer.Ordinal), 0);
                entry.Symbols.UnionWith(group.Select(r => r.Symbol));
                found[(page.Key.Library, group.Key)] = (entry.Symbols, entry.Pages + PageVariants.Count(group.ToArray()) - 1);
            }
        }

        foreach (var entry in found.OrderBy(f => f.Key.Library).ThenBy(f => f.Key.Obstacle))
        {
            BoundLibrary library = layout.Libraries.First(l => l.Name == symbols.Libraries[entry.Key.Library].Name);
            Report(library, entry.Key.Obstacle, entry.Value.Symbols, entry.Value.Pages);
        }
    }

    private void Report(BoundLibrary library, IndirectionObstacle obstacle, SortedSet<string> names, long pages)
    {
        string others = names.Count > 3 ? FormattableString.Invariant($" and {names.Count - 3} others") : "";
        string list = string.Join(", ", names.Take(3).Select(n => $"'{n}'")) + others;
        switch (obstacle)
        {
            case IndirectionObstacle.Data:
                bag.ReportUnstableData(library.Location, library.Name, list, pages);
                break;
            case IndirectionObstacle.AsksWhetherThere:
                bag.ReportQuestionedFunction(library.Location, library.Name, list, names.Min, pages);
                break;
            case IndirectionObstacle.OwnDefinition:
                bag.ReportUnreachableReference(library.Location, library.Name, list, pages);
                break;
            default:
                bag.ReportFunctionOfTwoStates(library.Location, library.Name, list, pages);
                break;
        }
    }
}
