using System;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Diagnostics;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>What is linked again, and linkers that do not make what is predicted.</summary>
public sealed class UnreachedLinkerTests
{
    [Fact]
    public void Link_SecondTime_IsUpToDateUntilTheTargetChanges()
    {
        using UnreachedFleet fleet = Make();
        Assert.Equal(2, fleet.Link().Count);
        byte[] first = File.ReadAllBytes(Path.Combine(fleet.Fleet.Output, "a.elf"));
        Assert.Empty(fleet.Link());
        Assert.Equal(2, fleet.Link("kept").Count);
        Assert.NotEqual(first.Length, File.ReadAllBytes(Path.Combine(fleet.Fleet.Output, "a.elf")).Length);
        Assert.Empty(fleet.Link("kept"));
        Assert.Equal(2, fleet.Link().Count);
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(fleet.Fleet.Output, "a.elf")));
    }

    [Fact]
    public void Linker_ThatMakesOtherBytes_LeavesTheImagesWhole()
    {
        using UnreachedFleet fleet = Make();
        fleet.Link("kept");
        int whole = fleet.Read("a").Segments.Count;
        Result<LinkSummary> linked = fleet.TryLink("dropped", Wrap(fleet, "exec ld \"$@\" --no-relax"));
        Assert.Equal(2, linked.Value!.Linked.Count);
        Assert.Equal(["LAY4011", "LAY4011"], linked.Diagnostics.Select(d => d.Id));
        Assert.All(linked.Diagnostics, d => Assert.Equal(DiagnosticSeverity.Warning, d.Severity));
        string[] lines = File.ReadAllLines(fleet.Fleet.LayoutPath);
        Assert.Equal(["image a ", "image b "], linked.Diagnostics.Select(d => lines[d.Location.Lines.Start.Line][..8]));
        Assert.Contains("is not as predicted", linked.Diagnostics[0].Message, StringComparison.Ordinal);
        foreach (string image in new[] { "a", "b" })
        {
            Assert.Equal(image + "\n", fleet.Run(image));
            Assert.Contains("first", fleet.Symbols(image).Keys);
            Assert.Contains("second", fleet.Symbols(image).Keys);
        }

        Assert.Equal(whole, fleet.Read("a").Segments.Count);
    }

    /// <summary>An image may be without what it does not reach of libraries, but not without what it has for itself.</summary>
    [Fact]
    public void Verify_ImageWithoutCodeOfItsOwn_SaysSo()
    {
        using UnreachedFleet fleet = Make();
        fleet.Link();
        Tool.Run(fleet.Fleet.Output, "objcopy", "--rename-section", ".text=.elsewhere", "a.elf");
        Assert.Contains("LAY4101", fleet.Verify().Select(d => d.Id));
    }

    [Fact]
    public void Linker_ThatDefinesMore_IsNoOther()
    {
        using UnreachedFleet fleet = Make();
        fleet.Link("dropped", Wrap(fleet, "exec ld \"$@\" --defsym=extra=1"));
        fleet.Check();
        Assert.Contains("extra", fleet.Symbols("a").Keys);
        Assert.DoesNotContain("second", fleet.Symbols("a").Keys);
    }

    [Fact]
    public void Linker_ThatFails_LeavesTheEarlierImages()
    {
        using UnreachedFleet fleet = Make();
        fleet.Link();
        byte[] before = File.ReadAllBytes(Path.Combine(fleet.Fleet.Output, "a.elf"));
        Result<LinkSummary> linked = fleet.TryLink("kept", Wrap(fleet, "case \"$*\" in *--version*) exec ld \"$@\";; esac; echo no room >&2; exit 1"));
        Assert.Equal(2, linked.Value!.Failed.Count);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(fleet.Fleet.Output, "a.elf")));
        Assert.Equal(["a.elf", "b.elf"], Directory.GetFiles(fleet.Fleet.Output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Linker_OfAnotherKind_RunsWithOrWithout()
    {
        using UnreachedFleet fleet = Make();
        Result<LinkSummary> linked = fleet.TryLink("dropped", "ld.lld");
        Assert.All(linked.Diagnostics, d => Assert.Equal("LAY4011", d.Id));
        Assert.Equal(2, linked.Value!.Linked.Count);
        foreach (string image in new[] { "a", "b" })
        {
            Assert.Equal(image + "\n", fleet.Run(image));
            Assert.Equal(linked.Diagnostics.Any(d => d.Message.StartsWith($"'{image}'", StringComparison.Ordinal)), fleet.Symbols(image).ContainsKey(image == "a" ? "second" : "first"));
        }
    }

    private static string Wrap(UnreachedFleet fleet, string script)
    {
        string path = fleet.Fleet.Folder.Write("ld-wrapped", "#!/bin/sh\n" + script + "\n");
        Tool.Run(fleet.Fleet.Folder.Path, "chmod", "+x", path);
        return path;
    }

    private static UnreachedFleet Make()
    {
        var fleet = new UnreachedFleet("section got (rw) { table \".got\" \".got.plt\" \".igot\" \".igot.plt\" reserve 1KiB }");
        foreach (string name in new[] { "first", "second" }) fleet.AssembledMember(name, $".text\n.p2align 12\n.globl {name}\n{name}: call *shared@GOTPCREL(%rip)\n ret\n");
        fleet.Member("shared", "PAGE int shared(void) { return 4; }");
        fleet.Image("a", "int first(void);", "print(\"a\\n\"); return first() - 4;");
        fleet.Image("b", "int second(void);", "print(\"b\\n\"); return second() - 4;");
        return fleet;
    }
}
