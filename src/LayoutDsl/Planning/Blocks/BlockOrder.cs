using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;

namespace LayoutDsl.Planning.Blocks;

/// <summary>What is placed in one go.</summary>
internal static class BlockOrder
{
    /// <summary>
    /// All libraries at once, class by class; where images have libraries at places of their own, library by library, so that each is one block with fixed distances inside. Those that
    /// stay where they are come first: what is behind them is free to move.
    /// </summary>
    public static IEnumerable<PlacementContext> Split(BoundLayout layout, PlacementContext context) => layout.IsShuffled
        ? context.Content.Libraries
            .OrderBy(l => !layout.Aslr!.Fixed.Contains(l.Library.Name))
            .Select(l => context with { Content = context.Content with { Libraries = new[] { l } } })
        : new[] { context };
}
