using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

public sealed class SharingTests
{
    [Fact]
    public void Census_LinkedFleet_EveryLibraryPageIsEqualInAll()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        SharingReport report = Count(fleet);
        LibrarySharing sys = report.Libraries.Single(l => l.Name == "sys");
        Assert.Equal(5, sys.Images);
        Assert.Equal(4, report.Libraries.Single(l => l.Name == "count").Images);
        Assert.All(report.Libraries.SelectMany(l => l.Sections), s => Assert.Equal((s.Pages, true), (s.Shared, s.Address is not null)));
        Assert.True(report.Distinct < report.Pages);
        Assert.Equal(report.Pages, report.Images.Sum(i => (long)i.Pages));
    }

    [Fact]
    public void Census_LibraryThatCallsTheApplication_ListsThePageWithTheReason()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout + "\nindirect none;");
        fleet.Compile("add", "extern int own(void); int steps[4] = {1, 2, 3, 4}; int add(int n) { return own() + steps[n & 3]; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        foreach (string name in new[] { "one", "fn1", "fn2", "fn3" })
        {
            string pad = name == "one" ? "print(\"a longer function\\n\");" : "";
            fleet.Compile(name, SmallFleet.Program("extern int add(int); int own(void) { return 1; }", $"{pad} print(\"{name}\\n\"); return add(1) - 3;"));
        }

        Assert.Empty(fleet.Link().Diagnostics.Select(d => d.ToString()));
        SectionSharing text = Count(fleet).Libraries.Single(l => l.Name == "count").Sections.Single(s => s.Section == "text");
        UnsharedPage page = Assert.Single(text.Unshared);
        Assert.Equal((UnsharedKind.ApplicationSymbol, "own"), (page.Cause.Kind, page.Cause.Target));
        Assert.StartsWith("add+0x", page.Cause.From, StringComparison.Ordinal);
        Assert.Contains("indirect own;", page.Cause.Suggestion, StringComparison.Ordinal);
        Assert.True(page.DifferingBytes is > 0 and <= 8);
    }

    [Fact]
    public void MemoryImage_HandMadeSegments_CountsPagesAsMemoryHasThem()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.s", ".section .text\n.globl _start\n_start: ret\n.section .data\n.fill 5000, 1, 7\n.section .bss\n.skip 20000\n");
        Tool.Run(folder.Path, "gcc", "-c", "a.s");
        Tool.Run(folder.Path, "ld", "a.o", "-o", "a.elf");
        ElfFile file = Read(folder["a.elf"]);
        MemoryImage image = MemoryImage.Load(file, 4096);
        string independent = Tool.Run(folder.Path, "readelf", "-lW", "a.elf");
        Assert.Contains("LOAD", independent, StringComparison.Ordinal);
        Assert.Equal(2, image.Pages.Count(p => p.IsWritable));
        Assert.Equal(7, image.GetBytes(image.Pages.Last().Address)[0]);
        ulong covered = file.Segments.Where(s => s.Type == ElfSegmentType.Load).Aggregate(0UL, (sum, s) => sum + (((s.VirtualAddress + s.MemorySize + 4095) / 4096) - (s.VirtualAddress / 4096)));
        Assert.Equal(covered, (ulong)image.Pages.Count + image.ZeroPages);
    }

    [Theory]
    [InlineData("/bin/ls")]
    [InlineData("/bin/bash")]
    public void Census_SameImageTwice_HalfOfThePagesAreDistinct(string program)
    {
        ElfFile file = Read(program);
        MemoryImage image = MemoryImage.Load(file, 4096);
        SharingReport once = PageCensus.Count([image], 4096, [0], []);
        SharingReport twice = PageCensus.Count([image, image], 4096, [0, 0], []);
        Assert.Equal(2 * once.Pages, twice.Pages);
        Assert.Equal(once.Distinct, twice.Distinct);
        Assert.All(twice.Images, i => Assert.Equal(i.Pages, i.Shared));
    }

    internal static SharingReport Count(SmallFleet fleet)
    {
        LayoutPlan plan = fleet.Plan().Plan;
        var images = new Dictionary<string, (ElfFile File, MemoryImage Memory)>();
        foreach (ImagePlan image in plan.Images)
        {
            ElfFile file = Read(FleetLinker.GetImagePath(fleet.Output, image));
            images.Add(image.Name, (file, MemoryImage.Load(file, plan.Page)));
        }

        MemoryImage[] memories = images.Values.Select(i => i.Memory).ToArray();
        return PageCensus.Count(memories, plan.Page, memories.Select(m => new FileInfo(m.Name).Length).ToArray(), LibraryCensus.Count(plan, fleet.Folder.Path, images));
    }

    private static ElfFile Read(string path)
    {
        var bag = new DiagnosticBag();
        return ImageFiles.Read(path, bag) ?? throw new InvalidOperationException(string.Join('\n', bag.ToSortedArray()));
    }
}
