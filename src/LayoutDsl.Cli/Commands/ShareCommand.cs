using System.CommandLine;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Output;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout share</c>: counts the pages that images share.</summary>
internal static class ShareCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("IMAGE") { Description = "ELF images, or folders of *.elf.", Arity = ArgumentArity.ZeroOrMore };
        Option<OutputFormat> format = CommonOptions.Format();
        var layout = new Option<string?>("--layout") { Description = "The layout that the images were linked with: adds a row for each library.", HelpName = "LAYOUT" };
        var against = new Option<string[]>("--against") { Description = "Other images, or a folder of them, to compare with: the default link.", HelpName = "IMAGE", AllowMultipleArgumentsPerToken = true };
        var predict = new Option<bool>("--predict") { Description = "Say what the images will share, from the layout and the objects alone; needs --layout and no images." };
        var page = new Option<ulong>("--page") { Description = "Page size in bytes, for images without a layout.", HelpName = "BYTES", DefaultValueFactory = _ => 4096 };
        page.Validators.Add(result =>
        {
            ulong value = result.GetValueOrDefault<ulong>();
            if (!Alignment.IsPowerOfTwo(value) || value is < 256 or > (1UL << 30)) result.AddError("--page needs a power of two from 256 to 1073741824");
        });
        var command = new ToolCommand(
            "share",
            "Counts the pages of images by content: how many there are, how many different ones, and which libraries are the same everywhere.",
            "layout share out/*.elf",
            "layout share out/layout --layout fleet.layout --against out/default",
            "layout share --layout fleet.layout --predict",
            "layout share a.elf b.elf --format json")
        { images, layout, against, predict, page, format };
        command.Validators.Add(result =>
        {
            bool isPrediction = result.GetValue(predict);
            bool hasImages = result.GetValue(images) is { Length: > 0 };
            if (isPrediction == hasImages) result.AddError(isPrediction ? "--predict takes no images" : "share needs images, or --layout and --predict");
            if (isPrediction && result.GetValue(layout) is null) result.AddError("--predict needs --layout");
        });
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan)? made = null;
            if (parsed.GetValue(layout) is { } path)
            {
                made = new LayoutSession(output).LoadPlan(path, null, null, cancellation);
                if (made is null) return Task.FromResult(output.Finish());
            }

            if (made is { } planned) VariantOutput.Show(output, planned.Plan, planned.Facts);
            FleetPrediction? prediction = made is { } session ? PredictionOutput.Predict(output, session.Layout, session.Facts, session.Plan, parsed.GetValue(predict), cancellation) : null;
            if (parsed.GetValue(predict))
            {
                if (prediction is not null) PredictionOutput.Show(output, prediction);
                return Task.FromResult(output.Finish());
            }

            ulong size = made?.Plan.Page ?? parsed.GetValue(page);
            (SharingReport? report, PredictionOutput.Comparison? comparison) = SharingCount.Count(output, parsed.GetRequiredValue(images), size, made, prediction, cancellation);
            SharingReport? other = parsed.GetValue(against) is { Length: > 0 } others ? SharingCount.Count(output, others, size, null, cancellation) : null;
            if (report is not null) SharingOutput.Show(output, report, other, made?.Plan);
            if (report is not null && comparison is not null) PredictionOutput.Show(output, comparison, report);
            return Task.FromResult(output.Finish());
        });
        return command;
    }
}
