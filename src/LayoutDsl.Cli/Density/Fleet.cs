using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace LayoutDsl.Cli.Density;

/// <summary>An instance that runs.</summary>
/// <param name="Process">Its process id.</param>
/// <param name="Image">What it runs.</param>
internal sealed record Instance(int Process, ProgramImage Image);

/// <summary>An instance that ended although it is to stay.</summary>
/// <param name="Image">What it ran.</param>
/// <param name="Status">Its wait status (wait(2)).</param>
internal sealed record EarlyEnd(ProgramImage Image, int Status);

/// <summary>Instances of images: starts them, a few at a time, and waits until each has done its work.</summary>
internal sealed class Fleet
{
    /// <summary>An instance that sleeps and used no processor for so long has done its work.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>One that used no processor for so long makes room for the next, while it is still watched.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>An instance that is never quiet counts as at work, and is measured like that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Keeper keeper;
    private readonly Func<ProgramImage, IReadOnlyList<string>> command;
    private readonly List<Instance> instances = new();
    private readonly List<Starting> starting = new();

    public Fleet(Keeper keeper, Func<ProgramImage, IReadOnlyList<string>> command)
    {
        this.keeper = keeper;
        this.command = command;
    }

    public IReadOnlyList<Instance> Instances => instances;

    /// <summary>Starts one instance of each image.</summary>
    /// <returns>The first that ended, or null.</returns>
    public EarlyEnd? Start(IEnumerable<ProgramImage> images, Action<int> progress, CancellationToken cancellation)
    {
        int together = Environment.ProcessorCount * 2;
        foreach (ProgramImage image in images)
        {
            if (Wait(together - 1, cancellation) is { } ended) return ended;
            int process = keeper.Run(command(image));
            instances.Add(new Instance(process, image));
            starting.Add(new Starting(process, image));
            progress(instances.Count);
        }

        return Wait(0, cancellation) ?? FindEnded(instances);
    }

    /// <summary>The first instance that has ended, or null.</summary>
    public EarlyEnd? FindEnded() => FindEnded(instances);

    private static EarlyEnd? FindEnded(IEnumerable<Instance> among)
    {
        foreach (Instance instance in among)
        {
            if (ProcessFiles.ReadState(instance.Process) is not { State: not 'Z' and not 'X' } state)
            {
                return new EarlyEnd(instance.Image, ProcessFiles.ReadState(instance.Process)?.Status ?? 0);
            }
        }

        return null;
    }

    /// <summary>Waits until at most so many instances are at work; for none, until all have done it.</summary>
    private EarlyEnd? Wait(int most, CancellationToken cancellation)
    {
        for (int round = 0; ; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (Starting item in starting.ToArray())
            {
                if (FindEnded([new Instance(item.Process, item.Image)]) is { } ended) return ended;
                if (item.IsReady()) starting.Remove(item);
            }

            if (most == 0 ? starting.Count == 0 : starting.Count(s => s.IsBusy) <= most) return null;
            Thread.Sleep(round < 20 ? 2 : 20);
        }
    }

    private sealed class Starting(int process, ProgramImage image)
    {
        private readonly Stopwatch age = Stopwatch.StartNew();
        private TimeSpan changed;
        private long time = -1;

        public int Process => process;

        public ProgramImage Image => image;

        public bool IsBusy => age.Elapsed - changed < Pause;

        public bool IsReady()
        {
            if (ProcessFiles.IsHeld(process) || age.Elapsed > Patience) return true;
            if (ProcessFiles.ReadState(process) is not { } state) return false;
            if (state.Time != time || state.State is not ('S' or 'T'))
            {
                time = state.Time;
                changed = age.Elapsed;
            }

            return age.Elapsed - changed > Quiet;
        }
    }
}
