using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>A fleet whose floor can be counted by hand.</summary>
public sealed class SharingFloorTests : IDisposable
{
    private const string Layout = """
        layout Floor.Fleet;
        target x86_64 { page 4KiB; entry _start; }
        region ram (rwx) { origin 4MiB; length 60MiB; }
        section text (rx) { ".text" }
        section data (rw) { ".data" }
        section bss (rw) { zero ".bss" }
        library a { objects "a.o"; }
        library b { objects "b.o"; }
        library c { objects "c.o"; }
        image x { uses a, b, c; objects "x.o"; }
        image y { uses a, b; objects "y.o"; }
        image z { uses a, b; objects "z.o"; }
        align { a.text: 8KiB; b.text: 8KiB; }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Count_LibrariesAndImages_PacksLibrariesAndCountsOtherPagesByContent()
    {
        // a and b are in the same images: 5000 + 3192 bytes of code fill two pages exactly, 8 + 8 of data one; c has one page of code.
        Assemble("a", "code 5000; .data; .quad 1; .bss; .skip 9000");
        Assemble("b", "code 3192; .data; .quad 2");
        Assemble("c", "code 100");

        // One page of code each, those of y and z the same; x has a page of data more, and one of zeros, which does not count.
        Assemble("x", ".globl _start; _start: code 64; .data; .balign 4096; .quad 7; .balign 4096; .skip 4096");
        Assemble("y", ".globl _start; _start: code 32");
        Assemble("z", ".globl _start; _start: code 32");
        (long floor, SharingReport report) = Count("x", "y", "z");
        Assert.Equal(2 + 1 + 1 + (1 + 1) + 1, floor);

        // Alignment keeps a and b apart: three pages where two would do.
        Assert.Equal(floor + 1, report.Distinct);
    }

    [Fact]
    public void Count_SomeImages_LeavesOutLibrariesThatAreInNone()
    {
        Assemble("a", "code 4096");
        Assemble("b", "code 4096");
        Assemble("c", "code 9000");
        foreach (string name in new[] { "x", "y", "z" }) Assemble(name, ".globl _start; _start: code 32");
        Assert.Equal(2 + 3 + 1, Count("x").Floor);
        Assert.Equal(2 + 1, Count("y").Floor);
        Assert.Equal(0, Count().Floor);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Assembles sections of exact sizes; <c>code N</c> stands for N bytes of instructions.</summary>
    private void Assemble(string name, string text)
    {
        folder.Write(name + ".s", ".macro code size\n.fill \\size, 1, 0x90\n.endm\n.text\n" + text.Replace(";", "\n", StringComparison.Ordinal) + "\n");
        Tool.Run(folder.Path, "as", name + ".s", "-o", name + ".o");
    }

    private (long Floor, SharingReport Report) Count(params string[] names)
    {
        BoundLayout layout = LayoutFiles.Load(folder.Write("fleet.layout", Layout)).Bound!;
        FactsFile facts = ObjectMeasurer.Measure(layout, folder.Path, null, default).Value!;
        Result<LayoutPlan> planned = LayoutCompiler.Plan(layout, facts);
        LayoutPlan plan = planned.Value!;
        Assert.Empty(FleetLinker.Link(layout, plan, facts, new LinkOptions(folder["scripts"], folder["out"]), null, default).Diagnostics.Select(d => d.ToString()));
        var images = new Dictionary<string, (ElfFile File, MemoryImage Memory)>();
        foreach (string name in names)
        {
            var bag = new DiagnosticBag();
            ElfFile file = ImageFiles.Read(Path.Combine(folder["out"], name + ".elf"), bag)!;
            images.Add(name, (file, MemoryImage.Load(file, plan.Page)));
        }

        long floor = SharingFloor.Count(plan, images);
        return (floor, PageCensus.Count(images.Values.Select(i => i.Memory).ToArray(), plan.Page, new long[names.Length], [], floor));
    }
}
