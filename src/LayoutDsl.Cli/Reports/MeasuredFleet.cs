using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Density;
using LayoutDsl.Diagnostics;

namespace LayoutDsl.Cli.Reports;

/// <summary>Measurements of one link of the images, read back from what <c>layout density --format json</c> wrote.</summary>
/// <param name="Name">What the link is called.</param>
/// <param name="Points">A point for each number of instances.</param>
internal sealed record MeasuredFleet(string Name, IReadOnlyList<MeasuredPoint> Points)
{
    /// <summary>What this run has measured.</summary>
    public static MeasuredFleet Of(string name, IReadOnlyList<DensityPoint> points) => new(name, points.Select(p => new MeasuredPoint(
        p.Running,
        p.Mapped * (long)PageFrames.PageSize,
        p.Program * (long)PageFrames.PageSize,
        p.PredictedLeast * (long)PageFrames.PageSize,
        p.WholeBytes + p.PageTableBytes)).ToArray());

    /// <summary>Reads a file; empty after a diagnostic.</summary>
    public static IReadOnlyList<MeasuredFleet> Read(string path, DiagnosticBag bag)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.GetProperty("fleets").EnumerateArray().Select(Read).ToArray();
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(Text.SourceLocation.OfFile(path), path, exception.Message);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            bag.ReportBadMeasurement(path, exception is JsonException ? "it is no JSON" : "what it has to say is missing");
        }

        return [];
    }

    private static MeasuredFleet Read(JsonElement fleet) => new(
        fleet.GetProperty("name").GetString() ?? "",
        fleet.GetProperty("points").EnumerateArray().Select(p => new MeasuredPoint(
            p.GetProperty("running").GetInt32(),
            Number(p, "mappedPages") * (long)PageFrames.PageSize,
            p.GetProperty("programPages").ValueKind == JsonValueKind.Null ? null : Number(p, "programPages") * (long)PageFrames.PageSize,
            Number(p, "predictedLeastPages") * (long)PageFrames.PageSize,
            Number(p, "wholeBytes") + Number(p, "pageTableBytes"))).ToArray());

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}

/// <summary>The memory of a number of instances, in bytes.</summary>
/// <param name="Running">Processes or guests.</param>
/// <param name="Mapped">Pages of programs, each instance counted.</param>
/// <param name="Program">Physical memory behind them; null when it was hidden.</param>
/// <param name="Predicted">What the contents of the images say that is at least.</param>
/// <param name="Whole">All memory of the processes.</param>
internal sealed record MeasuredPoint(int Running, long Mapped, long? Program, long Predicted, long Whole);
