using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Emit;

public sealed class EmissionSnapshotTests
{
    private const string Source = """
        /// The demo fleet: <two> "kinds" & more.
        layout Demo.Fleet;
        const base = 2MiB;
        target x86_64 { page 4KiB; entry _start; }
        region ram (rwx) { origin 1MiB; length 63MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section inits (r) { table keep sort(".init_array.*") ".init_array" bounds __init_array_start __init_array_end }
        section note (r) { keep ".note.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        section stack (rw) { zero table ".stack" reserve 16KiB bounds __stack __stack_end }
        library boot { objects "build/boot.o"; }
        /// Compression.
        /// In C.
        library zlib { archive "libz.a"; headroom 25%; }
        align { *.text: 64; zlib.rodata: page; }
        image hello { uses boot; objects "hello world.o"; instances 200; }
        image fn[1..2] { uses boot, zlib; objects "fn{n}.o"; }
        place libraries in ram from base;
        place images after libraries;
        discard ".junk";
        symbol _end = align(endof(images), 2MiB);
        symbol LENGTH = length(ram);
        """;

    private static readonly BoundLayout Layout = Layouts.BindClean(Source);
    private static readonly FactsFile Facts = new Measured()
        .Object("build/boot.o", Code(5000), ReadOnly(100, ".init_array.00001"), Note(32), Data(1, ".junk"), Code(3, ".text.cold"))
        .Member("libz.a", "inflate.o", Code(7000), ReadOnly(900, ".rodata.str1.1", 1), Data(64, ".data.x"))
        .Member("libz.a", "deflate.o", Code(3000), Zeroed(5000, alignment: 64))
        .Object("hello world.o", Code(10)).Object("fn1.o", Code(11), ReadOnly(8, ".init_array")).Object("fn2.o", Code(12), Zeroed(5));

    private static readonly LayoutPlan Plan = Layouts.PlanClean(Source, Facts);

    [Fact]
    public void LinkerScript_OfAnImage_IsTheSnapshot() => Snapshots.Match("hello.ld", LayoutCompiler.EmitLinkerScript(Plan, Plan.GetImage("hello")));

    [Fact]
    public void LinkerScript_OfAFamilyMember_IsTheSnapshot() => Snapshots.Match("fn1.ld", LayoutCompiler.EmitLinkerScript(Plan, Plan.GetImage("fn1")));

    [Fact]
    public void ResponseFile_OfAnImage_IsTheSnapshot() => Snapshots.Match("fn2.rsp", LayoutCompiler.EmitResponseFile(Plan, Plan.GetImage("fn2")) + LayoutCompiler.EmitResponseFile(Plan, Plan.GetImage("hello")));

    [Fact]
    public void CSharp_OfTheFleet_IsTheSnapshot() => Snapshots.Match("Fleet.cs", LayoutCompiler.EmitCSharp(Plan, Layout));

    [Fact]
    public void Emission_OfNotMeasuredLayout_IsTheSnapshot()
    {
        LayoutPlan empty = Layouts.Plan(Source, null).Value!;
        Snapshots.Match("empty.ld", LayoutCompiler.EmitLinkerScript(empty, empty.GetImage("hello")));
    }

    [Fact]
    public void Emission_Again_GivesEqualBytes()
    {
        LayoutPlan again = Layouts.PlanClean(Source.ReplaceLineEndings("\r\n"), FactsText.Read(FactsText.Write(Facts), out _));
        Assert.Equal(Plan, again);
        Assert.Equal(LayoutCompiler.EmitLinkerScript(Plan, Plan.GetImage("fn2")), LayoutCompiler.EmitLinkerScript(again, again.GetImage("fn2")));
    }
}
