using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using LayoutDsl.Cli.Density;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>Measured memory of one or more links of the same images.</summary>
internal static class DensityOutput
{
    public static void Show(CommandOutput output, DensityOptions options, IReadOnlyList<(string Name, IReadOnlyList<ProgramImage> Images, IReadOnlyList<DensityPoint> Points)> fleets)
    {
        output.Json["as"] = options.RunAs.ToString().ToLowerInvariant();
        output.Json["merging"] = options.MergesPages && options.RunAs != RunAs.Pool;
        output.Json["page"] = PageFrames.PageSize;
        if (options.ScanPages is { } pages && options.ScanSleep is { } sleep) output.Json["scan"] = new JsonObject { ["pages"] = pages, ["sleepMilliseconds"] = sleep };
        output.Json["fleets"] = new JsonArray(fleets.Select(f => (JsonNode)new JsonObject
        {
            ["name"] = f.Name,
            ["images"] = f.Images.Count,
            ["points"] = new JsonArray(f.Points.Select(p => (JsonNode)ToJson(p)).ToArray()),
        }).ToArray());
        output.Csv = ToCsv(fleets.SelectMany(f => f.Points.Select(p => (f.Name, ToJson(p)))).ToArray());
        if (!output.IsText) return;
        ShowTables(output, fleets);
        Compare(output, fleets);
    }

    /// <summary>A line for each point, with the names that the figures have in JSON.</summary>
    private static string ToCsv((string Fleet, JsonObject Point)[] points)
    {
        var text = new StringBuilder("fleet");
        foreach (KeyValuePair<string, JsonNode?> figure in points[0].Point) text.Append(',').Append(figure.Key);
        foreach ((string fleet, JsonObject point) in points)
        {
            text.Append('\n').Append(CsvText.Quote(fleet));
            foreach (KeyValuePair<string, JsonNode?> figure in point) text.Append(',').Append(figure.Value?.ToJsonString());
        }

        return text.Append('\n').ToString();
    }

    private static JsonObject ToJson(DensityPoint p) => new JsonObject
    {
        ["instances"] = p.Instances,
        ["running"] = p.Running,
        ["startSeconds"] = Math.Round(p.StartSeconds, 2),
        ["mergeSeconds"] = p.MergeSeconds is { } s ? Math.Round(s, 2) : null,
        ["settled"] = p.IsSettled,
        ["mappedPages"] = p.Mapped,
        ["programPages"] = p.Program,
        ["mappedReadOnlyPages"] = p.MappedReadOnly,
        ["readOnlyPages"] = p.ReadOnly,
        ["predictedReadOnlyPages"] = p.PredictedReadOnly,
        ["predictedLeastPages"] = p.PredictedLeast,
        ["predictedMostPages"] = p.PredictedMost,
        ["mergedPages"] = p.Merged,
        ["pagesShared"] = p.Shared,
        ["pagesSharing"] = p.Sharing,
        ["wholeBytes"] = p.WholeBytes,
        ["pageTableBytes"] = p.PageTableBytes,
    };

    private static void ShowTables(CommandOutput output, IReadOnlyList<(string Name, IReadOnlyList<ProgramImage> Images, IReadOnlyList<DensityPoint> Points)> fleets)
    {
        Table pages = Tables.Create("fleet", ">running", ">mapped", ">read-only", ">physical", ">predicted", ">off by", ">program physical", ">predicted", ">shared", ">sharing");
        Table memory = Tables.Create("fleet", ">running", ">program KiB", ">whole KiB", ">page tables KiB", ">KiB an instance", ">start s", ">merged after s");
        foreach ((string name, _, IReadOnlyList<DensityPoint> points) in fleets)
        {
            foreach (DensityPoint p in points)
            {
                pages.AddRow(
                    Markup.Escape(name), Number(p.Running), Number(p.Mapped), Number(p.MappedReadOnly), Number(p.ReadOnly), Number(p.PredictedReadOnly), Off(p.ReadOnly, p.PredictedReadOnly),
                    Number(p.Program), $"{Number(p.PredictedLeast)}..{Number(p.PredictedMost)}", Number(p.Shared), Number(p.Sharing));
                memory.AddRow(
                    Markup.Escape(name), Number(p.Running), Number(p.Program * (long)PageFrames.PageSize / 1024), Number(p.WholeBytes / 1024), Number(p.PageTableBytes / 1024),
                    Number((p.WholeBytes + p.PageTableBytes) / 1024 / p.Running), Seconds(p.StartSeconds), p.MergeSeconds is { } s ? Seconds(s) : "-");
            }
        }

        output.Console.Write(pages);
        output.Console.Write(memory);
        output.Line("mapped: pages of programs in memory, each instance counted; physical: pages of memory behind them. whole: with stacks and heaps, and what runs a guest.");
    }

    private static void Compare(CommandOutput output, IReadOnlyList<(string Name, IReadOnlyList<ProgramImage> Images, IReadOnlyList<DensityPoint> Points)> fleets)
    {
        foreach (var other in fleets.Skip(1))
        {
            foreach ((DensityPoint a, DensityPoint b) in fleets[0].Points.Zip(other.Points))
            {
                if (a.Program is not > 0 || b.Program is not > 0) continue;
                output.Line(FormattableString.Invariant(
                    $"{a.Running} running: {fleets[0].Name} needs {Ratio(b.Program.Value, a.Program.Value):0.00} times less memory for programs than {other.Name}, {Ratio(b.WholeBytes + b.PageTableBytes, a.WholeBytes + a.PageTableBytes):0.00} times less with all that their processes have"));
            }
        }
    }

    private static double Ratio(long a, long b) => (double)a / Math.Max(b, 1);

    private static string Off(long? measured, long predicted) =>
        measured is null || predicted == 0 ? "-" : (100.0 * (measured.Value - predicted) / predicted).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + "%";

    private static string Seconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
