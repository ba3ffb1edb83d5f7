using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using LayoutDsl.Locking;
using LayoutDsl.Planning;

namespace LayoutDsl.Benchmarks;

/// <summary>
/// Planning fleets of 100 to 100,000 images over up to 1,000 libraries, and one image more with the lock of each: time and memory. Times are of the processor, since machines are shared; the
/// shortest of several, two at least, since the first ones are the compiler's, and get their memory from the kernel.
/// </summary>
internal static class PlanningBenchmark
{
    private const int MostLibraries = 1000;
    private const double LongEnough = 5;

    public static void Run(int largest)
    {
        SyntheticFleet warm = SyntheticFleet.Make(300, MostLibraries);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < 5) Plan(warm, null);
        Console.WriteLine("  images  libraries       pairs     plan s  us/pair    of first  allocated MiB  kept MiB   one more ms  of first  allocated MiB");
        (double pair, double added) = (0, 0);
        for (int images = 100; images <= largest; images *= 10)
        {
            int libraries = CountLibraries(images);
            SyntheticFleet fleet = SyntheticFleet.Make(images, libraries);
            SyntheticFleet one = SyntheticFleet.MakeOne(images, libraries);
            long before = GC.GetTotalMemory(forceFullCollection: true);
            (LayoutPlan plan, double seconds, double mebibytes) = Best(() => Plan(fleet, null));
            double kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0;
            LockFile locked = LockFile.From(plan);
            (LayoutPlan more, double again, double addedMebibytes) = Best(() => PlanOne(one, locked));
            CheckAdded(images, locked, more);
            if (images == 100) (pair, added) = (seconds / fleet.Pairs, again);
            Console.WriteLine(FormattableString.Invariant(
                $"{images,8}  {libraries,9}  {fleet.Pairs,10}  {seconds,9:0.000}  {seconds / fleet.Pairs * 1e6,7:0.00}  {seconds / fleet.Pairs / pair,10:0.00}  {mebibytes,13:0.0}  {kept,8:0.0}  {again * 1e3,12:0.0}  {again / added,8:0.00}  {addedMebibytes,13:0.0}"));
            GC.KeepAlive(plan);
        }
    }

    /// <summary>How many libraries so many images have among them: like words of a text, as the square root (Heaps' law), up to those that there are.</summary>
    private static int CountLibraries(int images) => Math.Min(MostLibraries, (int)(30 * Math.Sqrt(images)));

    /// <summary>What the plan of one image says must be what the plan of the whole fleet says with that lock; of small fleets, since that takes as long as the fleet.</summary>
    private static void CheckAdded(int images, LockFile locked, LayoutPlan more)
    {
        if (images > 1000) return;
        LayoutPlan whole = Plan(SyntheticFleet.Make(images + 1, CountLibraries(images)), locked.Update(LockFile.From(more))).Plan;
        bool isSame = Places(whole, whole.Images[images]).SequenceEqual(Places(more, more.Images[0]));
        bool hasMoved = LockDiff.Between(locked, LockFile.From(whole)).Any(c => c.Kind == LockChangeKind.Moved);
        if (!isSame || hasMoved) throw new InvalidOperationException("the image is planned otherwise than in the whole fleet");
    }

    /// <summary>Where an image has what it has; empty slots are nowhere.</summary>
    private static IEnumerable<(string Section, ulong Address, ulong Size)> Places(LayoutPlan plan, ImagePlan image) => plan.GetSlots(image).Where(s => s.Size > 0).Select(s => (s.OutputSection, s.Address, s.Size));

    private static (LayoutPlan Plan, double Seconds, double Mebibytes) Best(Func<(LayoutPlan Plan, double Seconds, double Mebibytes)> run)
    {
        var best = run();
        double sum = 0;
        do
        {
            var again = run();
            sum += Math.Max(again.Seconds, 0.1);
            if (again.Seconds < best.Seconds) best = again;
        }
        while (sum < LongEnough);

        return best;
    }

    private static (LayoutPlan Plan, double Seconds, double Mebibytes) Plan(SyntheticFleet fleet, LockFile? locked) => Measure(() => LayoutCompiler.Plan(fleet.Layout, fleet.Facts, locked));

    private static (LayoutPlan Plan, double Seconds, double Mebibytes) PlanOne(SyntheticFleet fleet, LockFile locked) =>
        Measure(() => LayoutCompiler.PlanImages(fleet.Layout, fleet.Facts, locked, [fleet.Layout.Images[0].Name]));

    private static (LayoutPlan Plan, double Seconds, double Mebibytes) Measure(Func<Diagnostics.Result<LayoutPlan>> plan)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        Diagnostics.Result<LayoutPlan> result = plan();
        double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        double mebibytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1048576.0;
        return (result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Take(3))), seconds, mebibytes);
    }
}
