using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Strategies;

namespace LayoutDsl.Analysis.Linking.Strategies;

/// <summary>How the images of a layout are linked by a strategy.</summary>
public static class StrategyLinks
{
    /// <summary>Where the images of a plan have everything with a strategy: plans that each have some of the images.</summary>
    public static IReadOnlyList<LayoutPlan> PlansOf(LinkStrategy strategy, LayoutPlan plan) => strategy switch
    {
        LinkStrategy.Default => DefaultPlan.Of(plan),
        LinkStrategy.Spacer => SpacerPlan.Of(plan),
        _ => new[] { plan },
    };

    /// <summary>The links of all images.</summary>
    public static IReadOnlyList<ImageLink> Of(LinkStrategy strategy, BoundLayout layout, LayoutPlan plan, FactsFile facts) => strategy switch
    {
        LinkStrategy.Default => DefaultLinks.Of(layout, plan, facts),
        LinkStrategy.Spacer => SpacerPlan.Of(plan).Select(p => ImageLink.Of(layout, p, p.Images[0])).ToArray(),
        _ => ImageLink.All(layout, plan),
    };
}
