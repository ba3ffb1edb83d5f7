using System.Linq;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Planning;

public sealed class MemoryMapTests
{
    private const string Board = """
        layout Test.Board;
        target arm { page 256B; entry reset; }
        region flash (rx) { origin 0; length 64KiB; }
        region ram (rw) { origin 0x2000_0000; length 16KiB; }
        section vectors (r) { table keep ".vectors" }
        section text (rx) { ".text" fill 0xFF }
        section rodata (r) { ".rodata" }
        section exidx (r) { table ".ARM.exidx" }
        section data (rw) { ".data" }
        section bss (rw) { zero ".bss" }
        section noinit (rw) { noload ".noinit" }
        library lib { objects "lib.o"; }
        image a { uses lib; objects "a.o"; }
        image b { uses lib; objects "b.o"; }

        """;

    private const string Placed = Board + """
        place vectors in flash from 0;
        place text, rodata, exidx in flash after vectors;
        place data in ram load in flash;
        place bss in ram after data;
        place noinit in ram;

        """;

    private static readonly Measured Facts = new Measured()
        .Object("lib.o", 40, Code(1000), Data(40), Zeroed(10), new(".ARM.exidx", 0x70000001, 0x82, 8, 4))
        .Object("a.o", 40, ReadOnly(64, ".vectors", 4), Code(100), ReadOnly(30), Data(300), Zeroed(600), new(".noinit", 1, 3, 4, 4))
        .Object("b.o", 40, ReadOnly(64, ".vectors", 4), Code(500), Data(4), Zeroed(8));

    [Fact]
    public void Sections_PlacedByThemselves_AreWhereTheirPlaceSays()
    {
        LayoutPlan plan = Layouts.PlanClean(Placed, Facts);
        Assert.Equal(["vectors", "text", "data", "bss"], plan.Areas.Where(a => a.Name != "noinit").Select(a => a.Name));
        Assert.Equal(0UL, plan.GetArea("vectors").Address);
        Assert.Equal(0x100UL, plan.GetArea("exidx").Address);
        Assert.Equal(0x2000_0000UL, plan.GetArea("data").Address);
        Assert.Equal(plan.GetLibrary("lib").Slots.Single(s => s.Section == "text").Address, plan.GetArea("text").Address);
        Assert.All(plan.Images, i => Assert.Equal(plan.Images[0].Slots.Single(s => s.Section == "vectors").Address, i.Slots.Single(s => s.Section == "vectors").Address));
    }

    [Fact]
    public void Data_LoadedElsewhere_KeepsOneDistance()
    {
        LayoutPlan plan = Layouts.PlanClean(Placed, Facts);
        AreaPlan data = plan.GetArea("data");
        Assert.Equal("flash", data.LoadRegion);
        Assert.True(data.LoadAddress >= plan.GetArea("text").End);
        SlotPlan[] slots = [.. plan.Images.SelectMany(plan.GetSlots)];
        Assert.All(slots.Where(s => s.Section == "data"), s => Assert.Equal(data.LoadAddress - data.Address, s.LoadAddress - s.Address));
        Assert.All(slots.Where(s => s.Section != "data"), s => Assert.Null(s.LoadAddress));
        Assert.All(plan.Images, i => Assert.All(SegmentPlan.Find(plan, i), s => Assert.Single(s.Slots.Select(t => unchecked((t.LoadAddress ?? t.Address) - t.Address)).Distinct())));
    }

    [Fact]
    public void Symbols_OfSections_CoverAllImages()
    {
        LayoutPlan plan = Layouts.PlanClean(Placed + "symbol s = addressof(data); symbol e = endof(data); symbol l = loadof(data); provide hidden symbol n = sizeof(bss); symbol t = loadof(text);", Facts);
        SlotPlan[] data = [.. plan.Images.SelectMany(plan.GetSlots).Where(s => s.Section == "data" && s.Size > 0)];
        Assert.Equal(data.Min(s => s.Address), Value("s"));
        Assert.Equal(data.Max(s => s.End), Value("e"));
        Assert.Equal(plan.GetArea("data").LoadAddress, Value("l"));
        Assert.Equal(plan.GetArea("text").Address, Value("t"));
        Assert.Contains("PROVIDE_HIDDEN(n = 0x", LayoutCompiler.EmitLinkerScript(plan, plan.Images[0]), System.StringComparison.Ordinal);
        Assert.Equal(plan, LayoutDsl.Emit.PlanText.Read(LayoutDsl.Emit.PlanText.Write(plan)));

        ulong Value(string name) => plan.Symbols.Single(x => x.Name == name).Value;
    }

    [Fact]
    public void Script_OfAMemoryMap_SaysWhereThingsAreLoaded()
    {
        LayoutPlan plan = Layouts.PlanClean(Placed, Facts);
        string script = LayoutCompiler.EmitLinkerScript(plan, plan.GetImage("a"));
        Assert.Contains(System.FormattableString.Invariant($".data.lib 0x20000000 : AT(0x{plan.GetArea("data").LoadAddress:x})"), script, System.StringComparison.Ordinal);
        Assert.Contains(".noinit 0x", script, System.StringComparison.Ordinal);
        Assert.Contains(" (NOLOAD) : AT(", script, System.StringComparison.Ordinal);
        Assert.Contains(":load1 =0xffffffff", script, System.StringComparison.Ordinal);
        Assert.Contains("KEEP(*(.vectors))", script, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Exidx_OfEachObject_HasRoomForAnEndMark() =>
        Assert.Equal(16UL, Layouts.PlanClean(Placed, Facts).GetImage("a").Slots.Single(s => s.Section == "exidx").Reserved);

    [Theory]
    [InlineData("assert endof(bss) <= endof(ram), \"x\";")]
    [InlineData("assert addressof(vectors) == 0, \"x\";")]
    [InlineData("assert 1 != 2, \"x\"; assert 2 > 1, \"x\"; assert 1 < 2, \"x\"; assert 2 >= 2, \"x\";")]
    [InlineData("assert [LAY2050|sizeof(data) < 8|], \"the data is too large\";")]
    [InlineData("assert [LAY2050|loadof(data) == 0|], \"x\";")]
    public void Assertion_OverThePlan_HoldsOrIsReported(string marked) => Layouts.AssertPlanning(Placed + marked, Facts);

    [Theory]
    [InlineData("place [LAY1003|vectorz|] in flash;")]
    [InlineData("place text, [LAY1003|rodat|] in flash;")]
    [InlineData("place text, [LAY1025|images|] in flash;")]
    [InlineData("place text in flash; place rodata, [LAY1002|text|] in flash;")]
    [InlineData("place data in ram load in [LAY1003|rom|];")]
    [InlineData("place [LAY1025|libraries|] in flash load in flash;")]
    [InlineData("place text in flash after [LAY1003|data|];")]
    [InlineData("section x (rw) { [LAY1007|noload|] zero \".x\" }")]
    [InlineData("section x (rw) { \".x\" fill [LAY1012|0x1_0000_0000|] }")]
    [InlineData("symbol x = loadof([LAY1003|bs|]);")]
    [InlineData("symbol x = [LAY1021|loadof|](lib.text);")]
    [InlineData("hidden [LAY1005|hidden|] symbol x = 1;")]
    [InlineData("place [LAY1025|text|] in flash after rodata; place [LAY1025|rodata|] in flash after text;")]
    public void Mistake_InAMemoryMap_IsAtItsPlace(string marked) => Layouts.AssertBinding(Board + marked);
}
