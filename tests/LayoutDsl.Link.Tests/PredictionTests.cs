using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.References;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Link.Tests;

/// <summary>What is predicted of images is compared with what GNU ld makes of them, byte for byte.</summary>
public sealed class PredictionTests
{
    private const string Table = "section got (rw) { table \".got\" \".got.plt\" \".igot\" \".igot.plt\" reserve 256B }\n";

    [Theory]
    [InlineData(SmallFleet.Layout)]
    [InlineData(SmallFleet.PackedLayout)]
    public void Prediction_SmallFleet_IsWhatTheLinkerMakes(string layout)
    {
        using var fleet = new SmallFleet(layout);
        Assert.Empty(fleet.Link().Diagnostics);
        AssertExact(fleet);
    }

    [Fact]
    public void Prediction_HeadersInMemory_AreKnownButForThePlaceOfTheSectionHeaders()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout.Replace("entry _start;", "entry _start; headers 2MiB;", StringComparison.Ordinal)
            + "section tdata (rw) { thread \".tdata\" }\nsection tbss (rw) { thread zero \".tbss\" }\nsection notes (r) { keep \".note.who\" }\n");
        Assemble(fleet, "name", """
            .globl count_name
            .text
            count_name: movl %fs:counter@tpoff, %eax
             leaq word(%rip), %rax
             ret
            .type chosen, @gnu_indirect_function
            chosen: ret
            .section .rodata
            word: .asciz "count"
            .section .tdata, "awT", @progbits
            .p2align 4
            counter: .long 7
            .section .tbss, "awT", @nobits
            .zero 40
            .section .note.who, "a", @note
            .long 4, 0, 1
            .asciz "abc"
            """);
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        Assert.Empty(fleet.Link().Diagnostics);
        FleetPrediction prediction = AssertExact(fleet);
        foreach (MemoryImage image in prediction.Images)
        {
            byte[] linked = File.ReadAllBytes(Path.Combine(fleet.Output, image.Name + ".elf"));
            Assert.Equal(linked[16..40], image.GetBytes(0x200000).Slice(16, 24).ToArray());
            Assert.NotEqual(linked[40..48], image.GetBytes(0x200000).Slice(40, 8).ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Prediction_StringsAndConstants_AreMergedAsTheLinkerDoes(int seed)
    {
        using var fleet = new SmallFleet();
        var random = new Random(seed);
        for (int i = 0; i < 3; i++) Assemble(fleet, i == 0 ? "sys2" : i == 1 ? "add2" : "name2", MakeMergeable(random));
        Tool.Run(fleet.Folder["build"], "ld", "-r", "sys.o", "sys2.o", "-o", "both.o");
        Tool.Run(fleet.Folder["build"], "mv", "both.o", "sys.o");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o", "add2.o", "name2.o");
        Assert.Empty(fleet.Link().Diagnostics);
        AssertExact(fleet);
    }

    [Fact]
    public void Prediction_InstructionsThatTheLinkerRewrites_AreRewritten()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout + Table + "section tdata (rw) { thread \".tdata\" }\nsection tbss (rw) { thread zero \".tbss\" }\n");
        Assemble(fleet, "name", """
            .globl count_name, values, own
            .text
            count_name:
             movq total@GOTPCREL(%rip), %rax
             movq absent@GOTPCREL(%rip), %r9
             movl total@GOTPCREL(%rip), %ecx
             call *add@GOTPCREL(%rip)
             jmp *add@GOTPCREL(%rip)
             testq %rax, total@GOTPCREL(%rip)
             addq total@GOTPCREL(%rip), %r12
             cmpq $0, absent@GOTPCREL(%rip)
             cmpq $0, own@GOTPCREL(%rip)
             pushq add@GOTPCREL(%rip)
             movq each@gottpoff(%rip), %r10
             addq each@gottpoff(%rip), %rax
             addq each@gottpoff(%rip), %r12
             movl %fs:zeroed@tpoff, %eax
             .byte 0x66
             leaq each@tlsgd(%rip), %rdi
             .word 0x6666
             rex64
             call __tls_get_addr@PLT
             movq __start_hooks@GOTPCREL(%rip), %rsi
             .p2align 6
             ret
            .weak absent
            .data
            values: .quad count_name + 5, own - 3
             .long count_name, own - .
            own: .quad 0
             .comm first, 40, 32
             .comm second, 7, 1
             .comm third, 16, 8
            .section .tdata, "awT", @progbits
             .p2align 4
            each: .quad 77
            .section .tbss, "awT", @nobits
            zeroed: .skip 24
            """);
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        Assert.Empty(fleet.Link().Diagnostics);
        AssertExact(fleet);
    }

    [Fact]
    public void Table_ImagesThatNeedOtherEntries_HasOneOrder()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout + Table);
        Assemble(fleet, "name", ".globl count_name\n.text\ncount_name: cmpq $0, zz_missing@GOTPCREL(%rip)\n cmpq $0, add@GOTPCREL(%rip)\n ret\n.weak zz_missing\n");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        foreach (int n in new[] { 1, 2, 3 })
        {
            string own = string.Concat(Enumerable.Range(0, n - 1).Select(i => $" cmpq $0, own{n}{i}@GOTPCREL(%rip)\n.weak own{n}{i}\n"));
            Assemble(fleet, $"fn{n}", $".section hooks, \"a\"\n.quad run\n.text\nrun: xorl %eax, %eax\n{own} ret\n");
        }

        Assert.Empty(fleet.Link().Diagnostics);
        FleetPrediction prediction = AssertExact(fleet);
        SectionSharing text = LibraryCensus.Count(prediction).Single(l => l.Name == "count").Sections.Single(s => s.Section == "text");
        Assert.Empty(text.Unshared);
    }

    [Fact]
    public void Graph_LibraryThatNeedsTheApplication_HasTheReferencesThatAreUnstable()
    {
        using var fleet = new SmallFleet();
        fleet.Compile("add", "extern int own(void); extern int maybe __attribute__((weak)); int steps[4] = {1, 2, 3, 4}; int add(int n) { return own() + own() + steps[n & 3] + (&maybe != 0); }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        foreach (string name in new[] { "one", "fn1", "fn2", "fn3" })
        {
            string own = name == "one" ? "int own(void) { print(\"x\"); return 1; } int maybe = 4;" : "int own(void) { return 1; }";
            fleet.Compile(name, SmallFleet.Program("extern int add(int); " + own, "return add(1) - 3;"));
        }

        FleetPrediction prediction = Predict(fleet);
        LibraryReferences count = ReferenceGraph.Build(prediction).Libraries.Single(l => l.Name == "count");
        Assert.Equal((4, 2), (count.Images, count.Families));
        UnstableReference missing = Assert.Single(count.Unstable, u => u.Cause.Kind == UnsharedKind.MissingSymbol);
        Assert.Equal("maybe", missing.Cause.Target);
        Assert.Contains(missing.Meetings, m => m.Value == 0 && m.Images.SequenceEqual(["fn1", "fn2", "fn3"]));
        UnsharedPage page = Assert.Single(LibraryCensus.Count(prediction).Single(l => l.Name == "count").Sections.Single(s => s.Section == "text").Unshared);
        Assert.Equal(count.Unstable.Count, page.Causes.Count);
        Assert.Equal(["fn1", "fn2", "fn3"], page.Partition[0]);
    }

    [Fact]
    public void Comparison_ImageOfAnotherTime_IsReportedWithPageAndPlace()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        fleet.Compile("add", "int total; int steps[4] = {1, 2, 3, 9}; int add(int n) { total += steps[n & 3]; return total; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        var bag = new DiagnosticBag();
        (_, int different) = PredictionComparison.Compare(Predict(fleet), Load(fleet), bag);
        Assert.Equal(4, different);
        Assert.All(bag.ToSortedArray(), d => Assert.Equal("LAY9002", d.Id));
        Assert.Contains("has 0x04, predicted is 0x09, in build/libcount.a(add.o)(.data)+0xc", bag.ToSortedArray()[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Asserts that every page of the linked images is what is predicted.</summary>
    internal static FleetPrediction AssertExact(SmallFleet fleet)
    {
        FleetPrediction prediction = Predict(fleet);
        var bag = new DiagnosticBag();
        (int equal, int different) = PredictionComparison.Compare(prediction, Load(fleet), bag);
        Assert.True(bag.ToSortedArray().Count == 0, string.Join("\n", bag.ToSortedArray()));
        Assert.Equal((SharingTests.Count(fleet).Pages, 0L), (equal, different));
        return prediction;
    }

    internal static FleetPrediction Predict(SmallFleet fleet)
    {
        Result<FleetPrediction> predicted = FleetPrediction.Predict(fleet.Plan().Plan, fleet.Folder.Path, SourceLocation.OfFile("fleet.layout"), null, default);
        if (predicted.Diagnostics.Count > 0) throw new InvalidOperationException(string.Join("\n", predicted.Diagnostics));
        return predicted.Value!;
    }

    private static Dictionary<string, MemoryImage> Load(SmallFleet fleet) => fleet.Plan().Plan.Images.ToDictionary(
        i => i.Name,
        i => MemoryImage.Load(ImageFiles.Read(FleetLinker.GetImagePath(fleet.Output, i), new DiagnosticBag())!, fleet.Plan().Plan.Page),
        StringComparer.Ordinal);

    private static void Assemble(SmallFleet fleet, string name, string source)
    {
        fleet.Folder.Write($"build/{name}.s", source + "\n");
        Tool.Run(fleet.Folder["build"], "as", $"{name}.s", "-o", $"{name}.o");
        System.IO.File.Delete(fleet.Folder[$"build/{name}.s"]);
    }

    /// <summary>Strings that often are equal or tails of each other, in sections of all kinds, with references into them.</summary>
    private static string MakeMergeable(Random random)
    {
        var text = new StringBuilder();
        var references = new StringBuilder(".section .data\n.p2align 3\n");
        foreach ((string directive, int entry, int alignment) in new[] { ("string", 1, 1), ("string", 1, 8), ("string16", 2, 2), ("string32", 4, 4), ("string32", 4, 16) })
        {
            text.Append(CultureInfo.InvariantCulture, $".section .rodata.str{entry}.{alignment},\"aMS\",@progbits,{entry}\n.p2align {int.Log2(alignment)}\n");
            for (int i = 0; i < 60; i++)
            {
                string word = string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => (char)('a' + random.Next(2))));
                if (alignment > entry && random.Next(2) == 0) text.Append(CultureInfo.InvariantCulture, $".p2align {int.Log2(alignment)}\n");
                text.Append(CultureInfo.InvariantCulture, $".L{entry}_{alignment}_{i}: .{directive} \"{word}\"\n");
                references.Append(CultureInfo.InvariantCulture, $".quad .L{entry}_{alignment}_{i} + {random.Next(word.Length + 1) * entry}\n");
            }
        }

        foreach (int size in new[] { 4, 8, 16 })
        {
            text.Append(CultureInfo.InvariantCulture, $".section .rodata.cst{size},\"aM\",@progbits,{size}\n.p2align {int.Log2(size)}\n");
            for (int i = 0; i < 20; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $".Lc{size}_{i}: .fill {size}, 1, {random.Next(1, 9)}\n");
                references.Append(CultureInfo.InvariantCulture, $".quad .Lc{size}_{i} + {random.Next(size)}\n");
            }
        }

        return text.Append(references).ToString();
    }
}
