using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Analysis.Verifying;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Programs over an archive whose members have pages of their own, linked by the real ld with and without what images do not reach.</summary>
internal sealed class UnreachedFleet : IDisposable
{
    /// <summary>What a member begins with: its functions and constants are on pages of their own.</summary>
    public const string Head = "#define PAGE __attribute__((aligned(4096), noinline))\nextern void print(const char *);\n";

    private const string Start = SmallFleet.Runtime + """
        extern int run(void);
        void start(void) { finish(run()); }
        __asm__(".globl _start\n_start: andq $-16, %rsp\n call start\n");
        """;

    private readonly List<string> members = [];
    private readonly SortedDictionary<string, string> images = new(StringComparer.Ordinal);
    private readonly string target;
    private readonly string more;

    /// <param name="more">Statements of the layout besides those of the fleet.</param>
    /// <param name="target">Properties of the target besides the entry.</param>
    /// <param name="code">What kind of code is compiled.</param>
    public UnreachedFleet(string more = "", string target = "", string code = "-fno-pic")
    {
        (this.more, this.target) = (more, target);
        Fleet = new SmallFleet(code: code);
        Fleet.Compile("start", Start);
    }

    public SmallFleet Fleet { get; }

    /// <summary>The libraries of images that name none.</summary>
    public string Uses { get; set; } = "sys, parts";

    /// <summary>Properties of the library of members besides these.</summary>
    public string Parts { get; set; } = "";

    /// <summary>Whether the machine runs the images as they are.</summary>
    public bool Runs { get; set; } = true;

    /// <summary>A member in C.</summary>
    public void Member(string name, string source)
    {
        Fleet.Compile(name, Head + source);
        members.Add(name + ".o");
    }

    /// <summary>A member in assembler.</summary>
    public void AssembledMember(string name, string source)
    {
        Assemble(name, source);
        members.Add(name + ".o");
    }

    public void Assemble(string name, string source)
    {
        Fleet.Folder.Write($"build/{name}.s", source + "\n");
        Tool.Run(Fleet.Folder["build"], "as", $"{name}.s", "-o", $"{name}.o");
    }

    /// <summary>An image: its function <c>run</c> gives the exit code.</summary>
    public void Image(string name, string declarations, string body, string? uses = null)
    {
        Fleet.Compile(name, $"extern void print(const char *);\n{declarations}\nint run(void) {{ {body} }}");
        images[name] = uses ?? Uses;
    }

    /// <summary>Links all images, with nothing to say about them.</summary>
    public IReadOnlyList<string> Link(string unreached = "dropped", string linker = "ld")
    {
        Result<LinkSummary> linked = TryLink(unreached, linker);
        Assert.Empty(linked.Diagnostics.Select(d => d.ToString()));
        return linked.Value!.Linked;
    }

    public Result<LinkSummary> TryLink(string unreached, string linker = "ld")
    {
        MembersFleet.Archive(Fleet, "libparts.a", [.. members]);
        File.WriteAllText(Fleet.LayoutPath, MakeLayout(unreached));
        (var layout, FactsFile facts, LayoutPlan plan) = Fleet.Plan();
        return FleetLinker.Link(layout, plan, facts, new LinkOptions(Fleet.Folder["scripts"], Fleet.Output, linker), null, default);
    }

    /// <summary>Every image runs, prints its name after what is expected, is as planned and as predicted.</summary>
    public void Check(string expected = "")
    {
        if (Runs) foreach (string image in images.Keys) Assert.Equal(expected + image + "\n", Run(image));
        CheckPlan();
    }

    /// <summary>Every image is as planned and as predicted.</summary>
    public void CheckPlan()
    {
        Assert.Equal("", string.Join("\n", Verify()));
        PredictionTests.AssertExact(Fleet);
    }

    /// <summary>What is not as planned.</summary>
    public IReadOnlyList<Diagnostic> Verify()
    {
        (_, FactsFile facts, LayoutPlan plan) = Fleet.Plan();
        var bag = new DiagnosticBag();
        ILookup<string, ObjectFacts> objects = facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
        foreach (ImagePlan image in plan.Images) PlanVerifier.Verify(plan, image, Read(image.Name), objects, bag);
        return bag.ToSortedArray();
    }

    public string Run(string image) => Tool.Run(Fleet.Output, Path.Combine(Fleet.Output, image + ".elf"));

    public ElfFile Read(string image) => ElfFile.Read(File.ReadAllBytes(Path.Combine(Fleet.Output, image + ".elf")), image);

    public MemoryImage Memory(string image) => MemoryImage.Load(Read(image), 4096);

    /// <summary>Addresses of the pages of the libraries' code and constants.</summary>
    public IEnumerable<ulong> LibraryPages() => Fleet.Plan().Plan.Libraries.SelectMany(l => l.Slots).Where(s => s.Section is "text" or "rodata" && s.Size > 0)
        .SelectMany(s => Enumerable.Range((int)(s.Address / 4096), (int)(((s.Address + s.Size + 4095) / 4096) - (s.Address / 4096))))
        .Distinct().Select(p => (ulong)p * 4096);

    /// <summary>Names and addresses of the symbols of an image.</summary>
    public Dictionary<string, ulong> Symbols(string image)
    {
        var found = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (string line in Tool.Run(Fleet.Output, "nm", image + ".elf").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 3) found[parts[2]] = ulong.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return found;
    }

    /// <summary>
    /// Links with everything and then without what is not reached, checks both, and tells which of the names are in which images: with their page and symbol, or without both. All that is there is where it was, with the same bytes.
    /// </summary>
    public string[] LinkAndFind(string[] names, string expected = "")
    {
        Link("kept");
        Check(expected);
        var kept = images.Keys.ToDictionary(i => i, i => (Symbols: Symbols(i), Memory: Memory(i)));
        Link();
        Check(expected);
        return [.. images.Keys.Select(i => $"{i}: {string.Join(" ", names.Where(n => Has(i, n, kept[i].Symbols[n], kept[i].Memory)))}".TrimEnd())];
    }

    public void Dispose() => Fleet.Dispose();

    private bool Has(string image, string name, ulong address, MemoryImage kept)
    {
        MemoryImage memory = Memory(image);
        bool hasSymbol = Symbols(image).TryGetValue(name, out ulong found);
        Assert.True(memory.HasPage(address) == hasSymbol, $"{image}: {name} at 0x{address:x}, page is there: {memory.HasPage(address)}, symbol is there: {hasSymbol}");
        if (!hasSymbol) return false;
        Assert.Equal(address, found);
        Assert.Equal(kept.GetBytes(address & ~0xfffUL).ToArray(), memory.GetBytes(address & ~0xfffUL).ToArray());
        return true;
    }

    private string MakeLayout(string unreached) => $$"""
        layout Small.Fleet;
        target x86_64 { entry _start; unreached {{unreached}}; {{target}} }
        region ram (rwx) { origin 4MiB; length 64MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        library sys { objects "build/start.o"; }
        library parts { members "build/libparts.a"; {{Parts}} }
        align { *.text: page; *.rodata: page; }
        place libraries in ram from 8MiB;
        {{more}}
        {{string.Concat(images.Select(i => $"image {i.Key} {{ uses {i.Value}; objects \"build/{i.Key}.o\"; }}\n"))}}
        """;
}
