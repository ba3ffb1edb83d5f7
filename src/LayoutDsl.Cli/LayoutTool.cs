using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.IO;
using System.Threading.Tasks;
using LayoutDsl.Cli.Commands;

namespace LayoutDsl.Cli;

/// <summary>The command line <c>layout</c>.</summary>
public static class LayoutTool
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where diagnostics and progress go.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("""
            Lays out linked images so that servers can share their pages.

            A .layout file declares libraries, sections, alignment rules and images. This tool checks it, measures the objects, plans one address for each
            library in every image, writes GNU ld scripts, links, verifies the result and counts shared pages.
            """);
        ToolCommand.AddExamplesToHelp(root, "layout check fleet.layout", "layout link fleet.layout -o out --verify", "layout share out/*.elf --layout fleet.layout");
        root.Options.Add(CommonOptions.Define);
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(FormatCommand.Create());
        root.Subcommands.Add(MeasureCommand.Create());
        root.Subcommands.Add(PlanCommand.Create());
        root.Subcommands.Add(LockCommand.Create());
        root.Subcommands.Add(EmitCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(LinkCommand.Create());
        root.Subcommands.Add(CaptureCommand.Create());
        root.Subcommands.Add(AdoptCommand.Create());
        root.Subcommands.Add(RelinkCommand.Create());
        root.Subcommands.Add(CompareCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create());
        root.Subcommands.Add(ShareCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());
        root.Subcommands.Add(DensityCommand.Create());
        root.Subcommands.Add(PoolCommand.Create());
        root.Subcommands.Add(ReportCommand.Create());
        ParseResult parsed = root.Parse(args);
        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        try
        {
            int code = await parsed.InvokeAsync(configuration).ConfigureAwait(false);
            return parsed.Action is ParseErrorAction ? ExitCodes.Usage : code;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("layout: interrupted").ConfigureAwait(false);
            return ExitCodes.Interrupted;
        }
    }
}
