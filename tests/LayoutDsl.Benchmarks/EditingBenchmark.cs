using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using LayoutDsl.Parsing;
using LayoutDsl.Text;

namespace LayoutDsl.Benchmarks;

/// <summary>Reading a file of 1,000 declarations again after one of them was edited, against reading all of it: what an editor does on each key.</summary>
internal static class EditingBenchmark
{
    private const int Declarations = 1000;
    private const int Rounds = 15;

    public static void Run()
    {
        string[] declarations = [.. Enumerable.Range(0, Declarations).Select(i => FormattableString.Invariant(
            $"image image{i} {{ uses boot, console, nolibc, alloc, json, http; objects \"build/apps/image{i}.o\", \"build/apps/more{i}.o\"; instances {i + 1}; }}\n"))];
        int edits = 0;

        // Until the code that is measured is the compiler's best.
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed.TotalSeconds < 2) Round(declarations, ref edits);

        (double All, double Parse, double Again)[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => Round(declarations, ref edits))];
        Print("parsing the edited declaration against parsing all", r => r.All / r.Parse);
        Print("cutting the file, parsing the edited declaration and putting it together, against parsing the file", r => r.All / r.Again);

        void Print(string what, Func<(double All, double Parse, double Again), double> ratio) =>
            Console.WriteLine(FormattableString.Invariant($"{Declarations} declarations: {what}: {Median(rounds.Select(ratio)):0.0} times cheaper (all {Median(rounds.Select(r => r.All)):0.00} ms)"));
    }

    private static (double All, double Parse, double Again) Round(string[] declarations, ref int edits)
    {
        var text = new SourceText("fleet.layout", string.Concat(declarations));
        var known = LayoutParser.Cut(text).Distinct().ToDictionary(t => t, LayoutParser.ParseDeclaration, StringComparer.Ordinal);
        edits++;
        string[] edited = [.. declarations];
        edited[Declarations / 2] = edited[Declarations / 2].Replace("instances ", FormattableString.Invariant($"instances {edits}"), StringComparison.Ordinal);
        var after = new SourceText("fleet.layout", string.Concat(edited));
        double all = Time(() => LayoutParser.ParseFile(after));
        double one = Time(() => LayoutParser.ParseDeclaration(edited[Declarations / 2]));
        double again = Time(() => LayoutParser.Assemble(after, t => known.TryGetValue(t, out ParsedDeclaration? parsed) ? parsed : LayoutParser.ParseDeclaration(t)));
        return (all, one, again);
    }

    private static double Time(Func<object> work)
    {
        var watch = Stopwatch.StartNew();
        object result = work();
        double time = watch.Elapsed.TotalMilliseconds;
        GC.KeepAlive(result);
        return time;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
