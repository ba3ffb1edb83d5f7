using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Density;
using LayoutDsl.Diagnostics;

namespace LayoutDsl.Cli.Reports;

/// <summary>A plot: memory in MiB over the number of instances.</summary>
/// <param name="Name">Name of its file.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Series">Its lines.</param>
internal sealed record ReportChart(string Name, string Title, IReadOnlyList<ChartSeries> Series)
{
    private const string XLabel = "instances";
    private const string YLabel = "MiB";

    /// <summary>The plot as SVG.</summary>
    /// <param name="css">Style for a picture that stands alone; else empty.</param>
    public string ToSvg(string css = "") => LineChart.Draw(Title, XLabel, YLabel, Series, css);

    /// <summary>The plot as PNG.</summary>
    public byte[] ToPng() => PngChart.Draw(Title, XLabel, YLabel, Series);
}

/// <summary>The plots of a report: memory over the number of instances, for each link of the fleet.</summary>
internal static class ReportCharts
{
    private const double MiB = 1 << 20;

    /// <summary>Numbers of instances that are predicted when nothing was measured.</summary>
    private static readonly int[] Instances = [1, 2, 5, 10, 20, 50, 100];

    /// <summary>The plots of what was measured; when nothing was, of what is predicted.</summary>
    public static IReadOnlyList<ReportChart> Find(IReadOnlyList<MeasuredFleet> measured, IReadOnlyList<LinkedFleet> fleets)
    {
        if (measured.Count == 0) return [new ReportChart("predicted", "Memory for programs, predicted", fleets.SelectMany(Predict).ToArray())];
        return
        [
            new ReportChart("programs", "Memory for programs", measured.SelectMany(Programs).ToArray()),
            new ReportChart("whole", "All memory of the processes", measured.Select((f, i) => new ChartSeries(f.Name, i, false, f.Points.Select(p => ((double)p.Running, p.Whole / MiB)).ToArray())).ToArray()),
        ];
    }

    /// <summary>Writes plots into a folder, each as SVG and as PNG.</summary>
    public static void Write(string folder, IEnumerable<ReportChart> charts, DiagnosticBag bag)
    {
        string css = HtmlReport.GetResource("report.css");
        foreach (ReportChart chart in charts)
        {
            OutputFile.TryWriteIfChanged(Path.Combine(folder, chart.Name + ".svg"), chart.ToSvg(css) + "\n", bag);
            OutputFile.TryWriteIfChanged(Path.Combine(folder, chart.Name + ".png"), chart.ToPng(), bag);
        }
    }

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
