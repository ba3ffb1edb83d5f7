using System;
using System.Diagnostics;
using System.IO;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Benchmarks;

/// <summary>Plans a fleet that others measured, and counts its read-only pages.</summary>
internal static class RealFleetBenchmark
{
    /// <param name="file">The data (<see cref="RealFleet.Read"/>).</param>
    /// <param name="directory">Where the layout and the facts go; null for nowhere.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string file, string? directory)
    {
        RealFleet fleet = RealFleet.Read(File.ReadAllText(file));
        if (directory is not null)
        {
            (string layoutPath, string factsPath) = fleet.Write(directory);
            Console.WriteLine($"layout plan {layoutPath} --facts {factsPath} --costs");
        }

        Result<BoundLayout> layout = LayoutCompiler.Bind(LayoutCompiler.Parse(new SourceText("real.layout", fleet.Layout)), _ => (FileSyntax?)null);
        var watch = Stopwatch.StartNew();
        Result<LayoutPlan>? plan = layout.Value is { } bound ? LayoutCompiler.Plan(bound, fleet.Facts) : null;
        if (plan?.Value is not { } made)
        {
            foreach (Diagnostic diagnostic in plan?.Diagnostics ?? layout.Diagnostics) Console.Error.WriteLine(diagnostic);
            return 1;
        }

        var costs = PlanCosts.Of(made);
        Console.WriteLine(FormattableString.Invariant(
            $"{made.Images.Count} images, {made.Libraries.Count} libraries, {fleet.Facts.Objects.Count} objects: {costs.Shared + costs.Own} different read-only pages, of which {costs.Own} are an image's own; planned in {watch.Elapsed.TotalMilliseconds:0} ms"));
        return 0;
    }
}
