using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Cli.Commands;

/// <summary>Reads images and counts their pages, for the commands that report sharing.</summary>
internal static class SharingCount
{
    /// <summary>The report of the images, with rows for libraries when their layout is known; null after errors.</summary>
    public static SharingReport? Count(CommandOutput output, IEnumerable<string> names, ulong page, (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan)? made, CancellationToken cancellation) =>
        Count(output, names, page, made, null, cancellation).Report;

    /// <summary>The same, with the prediction beside it when there is one. That images are not as predicted is a mistake unless <paramref name="mayDiffer"/>.</summary>
    public static (SharingReport? Report, PredictionOutput.Comparison? Comparison) Count(
        CommandOutput output, IEnumerable<string> names, ulong page, (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan)? made, FleetPrediction? prediction, CancellationToken cancellation, bool mayDiffer = false)
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
        if (output.HasErrors) return (null, null);
        PredictionOutput.Comparison? comparison = null;

        IReadOnlyList<LibrarySharing> libraries = [];
        long? floor = null;
        if (made is { } session)
        {
            LayoutPlan plan = session.Plan;
            var known = plan.Images.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
            var images = new Dictionary<string, (ElfFile, MemoryImage)>(StringComparer.Ordinal);
            foreach (var item in loaded)
            {
                string name = Path.GetFileNameWithoutExtension(item.File!.Name);
                if (known.Contains(name)) images[name] = (item.File, item.Memory!);
            }

            libraries = LibraryCensus.Count(plan, LayoutFiles.GetDirectory(session.Layout), images, prediction);
            floor = SharingFloor.Count(plan, images);
            if (prediction is not null) comparison = Compare(output, prediction, images, mayDiffer);
        }

        return (PageCensus.Count(loaded.Select(l => l.Memory!).ToArray(), page, loaded.Select(l => (long)l.File!.Data.Length).ToArray(), libraries, floor), comparison);
    }

    private static PredictionOutput.Comparison Compare(CommandOutput output, FleetPrediction prediction, Dictionary<string, (ElfFile File, MemoryImage Memory)> images, bool mayDiffer)
    {
        var bag = new DiagnosticBag();
        (int equal, int different) = PredictionComparison.Compare(prediction, images.ToDictionary(i => i.Key, i => i.Value.Memory, StringComparer.Ordinal), bag);
        if (!mayDiffer) output.Report(bag.ToSortedArray());
        SharingReport predicted = PredictionOutput.Count(prediction, images.Keys.ToHashSet(StringComparer.Ordinal));
        return new PredictionOutput.Comparison(predicted, equal, different);
    }
}
