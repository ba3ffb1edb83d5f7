using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>What is known of a fleet's pages before the link, alone or beside what was linked.</summary>
internal static class PredictionOutput
{
    /// <summary>A prediction of the images that were counted, and how many pages are as predicted.</summary>
    public sealed record Comparison(SharingReport Predicted, int Equal, int Different);

    /// <summary>Predicts a fleet. When the prediction was not asked for, that there is none is a remark and no error.</summary>
    public static FleetPrediction? Predict(CommandOutput output, BoundLayout layout, FactsFile facts, LayoutPlan plan, bool isWanted, CancellationToken cancellation)
    {
        string directory = LayoutFiles.GetDirectory(layout);

        // The files that a build has linked may be in another folder than those of this tool.
        output.Report(MemberFiles.Write(layout, facts, directory).Diagnostics);
        Result<FleetPrediction> predicted = FleetPrediction.Predict(plan, directory, layout.Target.Location, output.Progress.Count("predicted"), cancellation);
        if (isWanted) output.Report(predicted.Diagnostics);
        else if (predicted.Value is null) output.Line("no prediction: " + predicted.Diagnostics.First().Message);
        return predicted.Value;
    }

    /// <summary>Counts the predicted pages of some images.</summary>
    public static SharingReport Count(FleetPrediction prediction, IReadOnlySet<string> names)
    {
        MemoryImage[] images = prediction.Images.Where(i => names.Contains(i.Name)).ToArray();
        return PageCensus.Count(images, prediction.Plan.Page, new long[images.Length], []);
    }

    /// <summary>Shows a prediction.</summary>
    public static void Show(CommandOutput output, FleetPrediction prediction)
    {
        SharingReport report = Count(prediction, prediction.Plan.Images.Select(i => i.Name).ToHashSet(StringComparer.Ordinal));
        output.Json["page"] = report.PageSize;
        output.Json["pages"] = report.Pages;
        output.Json["distinct"] = report.Distinct;
        output.Json["images"] = new JsonArray(report.Images.Select(i => (JsonNode)new JsonObject { ["name"] = i.Name, ["pages"] = i.Pages, ["shared"] = i.Shared, ["private"] = i.Private }).ToArray());
        IReadOnlyList<LibrarySharing> libraries = LibraryCensus.Count(prediction);
        output.Json["libraries"] = SharingOutput.ToJson(libraries);
        if (output.IsText) SharingOutput.ShowLibraries(output, libraries);
        output.Line(FormattableString.Invariant($"predicted: {report.Pages} pages of {report.Images.Count} images, {report.Distinct} of them different"));
    }

    /// <summary>Shows the prediction beside what was linked.</summary>
    public static void Show(CommandOutput output, Comparison comparison, SharingReport actual)
    {
        output.Json["predicted"] = new JsonObject
        {
            ["pages"] = comparison.Predicted.Pages, ["distinct"] = comparison.Predicted.Distinct, ["asPredicted"] = comparison.Equal, ["different"] = comparison.Different,
        };
        if (!output.IsText) return;
        Table table = Tables.Create("", ">pages", ">distinct");
        table.AddRow("predicted before the link", Text(comparison.Predicted.Pages), Text(comparison.Predicted.Distinct));
        table.AddRow("linked", Text(actual.Pages), Text(actual.Distinct));
        output.Console.Write(table);
        output.Line(FormattableString.Invariant($"{comparison.Equal} pages are as predicted, byte for byte; {comparison.Different} are not"));
    }

    private static string Text(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
