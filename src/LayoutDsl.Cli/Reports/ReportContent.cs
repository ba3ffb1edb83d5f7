using System.Collections.Generic;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Density;
using LayoutDsl.Locking;
using LayoutDsl.Planning;

namespace LayoutDsl.Cli.Reports;

/// <summary>A link of the fleet's images.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Images">Its images.</param>
/// <param name="Sharing">Its pages by content.</param>
internal sealed record LinkedFleet(string Name, IReadOnlyList<ProgramImage> Images, SharingReport Sharing);

/// <summary>What a report shows.</summary>
/// <param name="Title">Name of the layout.</param>
/// <param name="Plan">The plan; null when the images are all that is known.</param>
/// <param name="Fleets">The links that are compared; the first is the one with the plan.</param>
/// <param name="Measured">Measurements, in the order in which they were given.</param>
/// <param name="LockChanges">How the plan differs from the lock; null when there is none.</param>
internal sealed record ReportContent(string Title, LayoutPlan? Plan, IReadOnlyList<LinkedFleet> Fleets, IReadOnlyList<MeasuredFleet> Measured, IReadOnlyList<LockChange>? LockChanges);
