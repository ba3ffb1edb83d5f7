using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Analysis.Verifying;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Libraries in scripts that are left untouched: the distribution's own on real programs, a unikernel's, and as a fragment; what linkers cannot do.</summary>
public sealed class OverlayLinkTests
{
    private const string Helper = "int table[4] = {1, 2, 3, 4}; static int counter; int helper(int x) { counter += x; return counter * 2 + table[2]; }";

    private static string Frame(string images, string overlay) => $$"""
        layout Test.Overlay;
        target x86_64 { }
        region ram (rwx) { origin 256MiB; length 63MiB; }
        section text (rx) { ".text" ".text.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        library helper { objects "helper.o"; }
        {{images}}
        {{overlay}}
        """;

    [Fact]
    public void Overlay_OfTheDistributionsScript_ProgramsRunAndTheLibraryIsInPlace()
    {
        using var folder = new TemporaryFolder();
        string flags = "-O1 -fno-pie -ffunction-sections -fdata-sections";
        Compile(folder, flags, "helper", Helper);
        Compile(folder, flags, "one", "#include <stdio.h>\nint helper(int); int main(void) { printf(\"one %d\\n\", helper(3)); return 0; }");
        Compile(folder, flags, "two", "#include <stdio.h>\n#include <stdlib.h>\nint helper(int); static char big[9999]; int main(void) { char *p = malloc(9); big[helper(1)] = 1; printf(\"two %d %d\\n\", helper(4), p != 0); return 0; }");
        (BoundLayout layout, FactsFile facts, LayoutPlan plan) = Load(folder, Frame("image one { uses helper; objects \"one.o\"; }\nimage two { uses helper; objects \"two.o\"; }", "overlay default { after \".bss\"; }"));
        Assert.False(ScriptWriter.WriteAll(layout, plan, folder["scripts"]).HasErrors);
        foreach (string name in new[] { "one", "two" })
        {
            Tool.Run(folder.Path, "gcc", "-static", "-no-pie", name + ".o", "helper.o", $"-Wl,-T,scripts/{name}.ld", "-o", name);
            Tool.Run(folder.Path, "gcc", "-static", "-no-pie", name + ".o", "helper.o", "-o", name + ".plain");
        }

        Assert.Equal("one 9\n", Tool.Run(folder.Path, folder["one"]));
        Assert.Equal("two 13 1\n", Tool.Run(folder.Path, folder["two"]));
        SlotPlan[] slots = OverlayPlan.GetSlots(plan, plan.GetImage("one")).ToArray();
        Assert.Equal(["helper.text", "helper.data", "helper.bss"], slots.Select(s => s.Owner + "." + s.Section));
        foreach (string name in new[] { "one", "two" })
        {
            ElfFile file = Read(folder[name]);
            Assert.All(slots, s => Assert.Equal(s.Address, file.Sections.Single(x => x.Name == s.OutputSection).Address));
            Assert.Empty(Verify(plan, facts, name, file));

            // What the linker's own script places stays in front of the libraries, as if they were not there.
            Assert.True(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _));
            Assert.Contains(symbols, s => s.Name == "_end" && s.Value < slots[0].Address);
        }

        Assert.Equal(ContentOf(folder["one"], slots[0]), ContentOf(folder["two"], slots[0]));
    }

    [Theory]
    [InlineData("overlay \"link64.lds\" { after \".bss\"; headers own; }")]
    [InlineData("overlay \"link64.lds\" { before \".rodata\"; headers own; }")]
    [InlineData("overlay \"plain.lds\" { fragment \"slots.ld\"; }")]
    public void Overlay_OfAUnikernelsScript_IsLinkedAndVerified(string overlay)
    {
        using var folder = new TemporaryFolder();
        (BoundLayout layout, FactsFile facts, LayoutPlan plan) = Kernel(folder, overlay);
        Result<LinkSummary> linked = FleetLinker.Link(layout, plan, facts, new LinkOptions(folder["scripts"], folder["out"]), null, default);
        AssertNone(linked.Diagnostics);
        ElfFile file = Read(folder["out/kernel.elf"]);
        Assert.Empty(Verify(plan, facts, "kernel", file));
        Assert.Equal(0x100000UL, file.Sections.Single(s => s.Name == ".text").Address);

        // The other script decides on the image: when it changes, the image is linked again.
        Assert.Single(FleetLinker.Link(layout, plan, facts, new LinkOptions(folder["scripts"], folder["out"]), null, default).Value!.UpToDate);
        File.AppendAllText(folder[layout.Overlay!.Base], "\n");
        Assert.Single(FleetLinker.Link(layout, plan, facts, new LinkOptions(folder["scripts"], folder["out"]), null, default).Value!.Linked);
    }

    /// <summary>The script puts all sections into one segment, and the library, with zeroed data, is 3 MiB in front of them.</summary>
    [Theory]
    [InlineData("file mapped;", 3 << 20, int.MaxValue)]
    [InlineData("file packed;", 0, 32 << 10)]
    public void Overlay_RoomInsideASegment_IsInTheFileUnlessItIsPacked(string file, int least, int most)
    {
        using var folder = new TemporaryFolder();
        folder.Write("one.lds", "ENTRY(_start) PHDRS { all PT_LOAD FLAGS(7); } SECTIONS { INCLUDE slots.ld . = 0x400000; .text : { *(.text) } :all .rodata : { *(.rodata*) } :all .data : { *(.data) } :all .bss : { *(.bss) } :all /DISCARD/ : { *(.comment) *(.note*) *(.eh_frame) } }");
        Compile(folder, "-O1 -ffreestanding -fno-pie", "helper", Helper);
        Compile(folder, "-O1 -ffreestanding -fno-pie", "kernel", "int helper(int); void _start(void) { long code = helper(2); __asm__ volatile(\"syscall\" : : \"a\"(231L), \"D\"(code)); }");
        string text = Frame("image kernel { uses helper; objects \"kernel.o\"; }", "overlay \"one.lds\" { fragment \"slots.ld\"; }");
        (BoundLayout layout, FactsFile facts, LayoutPlan plan) = Load(folder, text.Replace("256MiB; length 63MiB", "1MiB; length 2MiB", StringComparison.Ordinal).Replace("x86_64 { }", $"x86_64 {{ {file} }}", StringComparison.Ordinal));
        Result<LinkSummary> linked = FleetLinker.Link(layout, plan, facts, new LinkOptions(folder["scripts"], folder["out"]), null, default);
        AssertNone(linked.Diagnostics);
        Assert.InRange(new FileInfo(folder["out/kernel.elf"]).Length, least, most);
        ElfFile image = Read(folder["out/kernel.elf"]);
        Assert.Empty(Verify(plan, facts, "kernel", image));
        Assert.All(OverlayPlan.GetSlots(plan, plan.GetImage("kernel")).Where(s => s.Size > 0), s => Assert.Equal(s.Address, image.Sections.Single(x => x.Name == s.OutputSection).Address));
        Assert.All(image.Sections.Where(s => s.IsAllocated && s.Size > 0), s => Assert.Contains(image.Segments, l => l.Type == ElfSegmentType.Load && s.Address >= l.VirtualAddress && s.Address + s.Size <= l.VirtualAddress + l.MemorySize));

        // What is packed is for a loader that copies; a kernel does not map it.
        if (least > 0) Assert.Equal(7, Tool.TryRun(folder.Path, folder["out/kernel.elf"]).Code);
        Assert.Single(FleetLinker.Link(layout, plan, facts, new LinkOptions(folder["scripts"], folder["out"]), null, default).Value!.UpToDate);
    }

    [Fact]
    public void Overlay_WithoutHeadersWhereTheScriptHasThem_IsRefused()
    {
        using var folder = new TemporaryFolder();
        (BoundLayout layout, FactsFile facts, LayoutPlan plan) = Kernel(folder, "overlay \"link64.lds\" { after \".bss\"; }");
        Result<LinkSummary> linked = FleetLinker.Link(layout, plan, facts, new LinkOptions(folder["scripts"], folder["out"]), null, default);
        Assert.Equal(["LAY3011"], linked.Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void Gold_AnOverlay_IsRefused()
    {
        using var folder = new TemporaryFolder();
        (BoundLayout layout, FactsFile facts, LayoutPlan plan) = Kernel(folder, "overlay \"link64.lds\" { after \".bss\"; headers own; }");
        Assert.Equal(["LAY3010"], FleetLinker.Link(layout, plan, facts, new LinkOptions(folder["scripts"], folder["out"], "ld.gold"), null, default).Diagnostics.Select(d => d.Id));
        Assert.Equal(["LAY3010"], FleetLinker.Link(layout, plan, facts, new LinkOptions(folder["scripts"], folder["out"], "ld", 0, LinkerKind.Gold), null, default).Diagnostics.Select(d => d.Id));
    }

    /// <summary>The tables of what gold and lld lack, against the linkers themselves.</summary>
    [Theory]
    [InlineData(LinkerKind.Gold, "ld.gold")]
    [InlineData(LinkerKind.Lld, "ld.lld")]
    public void Linker_WordsThatItLacks_AreRefusedByIt(LinkerKind kind, string program)
    {
        var examples = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["INSERT"] = Sections("") + " SECTIONS { .q : { LONG(1) } } INSERT AFTER .text;",
            ["REGION_ALIAS"] = "MEMORY { r (rwx) : ORIGIN = 0, LENGTH = 1M } REGION_ALIAS(\"C\", r) " + Sections(""),
            ["STARTUP"] = "STARTUP(kernel.o) " + Sections(""),
            ["NOCROSSREFS"] = "NOCROSSREFS(.text .data) " + Sections(""),
            ["NOCROSSREFS_TO"] = "NOCROSSREFS_TO(.text .data) " + Sections(""),
            ["FORCE_COMMON_ALLOCATION"] = "FORCE_COMMON_ALLOCATION " + Sections(""),
            ["INHIBIT_COMMON_ALLOCATION"] = "INHIBIT_COMMON_ALLOCATION " + Sections(""),
            ["FORCE_GROUP_ALLOCATION"] = "FORCE_GROUP_ALLOCATION " + Sections(""),
            ["LD_FEATURE"] = "LD_FEATURE(\"SANE_EXPR\") " + Sections(""),
            ["OUTPUT"] = "OUTPUT(named.elf) " + Sections(""),
            ["CREATE_OBJECT_SYMBOLS"] = Sections(".q : { CREATE_OBJECT_SYMBOLS }"),
            ["SORT_NONE"] = Sections(".q : { *(SORT_NONE(.q)) }"),
            ["REVERSE"] = Sections(".q : { *(REVERSE(.q)) }"),
            ["INPUT_SECTION_FLAGS"] = Sections(".q : { INPUT_SECTION_FLAGS(SHF_ALLOC & SHF_WRITE) *(.q) }"),
            ["ALIGN_WITH_INPUT"] = Sections(".q : ALIGN_WITH_INPUT { LONG(1) }"),
            ["COPY"] = Sections(".q (COPY) : { LONG(1) }"),
            ["INFO"] = Sections(".q (INFO) : { LONG(1) }"),
            ["DSECT"] = Sections(".q (DSECT) : { LONG(1) }"),
            ["OVERLAY"] = Sections("OVERLAY 0x20000 : { .q { LONG(1) } }"),
            ["READONLY"] = Sections(".q (READONLY) : { LONG(1) }"),
            ["TYPE"] = Sections(".q (TYPE = 1) : { LONG(1) }"),
            ["LOG2CEIL"] = Sections("x = LOG2CEIL(9);"),
            ["NEXT"] = Sections("x = NEXT(9);"),
        };
        using var folder = new TemporaryFolder();
        Compile(folder, "-O1 -ffreestanding -fno-pie", "kernel", "int _start(void) { return 0; }");
        foreach (string word in LinkerKinds.GetUnknown(kind))
        {
            folder.Write("word.ld", examples[word]);
            Assert.True(Tool.TryRun(folder.Path, program, "-T", "word.ld", "kernel.o", "-o", "word.elf").Code != 0, $"{program} links {word}");
        }
    }

    private static string Sections(string more) => $"SECTIONS {{ . = 0x10000; .text : {{ *(.text) }} {more} }}";

    private static (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan) Kernel(TemporaryFolder folder, string overlay)
    {
        string script = Repository.Read("tests", "LayoutDsl.Link.Tests", "Importing", "Scripts", "link64.lds");
        folder.Write("link64.lds", script);
        string[] headers = [" :text =0x90909090", " :rodata", " :data :tls", " :tls", " :data"];
        string plain = headers.Aggregate(script, (s, h) => s.Replace("}" + h, "}", StringComparison.Ordinal)).Replace("PHDRS", "PHDRS_", StringComparison.Ordinal);
        int start = plain.IndexOf("PHDRS_", StringComparison.Ordinal);
        plain = plain.Remove(start, plain.IndexOf('}', start) + 1 - start).Replace("    . = 0x100000;", "    INCLUDE slots.ld\n    . = 0x100000;", StringComparison.Ordinal);
        folder.Write("plain.lds", plain);
        Compile(folder, "-O1 -ffreestanding -fno-pie", "helper", Helper);
        Compile(folder, "-O1 -ffreestanding -fno-pie", "kernel", "int helper(int); int _start(void) { return helper(2); }");
        return Load(folder, Frame("image kernel { uses helper; objects \"kernel.o\"; }", overlay));
    }

    private static void Compile(TemporaryFolder folder, string flags, string name, string source)
    {
        folder.Write(name + ".c", source);
        Tool.Run(folder.Path, "gcc", [.. flags.Split(' '), "-c", name + ".c", "-o", name + ".o"]);
    }

    private static (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan) Load(TemporaryFolder folder, string text)
    {
        LoadedLayout loaded = LayoutFiles.Load(folder.Write("test.layout", text));
        AssertNone(loaded.Diagnostics);
        Result<FactsFile> facts = ObjectMeasurer.Measure(loaded.Bound!, folder.Path, null, default);
        AssertNone(facts.Diagnostics);
        Result<LayoutPlan> plan = LayoutCompiler.Plan(loaded.Bound!, facts.Value);
        AssertNone(plan.Diagnostics);
        return (loaded.Bound!, facts.Value!, plan.Value!);
    }

    private static void AssertNone(IEnumerable<Diagnostic> diagnostics) => Assert.Equal("", string.Join("\n", diagnostics));

    private static ElfFile Read(string path) => ElfFile.Read(File.ReadAllBytes(path), path);

    private static string[] Verify(LayoutPlan plan, FactsFile facts, string image, ElfFile file)
    {
        var bag = new DiagnosticBag();
        PlanVerifier.Verify(plan, plan.GetImage(image), file, facts.Objects.ToLookup(o => o.Path), bag);
        return bag.ToSortedArray().Select(d => d.ToString()).ToArray();
    }

    private static byte[] ContentOf(string path, SlotPlan slot)
    {
        ElfSection section = Read(path).Sections.Single(s => s.Name == slot.OutputSection);
        return File.ReadAllBytes(path).AsSpan((int)section.Offset, (int)section.Size).ToArray();
    }
}
