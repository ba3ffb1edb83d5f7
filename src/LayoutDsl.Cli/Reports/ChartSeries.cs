using System.Collections.Generic;

namespace LayoutDsl.Cli.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Color">Index of its colour.</param>
/// <param name="IsPredicted">Drawn dashed: computed and not measured.</param>
/// <param name="Points">Its points, by growing x.</param>
internal sealed record ChartSeries(string Name, int Color, bool IsPredicted, IReadOnlyList<(double X, double Y)> Points);
