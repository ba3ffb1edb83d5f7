using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Adopting;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout relink</c>: links the programs of a captured build again.</summary>
internal static class RelinkCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<OutputFormat> format = CommonOptions.Format();
        Option<string> directory = CommonOptions.Directory("--output", "-o", "Folder for the programs.", "layout-out");
        Option<int> jobs = CommonOptions.Jobs();
        var verify = new Option<bool>("--verify") { Description = "Compare the programs with the plan and with the originals afterwards." };
        var command = new ToolCommand(
            "relink",
            "Links the programs of an adopted build again, those that changed: with the build's own commands and scripts, libraries at their planned addresses, and the build's steps after the link.",
            "layout relink fleet.layout",
            "layout relink fleet.layout -o layout-out -j 4 --verify",
            "layout share layout-out --layout fleet.layout      (what they share then)")
        { layout, directory, jobs, verify, format };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            if (new LayoutSession(output).Load(parsed.GetRequiredValue(layout)) is not { } bound) return Task.FromResult(output.Finish());
            string folder = parsed.GetRequiredValue(directory);
            Result<RelinkSummary> relinked = Relinking.Relink(bound, new RelinkOptions(folder, parsed.GetValue(jobs)), (what, done, all) => output.Progress.Count(what)(done, all), cancellation);
            output.Report(relinked.Diagnostics);
            if (relinked.Value is { } summary)
            {
                LinkCommand.Show(output, summary.Links, folder);
                output.Json["images"] = new JsonArray(summary.Images.Select(i => (JsonNode)new JsonObject { ["name"] = i.Name, ["linked"] = i.Linked, ["product"] = i.Product }).ToArray());
                foreach (RelinkedImage image in summary.Images.Where(i => i.Product != i.Linked)) output.Line($"{image.Name} after the build's steps: {Path.GetRelativePath(Environment.CurrentDirectory, image.Product)}");
                if (parsed.GetValue(verify) && !output.HasErrors)
                {
                    VerifyCommand.Verify(output, summary.Plan, summary.Facts, folder, summary.Images);
                    VerifyCommand.VerifyOriginals(output, summary.Plan, summary.Images);
                }
            }

            return Task.FromResult(output.Finish());
        });
        return command;
    }
}
