using System;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;
using static LayoutDsl.Link.Tests.MembersFleet;

namespace LayoutDsl.Link.Tests;

/// <summary>Archives that members cannot be taken out of.</summary>
public sealed class MemberErrorTests
{
    [Fact]
    public void Measure_NoArchiveAndUnneededArchive_AreDistinct()
    {
        using SmallFleet none = MakeFleet("build/none.a");
        Assert.DoesNotContain(Measure(none).Value!.Inputs, i => i.Kind == InputKind.Members);
        using SmallFleet unneeded = MakeFleet();
        Archive(unneeded, "libparts.a", "unused.o");
        Assert.Empty(Members(Measure(unneeded).Value!));
    }

    [Theory]
    [InlineData("object", "LAY4003")]
    [InlineData("garbage", "LAY4002")]
    [InlineData("truncated", "LAY4002")]
    [InlineData("member", "LAY4002")]
    [InlineData("machine", "LAY4002")]
    [InlineData("lto", "LAY4002")]
    [InlineData("index", "LAY4002")]
    public void Measure_WrongArchive_IsReportedAtThePattern(string kind, string id)
    {
        using SmallFleet fleet = MakeFleet();
        byte[] good = File.ReadAllBytes(fleet.Folder["build/third.o"]);
        string path = fleet.Folder["build/libparts.a"];
        switch (kind)
        {
            case "object":
                File.WriteAllBytes(path, good);
                break;
            case "garbage":
                File.WriteAllBytes(path, [.. Enumerable.Range(0, 5_000).Select(i => (byte)(i * 7919 >> 3))]);
                break;
            case "truncated":
                byte[] whole = File.ReadAllBytes(path);
                File.WriteAllBytes(path, whole[..(whole.Length - 700)]);
                break;
            case "member":
                // The section headers of the member are behind its end.
                byte[] archive = File.ReadAllBytes(path);
                int at = archive.AsSpan().IndexOf(good);
                archive[at + 0x2f] = 0x7f;
                File.WriteAllBytes(path, archive);
                break;
            case "machine":
                byte[] copy = File.ReadAllBytes(path);
                copy[copy.AsSpan().IndexOf(File.ReadAllBytes(fleet.Folder["build/third.o"])) + 18] = 183;
                File.WriteAllBytes(path, copy);
                break;
            case "lto":
                fleet.Folder.Write("build/third.c", "int third(void) { return 3; }");
                Tool.Run(fleet.Folder["build"], "gcc", "-c", "-O2", "-flto", "-fno-fat-lto-objects", "third.c");
                File.Delete(path);
                Tool.Run(fleet.Folder["build"], "gcc-ar", "rcs", "libparts.a", "first.o", "second.o", "third.o");
                break;
            default:
                File.Delete(path);
                Tool.Run(fleet.Folder["build"], "ar", "rcS", "libparts.a", "first.o", "second.o", "third.o");
                break;
        }

        Result<FactsFile> measured = Measure(fleet);
        Diagnostic error = Assert.Single(measured.Diagnostics);
        Assert.Equal(id, error.Id);
        Assert.Contains("libparts.a", error.Message, StringComparison.Ordinal);
        Assert.Equal(9, error.Location.Lines.Start.Line);
        Assert.Null(measured.Value);
    }

    [Fact]
    public void Write_ArchiveChangedSinceItWasMeasured_IsReported()
    {
        using SmallFleet fleet = MakeFleet();
        (BoundLayout layout, FactsFile facts, _) = fleet.Plan();
        Archive(fleet, "libparts.a", "third.o", "first.o");
        Diagnostic error = Assert.Single(MemberFiles.Write(layout, facts, fleet.Folder.Path).Diagnostics);
        Assert.Equal("LAY4001", error.Id);
        Assert.Contains("measure again", error.Message, StringComparison.Ordinal);

        // Facts that name other files get nothing written.
        FactsFile forged = facts with
        {
            Inputs = facts.Inputs.Select(i => i.Kind == InputKind.Members ? i with { Files = new[] { "evil.o" }.ToEquatableArray() } : i).ToEquatableArray(),
            Objects = facts.Objects.Select(o => o.Origin == "libparts.a(first.o)" ? o with { Path = "evil.o" } : o).ToEquatableArray(),
        };
        Assert.Equal("LAY4001", Assert.Single(MemberFiles.Write(layout, forged, fleet.Folder.Path).Diagnostics).Id);
        Assert.False(File.Exists(fleet.Folder["evil.o"]));
    }
}
