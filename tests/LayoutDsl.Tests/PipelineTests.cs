using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Tests;

public sealed class PipelineTests
{
    private const string Source = """
        /// The demo fleet.
        layout Demo.Fleet;
        const base = 2MiB;
        target x86_64 { page 4KiB; entry _start; }
        region ram (rwx) { origin 1MiB; length 63MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section inits (r) { table keep sort(".init_array.*") ".init_array" bounds __init_array_start __init_array_end }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        library boot { objects "build/boot.o"; }
        /// Compression.
        library zlib { archive "libz.a"; headroom 25%; }
        align { *.text: 64; zlib.rodata: page; }
        image hello { uses boot; objects "hello.o"; }
        image fn[1..3] { uses boot, zlib; objects "fn{n}.o"; }
        place libraries in ram from base;
        place images after tables;
        symbol _end = align(endof(images), 2MiB);
        """;

    [Fact]
    public void Pipeline_SmallFleet_PlansAndEmits()
    {
        var file = LayoutCompiler.Parse(new SourceText("fleet.layout", Source));
        Assert.Empty(file.Diagnostics);
        Result<BoundLayout> bound = LayoutCompiler.Bind(file, _ => null);
        Assert.Empty(bound.Diagnostics.Select(d => d.ToString()));
        ObjectFacts Object(string path, string? member, ulong size) => new(path, member, 62, "00", EquatableArray.Of(
            new SectionFacts(".text", 1, 6, size, 16), new SectionFacts(".rodata.str1.1", 1, 0x32, size / 2, 1), new SectionFacts(".data", 1, 3, 8, 8),
            new SectionFacts(".bss", 8, 3, 100, 32), new SectionFacts(".init_array", 14, 3, 0, 8)), default);
        var facts = new FactsFile(
            EquatableArray.Of(
                new InputFacts("build/boot.o", false, EquatableArray.Of("build/boot.o")),
                new InputFacts("libz.a", true, EquatableArray.Of("libz.a")),
                new InputFacts("hello.o", false, EquatableArray.Of("hello.o")),
                new InputFacts("fn1.o", false, EquatableArray.Of("fn1.o")),
                new InputFacts("fn2.o", false, EquatableArray.Of("fn2.o")),
                new InputFacts("fn3.o", false, EquatableArray.Of("fn3.o"))),
            EquatableArray.Of(
                Object("build/boot.o", null, 5000), Object("libz.a", "inflate.o", 7000), Object("hello.o", null, 10), Object("fn1.o", null, 11), Object("fn2.o", null, 12), Object("fn3.o", null, 13)));
        Assert.Equal(facts, FactsText.Read(FactsText.Write(facts), out _));
        Result<LayoutPlan> plan = LayoutCompiler.Plan(bound.Value!, facts);
        Assert.Empty(plan.Diagnostics.Select(d => d.ToString()));
        Assert.Equal(plan.Value, PlanText.Read(PlanText.Write(plan.Value!)));
        System.Console.WriteLine(LayoutCompiler.EmitLinkerScript(plan.Value!, plan.Value!.GetImage("fn2")));
        System.Console.WriteLine(LayoutCompiler.EmitCSharp(plan.Value!, bound.Value!));
    }
}
