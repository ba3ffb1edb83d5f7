using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Linking.Strategies;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout link</c>: links all images of a layout.</summary>
internal static class LinkCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<OutputFormat> format = CommonOptions.Format();
        Option<string> directory = CommonOptions.Directory("--output", "-o", "Folder for the images (IMAGE.elf).", "images");
        var scripts = new Option<string?>("--scripts") { Description = "Folder for the scripts; that of the images when not given.", HelpName = "DIR" };
        var linker = new Option<string>("--linker") { Description = "The linker.", HelpName = "PROGRAM", DefaultValueFactory = _ => "ld" };
        Option<int> jobs = CommonOptions.Jobs();
        Option<LinkStrategy> strategy = CommonOptions.Strategy();
        Option<string?> kind = CommonOptions.LinkerKind("The linker is asked when not given.");
        var verify = new Option<bool>("--verify") { Description = "Compare the images with the plan afterwards." };
        var command = new ToolCommand(
            "link",
            "Measures, plans, writes the scripts and links the images whose inputs changed. An image that fails keeps its earlier file.",
            "layout link fleet.layout -o out",
            "layout link fleet.layout -o out --only fn1001               (the lock stands for the other images)",
            "layout link new.layout -o out --fleet-lock fleet.layout.lock",
            "layout link fleet.layout -o out/default --strategy default",
            "layout link fleet.layout -o out --scripts obj/scripts -j 4 --verify")
        { layout, directory, scripts, linker, kind, jobs, strategy, verify, format };
        var part = PartOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            if (new LayoutSession(output).LoadPlan(parsed.GetRequiredValue(layout), null, part.Get(parsed), cancellation) is not { } made) return Task.FromResult(output.Finish());
            string folder = parsed.GetRequiredValue(directory);
            var options = new LinkOptions(parsed.GetValue(scripts) ?? folder, folder, parsed.GetRequiredValue(linker), parsed.GetValue(jobs), LinkerKinds.Parse(parsed.GetValue(kind) ?? ""));
            IReadOnlyList<ImageLink> links = StrategyLinks.Of(parsed.GetValue(strategy), made.Layout, made.Plan, made.Facts);
            Result<LinkSummary> linked = FleetLinker.Link(made.Layout, links, made.Facts, options, output.Progress.Count("linked"), cancellation);
            output.Report(linked.Diagnostics);
            if (linked.Value is { } summary)
            {
                Show(output, summary, folder);
                if (parsed.GetValue(verify) && parsed.GetValue(strategy) == LinkStrategy.LayoutDsl && summary.Failed.Count == 0) VerifyCommand.Verify(output, made.Plan, made.Facts, folder);
            }

            return Task.FromResult(output.Finish());
        });
        return command;
    }

    /// <summary>Says which images were linked.</summary>
    public static void Show(CommandOutput output, LinkSummary summary, string folder)
    {
        foreach ((string key, IReadOnlyList<string> names) in new[] { ("linked", summary.Linked), ("upToDate", summary.UpToDate), ("failed", summary.Failed) })
        {
            output.Json[key] = new JsonArray(names.Select(n => (JsonNode)JsonValue.Create(n)!).ToArray());
        }

        output.Line(FormattableString.Invariant($"linked {summary.Linked.Count} images into {folder}, {summary.UpToDate.Count} up to date, {summary.Failed.Count} failed"));
        if (summary.LeftOut <= 0) return;
        output.Json["leftOutBytes"] = summary.LeftOut;
        output.Line(FormattableString.Invariant($"left out of their files {summary.LeftOut / 1024} KiB that they do not need"));
    }
}
