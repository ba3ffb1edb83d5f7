using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Density;
using LayoutDsl.Cli.Output;
using LayoutDsl.Cli.Pools;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout pool</c>: cuts images into runs of pages that processes share from their first instruction.</summary>
internal static class PoolCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("IMAGE") { Description = "ELF images, or folders of *.elf.", Arity = ArgumentArity.OneOrMore };
        Option<string> folder = CommonOptions.Directory("--output", "-o", "Folder of the pool.", "pool");
        Option<OutputFormat> format = CommonOptions.Format();
        var compiler = new Option<string>("--cc") { Description = "The C compiler for the loader.", HelpName = "PROGRAM", DefaultValueFactory = _ => "cc" };
        var command = new ToolCommand(
            "pool",
            "Cuts images into runs of pages named by their content, with a manifest for each image and a loader that maps them: programs share pages without a kernel that merges. Start one with POOL/layout-run - POOL/images/NAME.pool [ARGUMENT...].",
            "layout pool out -o pool",
            "layout pool out/*.elf -o pool --format json")
        {
            images, folder, compiler, format,
        };
        command.SetAction((parsed, _) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            var bag = new DiagnosticBag();
            ProgramImage[] loaded = ProgramImage.LoadAll(parsed.GetRequiredValue(images), ProgramImage.WhyNotAProcess, bag);
            if (!bag.HasErrors && PagePool.CheckNames(loaded, bag)) Write(output, loaded, parsed.GetRequiredValue(folder), parsed.GetRequiredValue(compiler), bag);
            output.Report(bag.ToSortedArray());
            return Task.FromResult(output.Finish());
        });
        return command;
    }

    private static void Write(CommandOutput output, ProgramImage[] images, string folder, string compiler, DiagnosticBag bag)
    {
        PoolContent content = PageCutter.Cut(images);
        try
        {
            PagePool.Write(content, folder);
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(SourceLocation.OfFile(folder), folder, exception.Message);
            return;
        }

        if (RunProgram.Build(folder, compiler, bag) is null) return;
        int mappings = content.Images.Max(i => i.Runs.Count);
        output.Json["images"] = images.Length;
        output.Json["imagePages"] = content.ImagePages;
        output.Json["poolPages"] = content.Pages;
        output.Json["runs"] = content.Runs.Count;
        output.Json["mostMappings"] = mappings;
        output.Line(FormattableString.Invariant($"{folder}: {images.Length} images with {content.ImagePages} pages are {content.Pages} pages in {content.Runs.Count} runs; an image is mapped in at most {mappings} parts"));
        output.Line($"start one: {Path.Combine(folder, RunProgram.Name)} - {Path.Combine(folder, "images", images[0].Name + ".pool")}");
    }
}
