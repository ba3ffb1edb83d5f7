using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout share</c>: counts the pages that images share.</summary>
internal static class ShareCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("IMAGE") { Description = "ELF images, or folders of *.elf.", Arity = ArgumentArity.OneOrMore };
        Option<OutputFormat> format = CommonOptions.Format();
        var layout = new Option<string?>("--layout") { Description = "The layout that the images were linked with: adds a row for each library.", HelpName = "LAYOUT" };
        var against = new Option<string[]>("--against") { Description = "Other images, or a folder of them, to compare with: the default link.", HelpName = "IMAGE", AllowMultipleArgumentsPerToken = true };
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
            "layout share a.elf b.elf --format json")
        { images, layout, against, page, format };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            LayoutPlan? plan = null;
            if (parsed.GetValue(layout) is { } path)
            {
                plan = new LayoutSession(output).LoadPlan(path, null, cancellation)?.Plan;
                if (plan is null) return Task.FromResult(output.Finish());
            }

            ulong size = plan?.Page ?? parsed.GetValue(page);
            SharingReport? report = Count(output, parsed.GetRequiredValue(images), size, plan, cancellation);
            SharingReport? other = parsed.GetValue(against) is { Length: > 0 } others ? Count(output, others, size, null, cancellation) : null;
            if (report is not null && !output.HasErrors) SharingOutput.Show(output, report, other, plan);
            return Task.FromResult(output.Finish());
        });
        return command;
    }

    private static SharingReport? Count(CommandOutput output, IEnumerable<string> names, ulong page, LayoutPlan? plan, CancellationToken cancellation)
    {
        IReadOnlyList<string> paths = ImageFiles.Expand(names);
        var loaded = new (ElfFile? File, MemoryImage? Memory, DiagnosticBag Bag)[paths.Count];
        int done = 0;
        Action<int, int> progress = output.Progress.Count("read");
        Parallel.For(0, paths.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var bag = new DiagnosticBag();
            ElfFile? file = ImageFiles.Read(paths[i], bag);
            loaded[i] = (file, file is null ? null : MemoryImage.Load(file, page), bag);
            progress(Interlocked.Increment(ref done), paths.Count);
        });
        foreach (var item in loaded) output.Report(item.Bag.ToSortedArray());
        if (output.HasErrors) return null;

        IReadOnlyList<LibrarySharing> libraries = [];
        long? floor = null;
        if (plan is not null)
        {
            var known = plan.Images.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
            var images = new Dictionary<string, (ElfFile, MemoryImage)>(StringComparer.Ordinal);
            foreach (var item in loaded)
            {
                string name = Path.GetFileNameWithoutExtension(item.File!.Name);
                if (known.Contains(name)) images[name] = (item.File, item.Memory!);
            }

            libraries = LibraryCensus.Count(plan, images);
            floor = SharingFloor.Count(plan, images);
        }

        return PageCensus.Count(loaded.Select(l => l.Memory!).ToArray(), page, loaded.Select(l => (long)l.File!.Data.Length).ToArray(), libraries, floor);
    }
}
