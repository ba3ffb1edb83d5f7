using System.Collections.Generic;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Costs;

/// <summary>
/// What a fleet is expected to cost in memory, from its plan alone. A page of libraries is kept once for all images in which the same slots lie on it; a page with something of an image's own
/// is kept once for the image; a page that may be written is private to each running instance. References that differ between images are not known here: what
/// <c>layout share</c> counts in linked images is the truth, and lies above this by the pages that <c>layout explain</c> lists.
/// </summary>
/// <param name="PageSize">Bytes of a page.</param>
/// <param name="Shared">Different read-only pages of libraries.</param>
/// <param name="Own">Read-only pages that an image has for itself, all images together.</param>
/// <param name="SharedData">Different pages of libraries' writable data with bytes in the file, before any instance writes.</param>
/// <param name="OwnData">Writable pages with bytes in the file that an image has for itself, all images together.</param>
/// <param name="Instances">Running instances of all images.</param>
/// <param name="Written">Writable pages, zeroed ones too, of all instances: each has its own when it writes all of them.</param>
/// <param name="PageTables">Pages of page tables of all instances.</param>
/// <param name="FileBytes">Bytes of all images' files that are loaded, and of their headers; symbols and debug information come to that.</param>
/// <param name="Libraries">What each library costs, in plan order.</param>
/// <param name="Choices">What the choices of the plan cost, and what the alternatives would.</param>
public sealed record PlanCosts(
    ulong PageSize,
    ulong Shared,
    ulong Own,
    ulong SharedData,
    ulong OwnData,
    ulong Instances,
    ulong Written,
    ulong PageTables,
    ulong FileBytes,
    EquatableArray<LibraryCost> Libraries,
    EquatableArray<ChoiceCost> Choices)
{
    /// <summary>Different pages over the images' files that are not all zeros: what an ideal merger keeps of images that nobody has written to.</summary>
    public ulong Distinct => Shared + Own + SharedData + OwnData;

    /// <summary>Pages of the fleet when all instances run: read-only ones once, and each instance its written pages and its page tables.</summary>
    public ulong Resident => Shared + Own + Written + PageTables;

    /// <summary>Pages of all images' files that are not all zeros, each image counted.</summary>
    public ulong Pages { get; init; }

    /// <summary>Computes the costs of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Watches and stops it; may be null.</param>
    /// <exception cref="System.OperationCanceledException">It was stopped.</exception>
    public static PlanCosts Of(LayoutPlan plan, PlanProgress? progress = null) => CostCounter.Count(plan, null, progress ?? PlanProgress.None);

    /// <summary>Computes what the same fleet costs with another strategy; without what libraries and choices cost.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="strategy">Where the images have everything: plans that each have some of the images.</param>
    /// <param name="progress">Watches and stops it; may be null.</param>
    /// <exception cref="System.OperationCanceledException">It was stopped.</exception>
    public static PlanCosts Of(LayoutPlan plan, IReadOnlyList<LayoutPlan> strategy, PlanProgress? progress = null) => CostCounter.Count(plan, strategy, progress ?? PlanProgress.None);
}

/// <summary>What a library costs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Images">In how many images it is.</param>
/// <param name="Shared">Its different read-only pages, those that it has together with other libraries included.</param>
/// <param name="Written">Its writable pages in an instance.</param>
/// <param name="Saved">Read-only pages that sharing saves: those that all images have, less the different ones.</param>
/// <param name="Headroom">Bytes that its slots reserve and do not use.</param>
public sealed record LibraryCost(string Name, int Images, ulong Shared, ulong Written, ulong Saved, ulong Headroom);

/// <summary>A choice of the plan.</summary>
/// <param name="Name">What was chosen.</param>
/// <param name="Pages">Resident pages that it costs.</param>
/// <param name="Alternative">What else could be done; empty when the plan alone does not tell what that would cost.</param>
/// <param name="AlternativePages">Resident pages that this would cost.</param>
public sealed record ChoiceCost(string Name, ulong Pages, string Alternative, ulong? AlternativePages);
