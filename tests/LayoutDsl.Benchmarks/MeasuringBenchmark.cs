using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Benchmarks;

/// <summary>
/// Measuring objects: against <c>readelf -SWsr</c> on the same 1,000 files, and how the time grows from 100 to 10,000. The objects are the members of the
/// C library, each in a file of its own, copied as often as needed.
/// </summary>
internal static class MeasuringBenchmark
{
    private const int Rounds = 9;
    private const int Repetitions = 5;

    public static void Run()
    {
        using var folder = new TemporaryFolder();
        string library = Tool.Run(folder.Path, "gcc", "-print-file-name=libc.a").Trim();
        Directory.CreateDirectory(folder["members"]);
        Tool.Run(folder["members"], "ar", "x", library);
        string[] members = Directory.EnumerateFiles(folder["members"], "*.o").Order(StringComparer.Ordinal).ToArray();

        BoundLayout thousand = Prepare(folder, members, 1000);
        string[] files = Directory.EnumerateFiles(folder["1000"]).Order(StringComparer.Ordinal).ToArray();
        folder.Write("files", string.Join('\n', files));

        // Until the code that is measured is the compiler's best: what counts is a build server or a large fleet, not the start of a process.
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed.TotalSeconds < 8) Measure(thousand, 1000);

        // In turn, so that a slow moment of the machine meets both; several runs each time, as the first one after the other tool finds the caches of the processor cold.
        (double Ours, double Readelf)[] rounds = Enumerable.Range(0, Rounds).Select(_ => (Repeat(() => Measure(thousand, 1000)), Repeat(() => Readelf(folder)))).ToArray();
        double ours = Median(rounds.Select(r => r.Ours));
        double readelf = Median(rounds.Select(r => r.Readelf));
        Console.WriteLine(FormattableString.Invariant($"1000 objects: layout {ours:0.0} ms, readelf -SWsr {readelf:0.0} ms, readelf/layout {Median(rounds.Select(r => r.Readelf / r.Ours)):0.0}"));

        double perObject = 0;
        foreach (int count in new[] { 100, 1000, 10000 })
        {
            BoundLayout layout = Prepare(folder, members, count);
            TimeSpan before = Environment.CpuUsage.TotalTime;
            double time = Median(Enumerable.Range(0, Rounds).Select(_ => Time(() => Measure(layout, count))));
            double processor = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Rounds;
            if (perObject == 0) perObject = time / count;
            Console.WriteLine(FormattableString.Invariant($"{count,6} objects: {time,8:0.0} ms, {time / count * 1000:0.0} us an object, {time / count / perObject:0.00} of the first; processor {processor / count * 1000:0.0} us an object"));
        }
    }

    private static BoundLayout Prepare(TemporaryFolder folder, string[] members, int count)
    {
        string objects = folder[count.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        if (!Directory.Exists(objects))
        {
            Directory.CreateDirectory(objects);
            for (int i = 0; i < count; i++) File.Copy(members[i % members.Length], Path.Combine(objects, FormattableString.Invariant($"{i:00000}.o")));
        }

        string layout = folder.Write($"{count}.layout", $$"""
            layout Benchmark.Fleet;
            target x86_64 { }
            region ram (rwx) { origin 1MiB; length 1GiB; }
            section text (rx) { ".text" }
            library c { objects "{{count}}/*.o"; }
            image i { uses c; objects "{{count}}/00000.o"; }
            """);
        return LayoutFiles.Load(layout).Bound!;
    }

    private static void Measure(BoundLayout layout, int count)
    {
        var facts = ObjectMeasurer.Measure(layout, LayoutFiles.GetDirectory(layout), null, default);
        if (facts.Value?.Objects.Count != count) throw new InvalidOperationException(string.Join('\n', facts.Diagnostics));
    }

    private static void Readelf(TemporaryFolder folder)
    {
        var start = new ProcessStartInfo("sh", ["-c", "xargs readelf -SWsr <files >/dev/null"]) { WorkingDirectory = folder.Path };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("readelf failed");
    }

    private static double Repeat(Action action) => Median(Enumerable.Range(0, Repetitions).Select(_ => Time(action)));

    private static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(System.Collections.Generic.IEnumerable<double> values)
    {
        double[] sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
