using System;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Analysis.Verifying;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>A fleet linked by lld and by gold: whole images that run and are as planned, a fragment, and what they cannot do.</summary>
public sealed class OtherLinkerTests : IDisposable
{
    private const string Exit = "static void quit(int c) { __asm__ volatile(\"syscall\" :: \"a\"(60), \"D\"(c)); }";

    private const string Frame = """
        layout Test.Others;
        target x86_64 { }
        region ram (rwx) { origin 256MiB; length 63MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section inits (rw) { table padded keep sort(".init_array.*") ".init_array" bounds __init_array_start __init_array_end }
        section hooks (rw) { table padded keep "hooks" reserve 64 }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        library helper { objects "helper.o"; }
        library other { objects "other.o"; }
        image one { uses helper; objects "one.o"; }
        image two { uses helper, other; objects "two.o"; }

        """;

    private readonly TemporaryFolder folder = new();

    public OtherLinkerTests()
    {
        Compile("helper", "int table[4] = {1, 2, 3, 4}; static int counter; void on_event(int); int helper(int x) { counter += x; on_event(x); return counter * 2 + table[2]; }");
        Compile("other", "int seen; int hook __attribute__((section(\"hooks\"))) = 1; __attribute__((constructor)) static void start(void) { seen = 1; } const char text[] = \"abc\"; int other(int x) { return text[x] - 'a' + hook; }");
        Compile("one", Exit + "int helper(int); void on_event(int x) { (void)x; } void _start(void) { quit(helper(2)); }");
        Compile("two", Exit + "int helper(int), other(int); int total; int unused(int x) { return x * total; } void on_event(int x) { total += x; } void _start(void) { quit(helper(2) + other(1) + total); }");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ld.bfd", "indirect auto;")]
    [InlineData("ld.lld", "indirect auto;")]
    [InlineData("ld.gold", "indirect none;")]
    public void Linker_WholeImages_RunAndAreAsPlanned(string linker, string indirect)
    {
        (Result<LinkSummary> linked, LayoutPlan plan, FactsFile facts) = Link(linker, Frame + "discard \".eh_frame\";\n" + indirect);
        Assert.Equal("", string.Join("\n", linked.Diagnostics));
        foreach ((string image, int code) in new[] { ("one", 7), ("two", 11) })
        {
            string path = folder[$"out/{image}.elf"];
            Assert.Equal(code, Tool.TryRun(folder.Path, path).Code);
            var bag = new DiagnosticBag();
            PlanVerifier.Verify(plan, plan.GetImage(image), ElfFile.Read(File.ReadAllBytes(path), path), facts.Objects.ToLookup(o => o.Path), bag);
            Assert.Equal("", string.Join("\n", bag.ToSortedArray()));
        }

        // The point of it all: the library has the same bytes at the same address in both, when its call of the application goes through a jump.
        SlotPlan text = plan.GetSlots(plan.GetImage("one")).Single(s => s.OutputSection == ".text.helper");
        Assert.Equal(indirect == "indirect auto;", Content("one", text).AsSpan().SequenceEqual(Content("two", text)));
        Assert.Equal(text.Size, (ulong)Content("two", text).Length);
    }

    [Theory]
    [InlineData("ld.lld", "section unwind (r) { \".eh_frame\" }", "lld has no places of libraries for .eh_frame")]
    [InlineData("ld.gold", "section unwind (r) { \".eh_frame\" }", "gold has no places of libraries for .eh_frame", "gold has no symbols of --wrap in scripts, which jumps need")]
    [InlineData("ld.gold", "discard \".eh_frame\"; region rom (rx) { origin 16MiB; length 1MiB; } place data in ram load in rom; indirect none;", "gold has no load addresses beside addresses")]
    public void Linker_WhatItCannotDo_IsAnErrorAndNothingIsWritten(string linker, string more, params string[] expected)
    {
        (Result<LinkSummary> linked, _, _) = Link(linker, Frame + more);
        Assert.Equal(expected, linked.Diagnostics.Select(d => d.Message).Order(StringComparer.Ordinal));
        Assert.All(linked.Diagnostics, d => Assert.Equal("LAY3010", d.Id));
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("ld.bfd")]
    [InlineData("ld.lld")]
    [InlineData("ld.gold")]
    public void Linker_FragmentOfALayout_IsIncluded(string linker)
    {
        const string text = "layout Test.Part;\nfragment part {\n  section \".text.helper\" at 0x20000000 align 4KiB { keep \".text\" from \"helper.o\"; }\n}\n";
        LoadedLayout loaded = LayoutFiles.Load(folder.Write("part.layout", text));
        folder.Write("part.ld", LayoutCompiler.EmitScript(loaded.Bound!.Scripts[0]));
        folder.Write("whole.ld", "ENTRY(_start) SECTIONS { INCLUDE part.ld\n.text 0x30000000 : { *(.text) } .data 0x31000000 : { *(.data) } .bss : { *(.bss) } }");
        Tool.Run(folder.Path, linker, "-static", "-nostdlib", "helper.o", "one.o", "-T", "whole.ld", "-o", "one");
        Assert.Equal(7, Tool.TryRun(folder.Path, folder["one"]).Code);
        Assert.Equal(0x20000000UL, ElfFile.Read(File.ReadAllBytes(folder["one"]), "one").Sections.Single(s => s.Name == ".text.helper").Address);
    }

    private void Compile(string name, string source)
    {
        folder.Write(name + ".c", source);
        Tool.Run(folder.Path, "gcc", "-g", "-O1", "-ffreestanding", "-fno-pie", "-fno-stack-protector", "-c", name + ".c");
    }

    private (Result<LinkSummary> Linked, LayoutPlan Plan, FactsFile Facts) Link(string linker, string text)
    {
        LoadedLayout loaded = LayoutFiles.Load(folder.Write("test.layout", text));
        Assert.Equal("", string.Join("\n", loaded.Diagnostics));
        FactsFile facts = ObjectMeasurer.Measure(loaded.Bound!, folder.Path, null, default).Value!;
        LayoutPlan plan = LayoutCompiler.Plan(loaded.Bound!, facts).Value!;
        return (FleetLinker.Link(loaded.Bound!, plan, facts, new LinkOptions(folder["scripts"], folder["out"], linker), null, default), plan, facts);
    }

    private byte[] Content(string image, SlotPlan slot)
    {
        string path = folder[$"out/{image}.elf"];
        byte[] bytes = File.ReadAllBytes(path);
        ElfSection section = ElfFile.Read(bytes, path).Sections.Single(s => s.Name == slot.OutputSection);
        return bytes.AsSpan((int)section.Offset, (int)section.Size).ToArray();
    }
}
