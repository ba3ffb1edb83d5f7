using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Density;
using LayoutDsl.Cli.Output;
using LayoutDsl.Cli.Pools;
using LayoutDsl.Cli.Reports;
using LayoutDsl.Diagnostics;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout density</c>: runs images and measures the physical memory that they need.</summary>
internal static class DensityCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("IMAGE") { Description = "ELF images, or folders of *.elf.", Arity = ArgumentArity.OneOrMore };
        Option<OutputFormat> format = CommonOptions.FormatOfFigures();
        var runAs = new Option<RunAs>("--as") { Description = "process: as processes, their segments in anonymous memory. guest: under QEMU. pool: as processes that map shared pages.", DefaultValueFactory = _ => RunAs.Process };
        runAs.AcceptOnlyFromAmong("process", "guest", "pool");
        var instances = new Option<int[]>("--instances", "-n")
        {
            Description = "Instances of each image; several numbers, growing, give a measurement each.",
            HelpName = "N[,N...]",
            DefaultValueFactory = _ => [1],
            CustomParser = ParseNumbers,
        };
        var against = new Option<string[]>("--against") { Description = "Folders of other links of the same images, measured after these.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
        var merging = new Option<string>("--merging") { Description = "ksm: the kernel merges equal pages. none: the memory as it is.", DefaultValueFactory = _ => "ksm" };
        merging.AcceptOnlyFromAmong("ksm", "none");
        Option<int> memory = Number("--memory", "MiB", "Memory of a guest in MiB.", 16);
        var qemu = new Option<string>("--qemu") { Description = "The program that runs guests.", HelpName = "PROGRAM", DefaultValueFactory = _ => "qemu-system-x86_64" };
        var accelerator = new Option<string>("--accel") { Description = "How guests run. kvm: on the processor. tcg: translated by QEMU. auto: kvm where the processor has VT-x or AMD-V and /dev/kvm is there, else tcg.", DefaultValueFactory = _ => "auto" };
        accelerator.AcceptOnlyFromAmong(GuestAccelerator.Names);
        var compiler = new Option<string>("--cc") { Description = "The C compiler for the loader.", HelpName = "PROGRAM", DefaultValueFactory = _ => "cc" };
        Option<int> scanPages = Number("--scan-pages", "N", "Pages that the kernel looks at before it sleeps; 0 leaves its setting.", 5000);
        Option<int> scanSleep = Number("--scan-sleep", "MS", "Milliseconds for which it sleeps in between.", 20);
        Option<int> timeout = Number("--timeout", "S", "Seconds to wait for merging, at each number of instances.", 300);
        var file = new Option<string?>("--output", "-o") { Description = "Write the figures as JSON here, too: 'layout report --density' reads them.", HelpName = "FILE" };
        var plots = new Option<string?>("--plots") { Description = "Write plots into this folder, too, as SVG and as PNG.", HelpName = "DIR" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Go on when more memory may be needed than is free." };
        var command = new ToolCommand(
            "density",
            "Runs images, waits until the kernel has merged their equal pages, and reports the physical memory that they need, beside the prediction. Needs root to turn merging on and to see physical pages; everything that it starts and sets is gone at the end.",
            "layout density out/*.elf --instances 10",
            "layout density out/layout --against out/default --instances 1,10,50",
            "layout density out/layout --as guest --instances 4",
            "layout density out/layout --as pool --instances 10 --format json")
        {
            images, instances, runAs, against, merging, memory, qemu, accelerator, compiler, scanPages, scanSleep, timeout, yes, file, plots, format,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            var options = new DensityOptions(
                parsed.GetValue(runAs),
                parsed.GetRequiredValue(instances),
                parsed.GetValue(merging) == "ksm",
                parsed.GetValue(memory),
                parsed.GetRequiredValue(qemu),
                parsed.GetRequiredValue(accelerator),
                parsed.GetValue(scanPages) is > 0 and var pages ? pages : null,
                parsed.GetValue(scanPages) > 0 ? parsed.GetValue(scanSleep) : null,
                TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                parsed.GetValue(yes));
            string[] named = parsed.GetRequiredValue(images);
            List<(string Name, string[] Paths)> fleets = [(NameOf(named), named), .. (parsed.GetValue(against) ?? []).Select(a => (NameOf([a]), new[] { a }))];

            // On a thread of its own: merging is waited for, for minutes.
            return Task.Run(() => Run(output, options, fleets, parsed.GetRequiredValue(compiler), parsed.GetValue(file), parsed.GetValue(plots), cancellation), CancellationToken.None);
        });
        return command;
    }

    private static int Run(CommandOutput output, DensityOptions options, List<(string Name, string[] Paths)> fleets, string compiler, string? file, string? plots, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        string work = Directory.CreateTempSubdirectory("layout-density-").FullName;
        try
        {
            var ksm = new Ksm();
            var loaded = fleets.Select(f => (f.Name, Images: ProgramImage.LoadAll(f.Paths, options.RunAs == RunAs.Guest ? ProgramImage.WhyTooLarge : ProgramImage.WhyNotAProcess, bag))).ToArray();
            bool ready = !bag.HasErrors & (!options.MergesPages || options.RunAs == RunAs.Pool || DensityRun.CheckKsm(ksm, bag));
            if (options.RunAs == RunAs.Pool) ready &= loaded.All(f => PagePool.CheckNames(f.Images, bag));
            if (options.RunAs == RunAs.Guest)
            {
                string? emulator = ProgramPath.Find(options.Qemu);
                if (emulator is null) bag.ReportEmulatorNotFound(options.Qemu);
                options = options with { Qemu = emulator ?? "" };
            }

            string? program = ready && !bag.HasErrors ? RunProgram.Build(work, compiler, bag) : null;
            bool merges = options.MergesPages && options.RunAs != RunAs.Pool;
            using FileStream? reserved = program is not null && merges && ksm.CanWrite() ? ksm.Reserve(() => output.Progress.ShowNow("waiting for another 'layout density'"), cancellation) : null;
            var measured = new List<(string Name, IReadOnlyList<ProgramImage> Images, IReadOnlyList<DensityPoint> Points)>();
            foreach ((string name, ProgramImage[] images) in program is null ? [] : loaded)
            {
                Func<ProgramImage, IReadOnlyList<string>> command = CommandOf(options, program!, Path.Combine(work, measured.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)), images);
                measured.Add((name, images, new DensityRun(options, output.Progress, bag, ksm).Measure(name, images, program!, command, cancellation)));
                if (bag.HasErrors) break;
            }

            if (measured.Any(m => m.Points.Count > 0)) DensityOutput.Show(output, options, measured);
            if (file is not null && !bag.HasErrors) OutputFile.TryWriteIfChanged(file, output.Json.ToJsonString(DiagnosticJson.Options) + "\n", bag);
            if (plots is not null && !bag.HasErrors) ReportCharts.Write(plots, ReportCharts.Find(measured.Select(m => MeasuredFleet.Of(m.Name, m.Points)).ToArray(), []), bag);
            output.Report(bag.ToSortedArray());
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return output.Finish();
    }

    /// <summary>The command line of an image. Guests get no exit device and pause when they would reset, so that they stay.</summary>
    private static Func<ProgramImage, IReadOnlyList<string>> CommandOf(DensityOptions options, string program, string folder, IReadOnlyList<ProgramImage> images)
    {
        switch (options.RunAs)
        {
            case RunAs.Guest:
                string accelerator = GuestAccelerator.Choose(options.Accelerator);
                return image =>
                [
                    options.Qemu, "-M", "microvm,accel=" + accelerator, "-kernel", Path.GetFullPath(image.Path), "-m", FormattableString.Invariant($"{options.GuestMiB}"),
                    "-display", "none", "-nodefaults", "-serial", "null", "-no-reboot", "-no-shutdown",
                ];
            case RunAs.Pool:
                PagePool.Write(PageCutter.Cut(images), folder);
                return image => [program, "-s", PagePool.GetManifestPath(folder, image.Name)];
            default:
                string flags = options.MergesPages ? "-ms" : "-s";
                return image => [program, flags, Path.GetFullPath(image.Path)];
        }
    }

    private static string NameOf(string[] paths) =>
        Path.GetFileName(Path.GetFullPath(paths.Length == 1 && !File.Exists(paths[0]) ? paths[0] : Path.GetDirectoryName(Path.GetFullPath(paths[0]))!));

    private static Option<int> Number(string name, string help, string description, int @default)
    {
        var option = new Option<int>(name) { Description = description, HelpName = help, DefaultValueFactory = _ => @default };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 1_000_000) result.AddError($"{name} needs a number from 0 to 1000000");
        });
        return option;
    }

    private static int[] ParseNumbers(ArgumentResult result)
    {
        string[] parts = result.Tokens.SelectMany(t => t.Value.Split(',')).ToArray();
        int[] numbers = parts.Select(p => int.TryParse(p, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int n) ? n : 0).ToArray();
        if (numbers.Any(n => n is < 1 or > 10_000) || !numbers.SequenceEqual(numbers.Distinct().Order())) result.AddError("--instances needs growing numbers from 1 to 10000, such as 1,10,50");
        return numbers;
    }
}
