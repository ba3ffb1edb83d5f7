using System.CommandLine;
using System.Collections.Generic;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.References;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Output;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout explain</c>: the pages of libraries that are not shared, by cause.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<string> directory = CommonOptions.Directory("--images", "-i", "Folder of the images (IMAGE.elf).", "images");
        var predict = new Option<bool>("--predict") { Description = "Explain the images that would be linked, from the layout and the objects alone." };
        var references = new Option<bool>("--references") { Description = "Show where the references of each library lead, and how many do not lead to the same address everywhere." };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new ToolCommand(
            "explain",
            "Says why pages of libraries are not the same in all images: every place that differs, grouped by cause, what gains most first, with a way out for each.",
            "layout explain fleet.layout --images out",
            "layout explain fleet.layout --predict --references",
            "layout explain fleet.layout --images out --format json")
        {
            layout, directory, predict, references, format,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            bool isPrediction = parsed.GetValue(predict);
            if (new LayoutSession(output).LoadPlan(parsed.GetRequiredValue(layout), null, null, cancellation) is not { } made) return Task.FromResult(output.Finish());
            bool needsPrediction = isPrediction || parsed.GetValue(references);
            FleetPrediction? prediction = PredictionOutput.Predict(output, made.Layout, made.Facts, made.Plan, needsPrediction, cancellation);
            if (needsPrediction && prediction is null) return Task.FromResult(output.Finish());
            IReadOnlyList<LibrarySharing>? libraries = isPrediction
                ? LibraryCensus.Count(prediction!)
                : SharingCount.Count(output, [parsed.GetRequiredValue(directory)], made.Plan.Page, made, prediction, cancellation).Report?.Libraries;
            if (libraries is not null) CauseOutput.Show(output, libraries, made.Plan.Page);
            if (libraries is not null && parsed.GetValue(references)) CauseOutput.Show(output, ReferenceGraph.Build(prediction!));
            return Task.FromResult(output.Finish());
        });
        return command;
    }
}
