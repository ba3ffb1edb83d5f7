using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Density;
using LayoutDsl.Cli.Output;
using LayoutDsl.Locking;

namespace LayoutDsl.Cli.Reports;

/// <summary>Writes a report as one HTML file that needs no other: pictures are SVG in it, and all of it but zooming is there without its script.</summary>
internal sealed class HtmlReport
{
    private readonly ReportContent content;
    private readonly StringBuilder html = new();

    private HtmlReport(ReportContent content) => this.content = content;

    public static string Write(ReportContent content) => new HtmlReport(content).Write();

    /// <summary>A file that the tool carries.</summary>
    public static string GetResource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private string Write()
    {
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Text(content.Title)}</title>\n<style>\n{GetResource("report.css")}</style>\n</head>\n<body>\n");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Text(content.Title)}</h1>\n<p class=\"soft\">{content.Fleets[0].Images.Count} images; pages of {PageFrames.PageSize} bytes</p>\n");
        WriteCards();
        WriteCharts();
        WriteMap();
        WriteCauses();
        WriteLock();
        WriteFleets();
        html.Append(CultureInfo.InvariantCulture, $"<script>\n{GetResource("report.js")}</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    private void WriteCards()
    {
        SharingReport report = content.Fleets[0].Sharing;
        html.Append("<div class=\"cards\">\n");
        Card(Number(report.Pages), "pages of all images");
        Card(Number(report.Distinct), "different ones");
        Card(report.Ratio.ToString("0.00", CultureInfo.InvariantCulture), "pages for each that is kept");
        foreach (LinkedFleet other in content.Fleets.Skip(1))
        {
            Card(((double)other.Sharing.Distinct / Math.Max(report.Distinct, 1)).ToString("0.00", CultureInfo.InvariantCulture) + "×", $"fewer than {other.Name}");
        }

        if (report.Floor is { } floor) Card(Number(floor), "are the least possible");
        html.Append("</div>\n");

        void Card(string value, string text) => html.Append(CultureInfo.InvariantCulture, $"<div class=\"card\"><b>{value}</b>{Text(text)}</div>\n");
    }

    private void WriteCharts()
    {
        html.Append("<h2>Memory over the number of instances</h2>\n");
        html.Append(content.Measured.Count == 0
            ? "<p class=\"soft\">Predicted from the contents of the images: the least, when instances of an image write the same, and the most, when each writes all it may. <code>layout density --format json</code> measures it.</p>\n"
            : "<p class=\"soft\">Lines with dots were measured; dashed ones are predicted from the contents of the images.</p>\n");
        foreach (ReportChart chart in ReportCharts.Find(content.Measured, content.Fleets)) html.Append(CultureInfo.InvariantCulture, $"<h3>{Text(chart.Title)}</h3>\n<div id=\"chart-{chart.Name}\">{chart.ToSvg()}</div>\n");
        if (content.Measured.Count == 0) return;
        html.Append("<div class=\"wide\"><table id=\"measured\"><tr><th>link</th><th class=\"n\">running</th><th class=\"n\">programs, each counted (KiB)</th><th class=\"n\">programs, physical (KiB)</th><th class=\"n\">predicted (KiB)</th><th class=\"n\">everything (KiB)</th></tr>\n");
        foreach (MeasuredFleet fleet in content.Measured)
        {
            foreach (MeasuredPoint p in fleet.Points)
            {
                html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(fleet.Name)}</td><td class=\"n\">{p.Running}</td><td class=\"n\">{KiB(p.Mapped)}</td><td class=\"n\">{(p.Program is { } m ? KiB(m) : "-")}</td><td class=\"n\">{KiB(p.Predicted)}</td><td class=\"n\">{KiB(p.Whole)}</td></tr>\n");
            }
        }

        html.Append("</table></div>\n");
    }

    private void WriteMap()
    {
        html.Append("<h2>Address space</h2>\n<p class=\"soft\">A row for each image, a column for each page that any image has. Colour says how many images have the same content at that address.</p>\n<div class=\"legend\">");
        string[] names = ["one image only", "few", "some", "many", "most", "all images"];
        for (int i = 0; i < AddressMap.Classes; i++) html.Append(CultureInfo.InvariantCulture, $"<span><span class=\"key s{i}\"></span>{names[i]}</span>");
        html.Append("<span class=\"screen\"><button id=\"in\">+</button> <button id=\"out\">−</button> <button id=\"all\">all</button></span></div>\n");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"frame\">{AddressMap.Draw(content.Fleets[0].Images, content.Plan)}</div>\n<p id=\"said\" class=\"soft screen\"></p>\n");
    }

    private void WriteCauses()
    {
        var groups = content.Fleets[0].Sharing.Libraries
            .Where(l => l.Images > 1)
            .SelectMany(l => l.Sections.SelectMany(s => s.Unshared.Select(u => (Place: $"{l.Name}.{s.Section}", Page: u))))
            .DistinctBy(p => (p.Page.Address, p.Page.Partition[0][0]))
            .GroupBy(p => (p.Page.Cause.Kind, p.Page.Cause.Suggestion))
            .Select(g => (g.Key.Kind, g.Key.Suggestion, Pages: g.Count(), Extra: g.Sum(p => (long)p.Page.Contents - 1), First: g.First()))
            .OrderByDescending(g => g.Extra)
            .ToArray();
        html.Append("<h2>Library pages that are not shared, by cause</h2>\n");
        if (groups.Length == 0)
        {
            html.Append(content.Plan is null ? "<p class=\"soft\">Name the layout to see them.</p>\n" : "<p>There are none: every page of a library is the same in all images that have it.</p>\n");
            return;
        }

        long most = groups.Max(g => g.Extra);
        html.Append("<div class=\"wide\"><table id=\"causes\"><tr><th>cause</th><th class=\"n\">pages</th><th class=\"n\">costs (KiB)</th><th></th><th>for example</th><th>way out</th></tr>\n");
        foreach (var g in groups)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{CauseOutput.Name(g.Kind)}</td><td class=\"n\">{g.Pages}</td><td class=\"n\">{KiB(g.Extra * (long)PageFrames.PageSize)}</td><td><span class=\"bar\" style=\"width:{Math.Max(2, 80 * g.Extra / most)}px\"></span></td><td>{g.First.Place}: {Text(g.First.Page.Cause.Text)}</td><td>{Text(g.Suggestion)}</td></tr>\n");
        }

        html.Append("</table></div>\n");
    }

    private void WriteLock()
    {
        if (content.LockChanges is not { } changes) return;
        html.Append("<h2>Changes since the lock</h2>\n");
        if (changes.Count == 0)
        {
            html.Append("<p>Nothing: every slot is where the lock has it.</p>\n");
            return;
        }

        html.Append("<div class=\"wide\"><table id=\"lock\"><tr><th>slot</th><th>what happened</th><th class=\"n\">address, locked</th><th class=\"n\">planned</th><th class=\"n\">reserved, locked</th><th class=\"n\">planned</th></tr>\n");
        foreach (LockChange change in changes)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(change.Slot.DisplayName)}</td><td>{change.Kind.ToString().ToLowerInvariant()}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{Address(change.Before)}</td><td class=\"n\">{Address(change.After)}</td><td class=\"n\">{change.Before?.Reserved}</td><td class=\"n\">{change.After?.Reserved}</td></tr>\n");
        }

        html.Append("</table></div>\n");

        static string Address(LockedSlot? slot) => slot is null ? "" : FormattableString.Invariant($"0x{slot.Address:x}");
    }

    private void WriteFleets()
    {
        html.Append("<h2>Images</h2>\n<div class=\"wide\"><table id=\"images\"><tr><th>image</th>");
        foreach (LinkedFleet fleet in content.Fleets) html.Append(CultureInfo.InvariantCulture, $"<th class=\"n\">{Text(fleet.Name)}: pages</th><th class=\"n\">shared</th><th class=\"n\">its own</th><th class=\"n\">file (KiB)</th>");
        html.Append("</tr>\n");
        foreach (ImageSharing image in content.Fleets[0].Sharing.Images)
        {
            string name = Path.GetFileNameWithoutExtension(image.Name);
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(name)}</td>");
            foreach (LinkedFleet fleet in content.Fleets)
            {
                ImageSharing? row = fleet.Sharing.Images.FirstOrDefault(i => Path.GetFileNameWithoutExtension(i.Name) == name);
                html.Append(row is null
                    ? "<td></td><td></td><td></td><td></td>"
                    : string.Create(CultureInfo.InvariantCulture, $"<td class=\"n\">{row.Pages}</td><td class=\"n\">{row.Shared}</td><td class=\"n\">{row.Private}</td><td class=\"n\">{KiB(row.FileSize)}</td>"));
            }

            html.Append("</tr>\n");
        }

        html.Append("</table></div>\n");
    }

    private static string KiB(long bytes) => Number((bytes + 1023) / 1024);

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
