using System;
using System.Diagnostics;
using System.Linq;
using LayoutDsl.Locking;
using LayoutDsl.Planning;

namespace LayoutDsl.Benchmarks;

/// <summary>Planning fleets of 100 to 100,000 images over 1,000 libraries, and one image more with the lock of each: time and memory for a pair of an image and a library. Times are of the processor, since
/// machines are shared; of small fleets the shortest of three.</summary>
internal static class PlanningBenchmark
{
    private const int Libraries = 1000;

    public static void Run(int largest)
    {
        for (int i = 0; i < 3; i++) Plan(SyntheticFleet.Make(300, Libraries), null);
        Console.WriteLine("  images       pairs     plan s  us/pair    of first  allocated MiB  kept MiB   with lock and one image more s");
        double first = 0;
        for (int images = 100; images <= largest; images *= 10)
        {
            SyntheticFleet fleet = SyntheticFleet.Make(images, Libraries);
            GC.Collect();
            long before = GC.GetTotalMemory(forceFullCollection: true);
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            (LayoutPlan plan, double seconds) = Plan(fleet, null);
            double mebibytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1048576.0;
            for (int i = 0; i < 2 && images <= 1000; i++) seconds = Math.Min(seconds, Plan(fleet, null).Seconds);
            double kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0;
            double pair = seconds / fleet.Pairs * 1e6;
            if (first == 0) first = pair;
            LockFile locked = LockFile.From(plan);
            (LayoutPlan more, double again) = Plan(SyntheticFleet.Make(images + 1, Libraries), locked);
            int moved = LockDiff.Between(locked, LockFile.From(more)).Count(c => c.Kind == LockChangeKind.Moved);
            if (moved > 0) throw new InvalidOperationException($"{moved} slots moved");
            Console.WriteLine(FormattableString.Invariant($"{images,8}  {fleet.Pairs,10}  {seconds,9:0.000}  {pair,7:0.00}  {pair / first,10:0.00}  {mebibytes,13:0.0}  {kept,8:0.0}  {again,9:0.000}"));
        }
    }

    private static (LayoutPlan Plan, double Seconds) Plan(SyntheticFleet fleet, LockFile? locked)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        var result = LayoutCompiler.Plan(fleet.Layout, fleet.Facts, locked);
        process.Refresh();
        return (result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Take(3))), (process.TotalProcessorTime - before).TotalSeconds);
    }
}
