using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.Plottables;

namespace LayoutDsl.Cli.Reports;

/// <summary>Draws the lines of a <see cref="LineChart"/> as a PNG picture, for where SVG cannot be shown.</summary>
internal static class PngChart
{
    private const int Width = 1200;
    private const int Height = 500;

    /// <summary>Colours of the light page, as in <c>report.css</c>.</summary>
    private static readonly string[] Colors = ["#1f6feb", "#c2410c", "#15803d", "#7c3aed", "#475569"];

    /// <summary>Draws.</summary>
    /// <returns>A PNG file.</returns>
    public static byte[] Draw(string title, string xLabel, string yLabel, IReadOnlyList<ChartSeries> series)
    {
        using var plot = new Plot();
        foreach (ChartSeries line in series.Where(s => s.Points.Count > 0))
        {
            Scatter scatter = plot.Add.Scatter(line.Points.Select(p => p.X).ToArray(), line.Points.Select(p => p.Y).ToArray(), Color.FromHex(Colors[line.Color % Colors.Length]));
            scatter.LegendText = line.Name;
            scatter.LineWidth = line.IsPredicted ? 1.5f : 2.5f;
            if (line.IsPredicted) scatter.LinePattern = LinePattern.Dashed;
            scatter.MarkerSize = line.IsPredicted ? 0 : 8;
        }

        plot.Title(title);
        plot.XLabel(xLabel);
        plot.YLabel(yLabel);
        plot.Axes.SetLimitsX(0, series.SelectMany(s => s.Points).Max(p => p.X) * 1.03);
        plot.Axes.SetLimitsY(0, series.SelectMany(s => s.Points).Max(p => p.Y) * 1.1);
        plot.ShowLegend(Edge.Right);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }
}
