using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Density;

/// <summary>Runs images and measures their memory at growing numbers of instances. Nothing that it starts or changes outlives it.</summary>
internal sealed class DensityRun
{
    /// <summary>The part of the free memory that a fleet may take without being asked for.</summary>
    private const double FreePart = 0.8;

    /// <summary>The scan that is under way may have passed a process before it ended; the next one has not.</summary>
    private const int ScansToForget = 2;

    /// <summary>Instances that are started before it is known what one needs.</summary>
    private const int Sample = 20;

    private readonly DensityOptions options;
    private readonly ProgressLine progress;
    private readonly DiagnosticBag bag;
    private readonly Ksm ksm;

    public DensityRun(DensityOptions options, ProgressLine progress, DiagnosticBag bag, Ksm ksm)
    {
        this.options = options;
        this.progress = progress;
        this.bag = bag;
        this.ksm = ksm;
    }

    /// <summary>Whether the kernel merges pages in this run.</summary>
    private bool Merges => options.MergesPages && options.RunAs != RunAs.Pool;

    /// <summary>Says what is missing for merging; true when nothing is.</summary>
    public static bool CheckKsm(Ksm ksm, DiagnosticBag bag)
    {
        if (!ksm.Exists) bag.ReportNoMerging();
        else if (!ksm.IsRunning && !ksm.CanWrite()) bag.ReportMergingIsOff();
        else return true;
        return false;
    }

    /// <summary>Measures.</summary>
    /// <param name="name">What the images are called together.</param>
    /// <param name="images">The images.</param>
    /// <param name="program">Path of <see cref="RunProgram"/>.</param>
    /// <param name="command">The command line that runs an image.</param>
    /// <param name="cancellation">Ends everything.</param>
    /// <returns>A point for each number of instances that could be measured.</returns>
    public IReadOnlyList<DensityPoint> Measure(string name, IReadOnlyList<ProgramImage> images, string program, Func<ProgramImage, IReadOnlyList<string>> command, CancellationToken cancellation)
    {
        var points = new List<DensityPoint>();
        using var keeper = new Keeper(program);
        bool isOurs = Merges && PrepareKsm(keeper);
        if (isOurs) Forget(keeper, cancellation);
        KsmCounters before = ksm.ReadCounters();
        var fleet = new Fleet(keeper, command);
        int running = 0;
        foreach (int instances in options.Instances)
        {
            if (isOurs) ksm.Set(keeper, "run", "0");
            var watch = Stopwatch.StartNew();
            ProgramImage[] next = Enumerable.Repeat(images, instances - running).SelectMany(i => i).ToArray();
            running = instances;
            if (!Start(name, fleet, next, cancellation)) return points;
            double start = watch.Elapsed.TotalSeconds;
            if (isOurs) ksm.Set(keeper, "run", "1");
            (double seconds, bool isSettled) = Merges
                ? new MergeWatch(ksm).Wait(options.Timeout, c => progress.Show(FormattableString.Invariant($"{name}: {fleet.Instances.Count} running, {c.Shared - before.Shared} pages kept for {c.Sharing - before.Sharing} more")), cancellation)
                : (0, true);
            if (!isSettled) bag.ReportNotSettled(name, fleet.Instances.Count, options.Timeout);
            points.Add(Count(fleet, images, instances, before) with { StartSeconds = start, MergeSeconds = Merges ? seconds : null, IsSettled = isSettled });
        }

        return points;
    }

    /// <summary>
    /// Lets the kernel drop what it still counts of processes that have ended: it does so when it next scans. Where no process is left that opted in, it never scans again, and there is nothing to drop.
    /// </summary>
    private void Forget(Keeper keeper, CancellationToken cancellation)
    {
        ksm.Set(keeper, "run", "1");
        var watch = Stopwatch.StartNew();
        long scans = ksm.ReadCounters().FullScans;
        while (watch.Elapsed < options.Timeout)
        {
            KsmCounters now = ksm.ReadCounters();
            if (now.Shared + now.Sharing == 0 || now.FullScans >= scans + ScansToForget) return;
            if (cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100))) cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Sets how fast the kernel scans, and that it does; what was set comes back at the end. False when the settings are not ours to change.</summary>
    private bool PrepareKsm(Keeper keeper)
    {
        if (!ksm.CanWrite()) return false;
        if (options.ScanPages is { } pages) ksm.Set(keeper, "pages_to_scan", FormattableString.Invariant($"{pages}"));
        if (options.ScanSleep is { } sleep) ksm.Set(keeper, "sleep_millisecs", FormattableString.Invariant($"{sleep}"));

        // It would leave pages out that were not equal to others for some scans: right on a server, but the end of merging could not be seen.
        ksm.Set(keeper, "smart_scan", "0");
        return true;
    }

    /// <summary>Starts instances: some first, to know what one needs; then the others, when that much is free. False after an error.</summary>
    private bool Start(string name, Fleet fleet, IReadOnlyList<ProgramImage> images, CancellationToken cancellation)
    {
        int all = fleet.Instances.Count + images.Count;
        Action<int> show = n => progress.Show(FormattableString.Invariant($"{name}: started {n} of {all}"));
        EarlyEnd? ended;
        try
        {
            ended = fleet.Start(images.Take(Sample), show, cancellation);
            if (ended is null)
            {
                if (!CheckMemory(name, fleet, images.Count - Sample)) return false;
                ended = fleet.Start(images.Skip(Sample), show, cancellation);
            }
        }
        catch (IOException exception)
        {
            bag.ReportFileAccess(SourceLocation.OfFile(name), name, exception.Message);
            return false;
        }

        if (ended is null) return true;
        bag.ReportInstanceEnded(SourceLocation.OfFile(ended.Image.Path), ended.Status);
        return false;
    }

    /// <summary>Compares what so many more instances need before anything is merged with what is free.</summary>
    private bool CheckMemory(string name, Fleet fleet, int more)
    {
        if (more <= 0 || options.TakesAllMemory) return true;
        long one = (long)fleet.Instances.Average(i => ProcessFiles.ReadUse(i.Process).Resident + ProcessFiles.ReadPageTables(i.Process));
        long free = (long)(ProcessFiles.ReadAvailableMemory() * FreePart);
        if (one * more <= free) return true;
        bag.ReportNotEnoughMemory(name, fleet.Instances.Count + more, one * more, free);
        return false;
    }

    private DensityPoint Count(Fleet fleet, IReadOnlyList<ProgramImage> images, int instances, KsmCounters before)
    {
        var census = new MemoryCensus(options.RunAs, options.GuestMiB);
        long whole = 0, tables = 0, merged = 0;
        foreach (Instance instance in fleet.Instances)
        {
            census.Add(instance);
            whole += ProcessFiles.ReadUse(instance.Process).Proportional;
            tables += ProcessFiles.ReadPageTables(instance.Process);
            merged += ProcessFiles.ReadMerged(instance.Process);
        }

        if (census.Program is null) bag.ReportFramesHidden();
        KsmCounters now = ksm.ReadCounters();
        long most = options.RunAs == RunAs.Pool ? long.MaxValue / 2 : Merges ? ksm.MaximumSharing : 1;
        DensityPrediction predicted = DensityPrediction.Make(images, instances, most);
        return new DensityPoint(
            instances, fleet.Instances.Count, 0, null, true, census.Mapped, census.Program, census.MappedReadOnly, census.ReadOnly, predicted.ReadOnly, predicted.Least,
            predicted.Most, merged, now.Shared - before.Shared, now.Sharing - before.Sharing, whole, tables);
    }
}
