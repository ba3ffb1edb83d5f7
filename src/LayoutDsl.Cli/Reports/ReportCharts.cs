using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Cli.Density;

namespace LayoutDsl.Cli.Reports;

/// <summary>The plots of a report: memory over the number of instances, for each link of the fleet.</summary>
internal static class ReportCharts
{
    private const double MiB = 1 << 20;

    /// <summary>Numbers of instances that are predicted when nothing was measured.</summary>
    private static readonly int[] Instances = [1, 2, 5, 10, 20, 50, 100];

    /// <summary>The plots with their names.</summary>
    /// <param name="content">What is known.</param>
    /// <param name="css">Style for pictures that stand alone; else empty.</param>
    public static IEnumerable<(string Name, string Title, string Svg)> Draw(ReportContent content, string css = "")
    {
        if (content.Measured.Count == 0)
        {
            yield return Chart("predicted", "Memory for programs, predicted", content.Fleets.SelectMany(Predict).ToArray(), css);
            yield break;
        }

        yield return Chart("programs", "Memory for programs", content.Measured.SelectMany(Programs).ToArray(), css);
        yield return Chart("whole", "All memory of the processes", content.Measured.Select((f, i) => new ChartSeries(f.Name, i, false, f.Points.Select(p => ((double)p.Running, p.Whole / MiB)).ToArray())).ToArray(), css);
    }

    private static (string Name, string Title, string Svg) Chart(string name, string title, IReadOnlyList<ChartSeries> series, string css) =>
        (name, title, LineChart.Draw(title, "instances", "MiB", series, css));

    private static IEnumerable<ChartSeries> Programs(MeasuredFleet fleet, int color)
    {
        yield return new ChartSeries(fleet.Name, color, false, fleet.Points.Where(p => p.Program is not null).Select(p => ((double)p.Running, p.Program!.Value / MiB)).ToArray());
        yield return new ChartSeries($"{fleet.Name}, predicted", color, true, fleet.Points.Select(p => ((double)p.Running, p.Predicted / MiB)).ToArray());
    }

    private static IEnumerable<ChartSeries> Predict(LinkedFleet fleet, int color)
    {
        (double X, DensityPrediction Y)[] points = Instances.Select(n => ((double)n * fleet.Images.Count, DensityPrediction.Make(fleet.Images, n, new Ksm().MaximumSharing))).ToArray();
        yield return new ChartSeries($"{fleet.Name}, at least", color, true, points.Select(p => (p.X, p.Y.Least * (long)PageFrames.PageSize / MiB)).ToArray());
        yield return new ChartSeries($"{fleet.Name}, at most", color, true, points.Select(p => (p.X, p.Y.Most * (long)PageFrames.PageSize / MiB)).ToArray());
    }
}
