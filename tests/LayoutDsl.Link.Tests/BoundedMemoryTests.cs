using System;
using System.Globalization;
using System.Linq;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Four MiB of addresses for a fleet whose libraries have more, but whose images have not.</summary>
public sealed class BoundedMemoryTests : IDisposable
{
    private static readonly string[] Names = ["red", "green", "blue"];

    private readonly SmallFleet fleet = new();

    [Fact]
    public void Link_LibrariesThatNeverMeet_OverlapAndTheImagesRun()
    {
        WriteLayout("");
        foreach (string name in Names) WriteBig(name, 1_700_000);
        (BoundLayout layout, FactsFile facts, Result<LayoutPlan> planned) = Plan();
        Diagnostic overlap = Assert.Single(planned.Diagnostics);
        Assert.Equal("LAY2060", overlap.Id);
        LayoutPlan plan = planned.Value!;

        // Both numbers: what the plan takes, and what its largest image needs alone.
        ulong[] numbers = [.. overlap.Message.Split(' ', '(', ')', ';').Select(w => ulong.TryParse(w, CultureInfo.InvariantCulture, out ulong n) ? n : 0).Where(n => n > 0)];
        Assert.Equal(2, numbers.Length);
        Assert.InRange(numbers[0], numbers[1], 4096UL);
        Assert.True(numbers[1] >= 1_700_000 / 1024);

        // Of three such libraries two at most fit beside each other, so one shares addresses with another.
        SlotPlan[] big = [.. Names.Select(n => plan.GetLibrary(n).Slots.Single(s => s.Section == "rodata"))];
        Assert.Contains(big, a => big.Any(b => a != b && a.Address < b.End && b.Address < a.End));
        Result<LinkSummary> linked = FleetLinker.Link(layout, plan, facts, fleet.Options, null, default);
        Assert.Empty(linked.Diagnostics);
        foreach (string name in Names) Assert.Equal((0, name + "\n"), Tool.TryRun(fleet.Output, $"{fleet.Output}/use_{name}.elf"));
    }

    [Fact]
    public void Plan_ImageThatHasAll_IsNamedWithItsLibraries()
    {
        WriteLayout("image all { uses sys, red, green, blue; objects \"build/one.o\"; }");
        foreach (string name in Names) WriteBig(name, 1_700_000);
        Result<LayoutPlan> planned = Plan().Plan;
        Assert.Null(planned.Value);
        Diagnostic tooLarge = Assert.Single(planned.Diagnostics);
        Assert.Equal("LAY2007", tooLarge.Id);
        Assert.All(new[] { "'all'", "'red'", "'green'", "'blue'", "4096 KiB" }, part => Assert.Contains(part, tooLarge.ToString(), StringComparison.Ordinal));
    }

    public void Dispose() => fleet.Dispose();

    private (BoundLayout Layout, FactsFile Facts, Result<LayoutPlan> Plan) Plan()
    {
        BoundLayout layout = fleet.Bind();
        FactsFile facts = ObjectMeasurer.Measure(layout, fleet.Folder.Path, null, default).Value!;
        return (layout, facts, LayoutCompiler.Plan(layout, facts));
    }

    private void WriteLayout(string more) => fleet.Folder.Write("fleet.layout", $$"""
        layout Small.Fleet;
        target x86_64 { entry _start; }
        region ram (rwx) { origin 4MiB; length 4MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        section hooks (r) { table keep "hooks" bounds __start_hooks __stop_hooks }
        library sys { objects "build/sys.o"; }
        {{string.Join("\n", Names.Select(n => $"library {n} {{ objects \"build/{n}.o\"; }} image use_{n} {{ uses sys, {n}; objects \"build/use_{n}.o\"; }}"))}}
        {{more}}
        """);

    /// <summary>A library that looks into the last byte of what it has, and its image.</summary>
    private void WriteBig(string name, int size)
    {
        fleet.Compile(name, FormattableString.Invariant($"const unsigned char {name}_table[{size}] = {{ [{size} - 1] = 42 }}; int {name}(int i) {{ return {name}_table[i]; }}"));
        fleet.Compile("use_" + name, SmallFleet.Program($"extern int {name}(int);", FormattableString.Invariant($"print(\"{name}\\n\"); return {name}({size} - 1) - 42;")));
    }
}
