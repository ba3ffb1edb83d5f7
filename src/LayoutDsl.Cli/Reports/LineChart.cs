using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace LayoutDsl.Cli.Reports;

/// <summary>Draws lines over an axis of numbers as SVG. Colours are classes (<c>c0</c>, <c>c1</c>, ...), so that light, dark and print can differ.</summary>
internal static class LineChart
{
    private const double Width = 760;
    private const double Height = 300;
    private const double Left = 70;
    private const double Right = 190;
    private const double Top = 16;
    private const double Bottom = 44;

    /// <summary>Draws; numbers on the vertical axis start at zero.</summary>
    /// <param name="title">What the picture shows, for those who do not see it.</param>
    /// <param name="xLabel">Name and unit of the horizontal axis.</param>
    /// <param name="yLabel">Name and unit of the vertical axis.</param>
    /// <param name="series">The lines.</param>
    /// <param name="css">Style to put inside, for a picture that stands alone; else empty.</param>
    public static string Draw(string title, string xLabel, string yLabel, IReadOnlyList<ChartSeries> series, string css = "")
    {
        double xMost = Math.Max(1, series.SelectMany(s => s.Points).Max(p => p.X));
        double yMost = Ceiling(series.SelectMany(s => s.Points).Max(p => p.Y));
        var svg = new StringBuilder();
        svg.Append(FormattableString.Invariant($"<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(title)}\">"));
        if (css.Length > 0) svg.Append("<style>").Append(css).Append("</style>");
        for (int i = 0; i <= 4; i++)
        {
            double y = Y(yMost * i / 4);
            svg.Append(FormattableString.Invariant($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"));
            svg.Append(FormattableString.Invariant($"<text class=\"tick\" x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Number(yMost * i / 4)}</text>"));
        }

        double step = Step(xMost / 5);
        for (double at = 0; at <= xMost; at += step)
        {
            svg.Append(FormattableString.Invariant($"<text class=\"tick\" x=\"{X(at):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Number(at)}</text>"));
        }

        svg.Append(FormattableString.Invariant($"<text class=\"label\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">{Text(xLabel)}</text>"));
        svg.Append(FormattableString.Invariant($"<text class=\"label\" transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Text(yLabel)}</text>"));
        foreach (ChartSeries line in series) DrawLine(svg, line);
        DrawNames(svg, series);
        return svg.Append("</svg>").ToString();

        double X(double value) => Left + (value / xMost * (Width - Left - Right));

        double Y(double value) => Height - Bottom - (value / yMost * (Height - Top - Bottom));

        void DrawLine(StringBuilder to, ChartSeries line)
        {
            string path = string.Join(' ', line.Points.Select(p => FormattableString.Invariant($"{X(p.X):0.#},{Y(p.Y):0.#}")));
            string style = line.IsPredicted ? " predicted" : "";
            to.Append(FormattableString.Invariant($"<polyline class=\"line c{line.Color}{style}\" points=\"{path}\"/>"));
            if (line.IsPredicted) return;
            foreach ((double x, double y) in line.Points)
            {
                to.Append(FormattableString.Invariant($"<circle class=\"dot c{line.Color}\" cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"3.5\"><title>{Text(line.Name)}: {Number(y)} at {Number(x)}</title></circle>"));
            }
        }

        // Each name stands at the end of its line, moved down where two would lie on each other.
        void DrawNames(StringBuilder to, IReadOnlyList<ChartSeries> lines)
        {
            double free = 0;
            foreach (ChartSeries line in lines.Where(l => l.Points.Count > 0).OrderBy(l => Y(l.Points[^1].Y)).ThenBy(l => l.Name, StringComparer.Ordinal))
            {
                double y = Math.Max(Y(line.Points[^1].Y) + 4, free);
                free = y + 14;
                to.Append(FormattableString.Invariant($"<text class=\"name c{line.Color}\" x=\"{X(line.Points[^1].X) + 8:0.#}\" y=\"{y:0.#}\">{Text(line.Name)}</text>"));
            }
        }
    }

    /// <summary>The next of 1, 2, 4, 8, 10 times a power of ten: its quarters are short numbers.</summary>
    private static double Ceiling(double value)
    {
        if (value <= 0) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 2, 4, 8, 10.0 }.First(f => f * power >= value) * power;
    }

    /// <summary>The next of 1, 2, 5, 10 times a power of ten: instances are whole, so it is at least one.</summary>
    private static double Step(double value)
    {
        double power = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value))));
        return new[] { 1, 2, 5, 10.0 }.First(f => f * power >= value) * power;
    }

    private static string Number(double value) => value.ToString(value < 10 && value != Math.Floor(value) ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
