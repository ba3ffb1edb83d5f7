using System;
using System.Diagnostics;
using System.Threading;

namespace LayoutDsl.Cli.Density;

/// <summary>Waits until the kernel has merged what it can.</summary>
internal sealed class MergeWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>A page is compared on the second scan that finds it unchanged; after that, one more must find nothing new.</summary>
    private const int Scans = 3;

    private readonly Ksm ksm;

    public MergeWatch(Ksm ksm) => this.ksm = ksm;

    /// <summary>Waits.</summary>
    /// <returns>When the number of merged pages changed last by more than a thousandth, and whether it has come to rest.</returns>
    public (double Seconds, bool IsSettled) Wait(TimeSpan timeout, Action<KsmCounters> progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        long scans = ksm.ReadCounters().FullScans;
        long known = -1;
        TimeSpan last = TimeSpan.Zero;
        while (watch.Elapsed < timeout)
        {
            KsmCounters now = ksm.ReadCounters();
            progress(now);
            long merged = now.Shared + now.Sharing + now.Zero;
            if (Math.Abs(merged - known) > known / 1000)
            {
                known = merged;
                last = watch.Elapsed;
                scans = now.FullScans;
            }
            else if (now.FullScans >= scans + Scans)
            {
                return (last.TotalSeconds, true);
            }

            if (cancellation.WaitHandle.WaitOne(Interval)) cancellation.ThrowIfCancellationRequested();
        }

        return (last.TotalSeconds, false);
    }
}
