using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Planning;

/// <summary>What programs over a C library need beyond sections at addresses.</summary>
public sealed class RuntimeTests
{
    private const string Frame = "layout Test.Fleet; target x86_64 { } region ram (rwx) { origin 1MiB; length 63MiB; } section text (rx) { \".text\" } ";

    private const string Fleet = "library a { objects \"a.o\"; } library b { objects \"b.o\"; } image one { uses a, b; objects \"one.o\"; } image two { uses a; objects \"two.o\"; }" + Frame;

    private const string Thread = "section tdata (rw) { thread \".tdata\" } section tbss (rw) { thread zero \".tbss\" }";

    private static SectionFacts ThreadData(ulong size, ulong alignment = 8) => new(".tdata", 1, 0x403, size, alignment);

    private static SectionFacts ThreadZero(ulong size, ulong alignment = 8) => new(".tbss", 8, 0x403, size, alignment);

    private static LayoutPlan Plan(string text, FactsFile facts) => Layouts.PlanClean(text, facts);

    [Fact]
    public void ThreadData_OfALibrary_IsAtOneOffsetInAllImages()
    {
        FactsFile facts = new Measured()
            .Object("a.o", Code(1), ThreadData(20), ThreadZero(8)).Object("b.o", Code(1), ThreadData(8), ThreadZero(4, 64))
            .Object("one.o", Code(1), ThreadData(100)).Object("two.o", Code(1), ThreadZero(40));
        LayoutPlan plan = Plan(Fleet + Thread, facts);
        SlotPlan[] data = plan.Images.Select(i => i.Slots.Single(s => s.Section == "tdata")).ToArray();
        SlotPlan[] zero = plan.Images.Select(i => i.Slots.Single(s => s.Section == "tbss")).ToArray();
        Assert.Single(data.Select(s => (s.Address, s.Size)).Distinct());
        Assert.Single(zero.Select(s => (s.Address, s.Size)).Distinct());
        Assert.Equal([("a.o", (ulong?)0), ("b.o", 24), ("one.o", 64)], data[0].Inputs.Select(i => (i.Path, i.Offset)));
        Assert.Equal([("a.o", (ulong?)0)], data[1].Inputs.Select(i => (i.Path, i.Offset)));
        Assert.Equal([("a.o", (ulong?)0), ("two.o", 128)], zero[1].Inputs.Select(i => (i.Path, i.Offset)));

        // One block: both are aligned to what the strictest of its parts needs, and the second follows the first.
        Assert.All(data.Concat(zero), s => Assert.Equal((0UL, 0UL), (s.Address % 64, s.Size % 64)));
        Assert.Equal(data[0].Address + data[0].Size, zero[0].Address);
        Assert.DoesNotContain(SegmentPlan.Find(plan, plan.Images[0]).SelectMany(s => s.Slots), s => s.Section == "tbss");
        string script = LayoutCompiler.EmitLinkerScript(plan, plan.Images[1]);
        Assert.Contains("tls PT_TLS FLAGS(4);", script);
        Assert.Matches(@"\.tbss 0x[0-9a-f]+ : ALIGN\(64\)\n  \{\n    \. = 0x0;\n    ""a\.o""\(\.tbss\)\n    \. = 0x80;\n    ""two\.o""\(\.tbss\)\n    \. = 0xc0;", script);
    }

    [Fact]
    public void IndirectFunctions_OfALibrary_GetStubsAndWordsAndOneTable()
    {
        FactsFile facts = new Measured()
            .Object("a.o", Code(1)).Indirect(("memcpy", 0), ("copy", 0), ("strlen", 1)).Object("b.o", Code(1)).Indirect(("sin", 0))
            .Object("one.o", Code(1)).Object("two.o", Code(1));
        LayoutPlan plan = Plan(Fleet, facts);
        SlotPlan stubs = plan.GetLibrary("a").Slots.Single(s => s.Section == "linker_function_stubs");
        SlotPlan words = plan.GetLibrary("a").Slots.Single(s => s.Section == "linker_function_words");
        Assert.Equal((16UL, 16UL), (stubs.Size, words.Size));
        string script = LayoutCompiler.EmitLinkerScript(plan, plan.GetImage("two"));
        uint displacement = unchecked((uint)(words.Address + 8 - (stubs.Address + 14)));
        Assert.Contains($"__wrap_strlen = .; BYTE(0xff) BYTE(0x25) LONG(0x{displacement:x}) BYTE(0xc3) BYTE(0xcc)", script);
        Assert.Contains("__wrap_memcpy = .; __wrap_copy = .; BYTE(0xff)", script);

        // The table has one size: in place of the function that 'b' brings, the return behind the first jump is called, before that word gets its function.
        string row = $"QUAD(0x{words.Address:x}) QUAD(37) ";
        Assert.Contains($"{row}QUAD(0x{stubs.Address + 6:x})\n    {row}QUAD(__real_memcpy)\n    QUAD(0x{words.Address + 8:x}) QUAD(37) QUAD(__real_strlen)\n    PROVIDE_HIDDEN(__rela_iplt_end", script);
        Assert.DoesNotContain("__real_sin", script);
        Assert.Contains("__real_sin", LayoutCompiler.EmitLinkerScript(plan, plan.GetImage("one")));
        Assert.Contains("--wrap=strlen\n", LayoutCompiler.EmitResponseFile(plan, plan.GetImage("two")));
        Assert.DoesNotContain("--wrap=sin\n", LayoutCompiler.EmitResponseFile(plan, plan.GetImage("two")));
    }

    [Theory]
    [InlineData("aarch64", 2, "QUAD(1032) QUAD(0x{0:x})", 12)]
    [InlineData("riscv64", 2, "QUAD(58) QUAD(__real_memcpy)", 0)]
    [InlineData("i386", 1, "LONG(42)", 0)]
    public void IndirectFunctions_OfAnotherMachine_FillTheTableAsItCan(string machine, int rows, string filled, int offset)
    {
        int number = Architecture.Find(machine)!.Machine;
        FactsFile facts = new Measured()
            .Object("a.o", number, Code(1)).Indirect(("memcpy", 0)).Object("b.o", number, Code(1)).Indirect(("sin", 0))
            .Object("one.o", number, Code(1)).Object("two.o", number, Code(1));
        LayoutPlan plan = Plan(Fleet.Replace("x86_64", machine), facts);
        LibraryPlan a = plan.GetLibrary("a");
        ulong word = a.Slots.Single(s => s.Section == "linker_function_words").Address, stub = a.Slots.Single(s => s.Section == "linker_function_stubs").Address;
        string[] lines = LayoutCompiler.EmitLinkerScript(plan, plan.GetImage("two")).Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith($"QUAD(0x{word:x})") || l.StartsWith($"LONG(0x{word:x})")).ToArray();
        Assert.Equal(rows, lines.Length);
        Assert.EndsWith(string.Format(System.Globalization.CultureInfo.InvariantCulture, filled, stub + (ulong)offset), lines[0]);
    }

    [Fact]
    public void Indirection_OfAFunction_IsAJumpAtOneAddress()
    {
        FactsFile facts = new Measured().Object("a.o", Code(1)).Object("b.o", Code(1)).Object("one.o", Code(500)).Object("two.o", Code(5));
        LayoutPlan plan = Plan(Fleet + "indirect main, on_event;", facts);
        SlotPlan[] stubs = plan.Images.Select(i => i.Slots.Single(s => s.Section == "linker_indirect_stubs")).ToArray();
        Assert.Single(stubs.Select(s => (s.Address, s.Size)).Distinct());
        Assert.Equal([new("main", IndirectionReason.Named, 0, 0), new IndirectionPlan("on_event", IndirectionReason.Named, 0, 0)], plan.Indirections);
        Assert.Contains($"__wrap_on_event = .; BYTE(0xe9) LONG(ABSOLUTE(__real_on_event) - 0x{stubs[0].Address + 13:x})", LayoutCompiler.EmitLinkerScript(plan, plan.Images[0]));
        Assert.Equal(24UL, stubs[0].Size);
        Assert.Contains("--wrap=main\n--wrap=on_event\n", LayoutCompiler.EmitResponseFile(plan, plan.Images[0]));
    }

    [Fact]
    public void Unwind_Records_HaveSlotsWithATerminatorAndATable()
    {
        SectionFacts Records(ulong size) => ReadOnly(size, ".eh_frame");
        FactsFile facts = new Measured()
            .Object("a.o", Code(1), Records(64)).Object("b.o", Code(1), Records(32)).Object("one.o", Code(1), Records(16)).Object("two.o", Code(1));
        LayoutPlan plan = Plan(Fleet + "section unwind (r) { unwind \".eh_frame\" }", facts);
        SlotPlan a = plan.GetLibrary("a").Slots.Single(s => s.Section == "unwind");
        Assert.Equal(68UL, a.Size);
        string script = LayoutCompiler.EmitLinkerScript(plan, plan.GetImage("two"));
        Assert.Matches(@"\.unwind\.a 0x[0-9a-f]+ :\n  \{\n    ""a\.o""\(\.eh_frame\)\n    LONG\(0\)", script);
        Assert.Contains($"KEEP(*crtbegin*.o(.eh_frame))\n    QUAD(0x{a.Address:x})\n    QUAD(0)\n    KEEP(*crtend*.o(.eh_frame))", script);
        Assert.Contains("--wrap=__register_frame_info\n", LayoutCompiler.EmitResponseFile(plan, plan.GetImage("two")));
        Assert.Equal(plan, LayoutDsl.Emit.PlanText.Read(LayoutDsl.Emit.PlanText.Write(plan)));
    }

    [Fact]
    public void Headers_InMemory_HaveTheFirstSegment()
    {
        FactsFile facts = new Measured().Object("a.o", Code(1)).Object("b.o", Code(1)).Object("one.o", Code(1)).Object("two.o", Code(1));
        string layout = Fleet.Replace("target x86_64 {", "target x86_64 { headers 8MiB;");
        string script = LayoutCompiler.EmitLinkerScript(Plan(layout, facts), Plan(layout, facts).Images[0]);
        Assert.Contains("PHDRS\n{\n  headers PT_LOAD FILEHDR PHDRS FLAGS(4);", script);
        Assert.Contains(".headers 0x800000 + SIZEOF_HEADERS : { BYTE(0) } :headers", script);
    }

    [Fact]
    public void Headers_InTheMiddleOfTheLibraries_AreAnOverlap()
    {
        FactsFile facts = new Measured().Object("a.o", Code(10_000)).Object("b.o", Code(1)).Object("one.o", Code(1)).Object("two.o", Code(1));
        string marked = Fleet.Replace("target x86_64 {", "target [LAY2008|x86_64|] { headers 0x101000;");
        Layouts.AssertPlanning(marked, facts);
    }
}
