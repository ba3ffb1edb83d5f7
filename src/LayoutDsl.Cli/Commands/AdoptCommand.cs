using System;
using System.CommandLine;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Adopting;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout adopt</c>: writes the layout of a captured build.</summary>
internal static class AdoptCommand
{
    public static Command Create()
    {
        var captures = new Argument<string[]>("CAPTURE") { Description = "Folders that 'layout capture' wrote.", Arity = ArgumentArity.OneOrMore };
        var target = new Option<string>("--output", "-o") { Description = "The .layout file to write or to bring up to date. What you have changed in it stays.", HelpName = "FILE", DefaultValueFactory = _ => "adopted.layout" };
        var programs = new Option<string[]>("--program", "-p") { Description = "Take only programs of this file name or path; * stands for any text. May be repeated.", HelpName = "PATTERN" };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new ToolCommand(
            "adopt",
            "Writes the layout of a captured build: its programs, the libraries that several of them have, its sections, and places for them.",
            "layout adopt layout-capture -o fleet.layout",
            "layout adopt shop.capture mail.capture -o fleet.layout --program '*.elf'",
            "layout relink fleet.layout -o layout-out      (what comes next)")
        { captures, target, programs, format };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            string path = parsed.GetRequiredValue(target);
            Result<AdoptionSummary> adopted = Adoption.Adopt(parsed.GetRequiredValue(captures), path, parsed.GetValue(programs) ?? [], output.Progress.Count("read"), cancellation);
            output.Report(adopted.Diagnostics);
            if (adopted.Value is { } summary)
            {
                output.Json["layout"] = path;
                output.Json["images"] = summary.Images;
                output.Json["libraries"] = summary.Libraries;
                output.Json["objects"] = summary.Objects;
                output.Json["steps"] = summary.Steps;
                output.Json["changed"] = summary.IsChanged;
                output.Line(FormattableString.Invariant($"{path}: {summary.Images} programs, {summary.Libraries} libraries, {summary.Objects} objects, {summary.Steps} steps after links{(summary.IsChanged ? "" : "; nothing changed")}"));
            }

            return Task.FromResult(output.Finish());
        });
        return command;
    }
}
