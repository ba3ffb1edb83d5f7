using System;
using System.CommandLine;
using System.Linq;
using LayoutDsl.Analysis.Adopting;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Capturing;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout capture</c>: runs a build and records its links.</summary>
internal static class CaptureCommand
{
    public static Command Create()
    {
        var build = new Argument<string[]>("COMMAND") { Description = "The build, behind '--'.", Arity = ArgumentArity.OneOrMore };
        Option<string> folder = CommonOptions.Directory("--output", "-o", "Folder of the capture. A capture that is there goes on: build again in it after a change.", "layout-capture");
        var tools = new Option<string[]>("--tool") { Description = "A further tool that changes programs after their links, by its file name. May be repeated.", HelpName = "NAME" };
        var compiler = new Option<string>("--cc") { Description = "C compiler for what stands in for the linker.", HelpName = "PROGRAM", DefaultValueFactory = _ => "gcc" };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new ToolCommand(
            "capture",
            "Runs a build as it is and records every link with what goes into it, and the tools that work on programs afterwards. Nothing in the build changes, and its exit code is that of this command.",
            "layout capture -- make -j8",
            "layout capture -o demo.capture --tool sign-image -- make APP=demo",
            "layout capture -o demo.capture -- cmake --build build --clean-first",
            "make LD=$PWD/layout-capture/bin/ld          (a build that does not look for its linker on the PATH)")
        { build, folder, tools, compiler, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            var bag = new DiagnosticBag();
            string path = parsed.GetRequiredValue(folder);
            var run = new CaptureRun(path, parsed.GetRequiredValue(compiler), parsed.GetValue(tools) ?? []);
            string[] line = parsed.GetRequiredValue(build);
            int code = ExitCodes.Success;
            try
            {
                if (run.Prepare(bag))
                {
                    if (await run.RunAsync(line, cancellation).ConfigureAwait(false) is { } exit) code = exit;
                    else bag.ReportFileAccess(SourceLocation.OfFile(line[0]), line[0], "it cannot be started");
                    if (!bag.HasErrors && Capture.Read([path], bag) is { } capture)
                    {
                        run.Finish(capture);
                        Show(output, capture, path);
                    }
                }
            }
            catch (Exception exception) when (OutputFile.IsFileProblem(exception))
            {
                bag.ReportFileAccess(SourceLocation.OfFile(path), path, exception.Message);
            }

            output.Report(bag.ToSortedArray());
            int own = output.Finish();
            return code != ExitCodes.Success ? code : own;
        });
        return command;
    }

    private static void Show(CommandOutput output, Capture capture, string path)
    {
        int links = capture.Runs.Count(r => r.IsLink && !r.IsRelocatable && r.Outputs.Count > 0);
        int relocatable = capture.Runs.Count(r => r.IsRelocatable);
        output.Json["capture"] = path;
        output.Json["links"] = links;
        output.Json["relocatable"] = relocatable;
        output.Json["tools"] = capture.Runs.Count(r => !r.IsLink);
        output.Line(FormattableString.Invariant($"captured {links} links, {relocatable} relocatable ones and {capture.Runs.Count(r => !r.IsLink)} runs of other tools in {path}"));
    }
}
