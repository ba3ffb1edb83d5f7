using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Density;
using LayoutDsl.Cli.Output;
using LayoutDsl.Cli.Reports;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout report</c>: one HTML file about the memory of a fleet.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<OutputFormat> format = CommonOptions.FormatOfFigures();
        Option<string> directory = CommonOptions.Directory("--images", "-i", "Folder of the images (IMAGE.elf).", "images");
        var against = new Option<string[]>("--against") { Description = "Folders of other links of the same images.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
        var density = new Option<string[]>("--density") { Description = "Measurements: what 'layout density --format json' wrote.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var file = new Option<string>("--output", "-o") { Description = "The report.", HelpName = "FILE", DefaultValueFactory = _ => "report.html" };
        var csv = new Option<string?>("--csv") { Description = "Write the figures of the plots here, too, as '--format csv' prints them.", HelpName = "FILE" };
        var plots = new Option<string?>("--plots") { Description = "Write the plots into this folder, too, as SVG and as PNG.", HelpName = "DIR" };
        var command = new ToolCommand(
            "report",
            "Writes one HTML file that needs no other: memory over the number of instances, a map of the address space, pages that are not shared by cause, and the images.",
            "layout report fleet.layout --images out -o report.html",
            "layout report fleet.layout --images out/layout --against out/default --density density.json --plots plots --csv figures.csv")
        {
            layout, directory, against, density, file, csv, plots, format,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            var bag = new DiagnosticBag();
            MeasuredFleet[] measured = (parsed.GetValue(density) ?? []).SelectMany(d => MeasuredFleet.Read(d, bag)).ToArray();
            output.Report(bag.ToSortedArray());
            string[] folders = [parsed.GetRequiredValue(directory), .. parsed.GetValue(against) ?? []];
            if (!output.HasErrors
                && new LayoutSession(output).LoadPlan(parsed.GetRequiredValue(layout), null, null, cancellation) is { } made
                && Collect(output, made, folders, measured, cancellation) is { } content)
            {
                Write(output, content, parsed.GetRequiredValue(file), parsed.GetValue(csv), parsed.GetValue(plots));
            }

            return Task.FromResult(output.Finish());
        });
        return command;
    }

    private static ReportContent? Collect(CommandOutput output, (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan) made, string[] folders, MeasuredFleet[] measured, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        var fleets = new List<LinkedFleet>();
        FleetPrediction? prediction = PredictionOutput.Predict(output, made.Layout, made.Facts, made.Plan, false, cancellation);
        foreach (string folder in folders)
        {
            bool isFirst = fleets.Count == 0;
            (SharingReport? sharing, PredictionOutput.Comparison? comparison) = SharingCount.Count(output, [folder], PageFrames.PageSize, isFirst ? made : null, isFirst ? prediction : null, cancellation, mayDiffer: true);

            // Images of another plan: what the prediction says of them would be wrong.
            if (comparison is { Different: > 0 }) sharing = SharingCount.Count(output, [folder], PageFrames.PageSize, made, cancellation);
            ProgramImage[] images = sharing is null ? [] : ProgramImage.LoadAll([folder], ProgramImage.WhyTooLarge, bag);
            if (sharing is not null) fleets.Add(new LinkedFleet(Path.GetFileName(Path.GetFullPath(folder)), images, sharing));
        }

        output.Report(bag.ToSortedArray());
        IReadOnlyList<LockChange>? changes = new LayoutSession(output).ReadLock(made.Layout) is { } locked ? LockDiff.Between(locked, LockFile.From(made.Plan)) : null;
        return output.HasErrors ? null : new ReportContent(made.Plan.Name, made.Plan, fleets, measured, changes);
    }

    private static void Write(CommandOutput output, ReportContent content, string file, string? csv, string? plots)
    {
        var bag = new DiagnosticBag();
        OutputFile.TryWriteIfChanged(file, HtmlReport.Write(content), bag);
        output.Csv = ToCsv(content);
        if (csv is not null) OutputFile.TryWriteIfChanged(csv, output.Csv, bag);
        if (plots is not null) ReportCharts.Write(plots, ReportCharts.Find(content.Measured, content.Fleets), bag);

        output.Report(bag.ToSortedArray());
        output.Json["report"] = file;
        output.Json["fleets"] = new JsonArray(content.Fleets.Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["images"] = f.Images.Count, ["pages"] = f.Sharing.Pages, ["distinct"] = f.Sharing.Distinct }).ToArray());
        if (!bag.HasErrors) output.Line($"wrote {file}");
    }

    private static string ToCsv(ReportContent content)
    {
        var text = new StringBuilder("link,running,mapped_bytes,program_bytes,predicted_bytes,whole_bytes\n");
        foreach (MeasuredFleet fleet in content.Measured)
        {
            foreach (MeasuredPoint p in fleet.Points) text.Append(CultureInfo.InvariantCulture, $"{CsvText.Quote(fleet.Name)},{p.Running},{p.Mapped},{p.Program},{p.Predicted},{p.Whole}\n");
        }

        return text.ToString();
    }
}
