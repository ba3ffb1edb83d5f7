using System;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

public sealed class MeasuringTests
{
    [Fact]
    public void Measure_RealObjects_AgreesWithReadelf()
    {
        using var fleet = new SmallFleet();
        FactsFile facts = fleet.Plan().Facts;
        ObjectFacts sys = facts.Objects.Single(o => o.Path == "build/sys.o");
        string[] expected = Tool.Run(fleet.Folder.Path, "readelf", "-SW", "build/sys.o").Split('\n')
            .Select(l => l.Replace("[ ", "[", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f.Length > 8 && f[0].StartsWith('[') && f[1].StartsWith('.') && f[7].Contains('A', StringComparison.Ordinal))
            .Select(f => $"{f[1]} {Convert.ToUInt64(f[5], 16)} {f[^1]}")
            .ToArray();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, sys.Sections.Select(s => FormattableString.Invariant($"{s.Name} {s.Size} {s.Alignment}")));
        Assert.Equal(["add.o", "name.o"], facts.Objects.Where(o => o.Path == "build/libcount.a").Select(o => o.Member));
    }

    [Fact]
    public void Measure_CommonSymbols_AreInTheFacts()
    {
        using var fleet = new SmallFleet();
        fleet.Folder.Write("build/c.c", "int shared[100]; double other;");
        Tool.Run(fleet.Folder["build"], "gcc", "-c", "-fcommon", "-o", "two.o", "c.c");
        ObjectFacts two = ObjectMeasurer.Measure(fleet.Bind(), fleet.Folder.Path, null, default).Value!.Objects.Single(o => o.Path == "build/two.o");
        Assert.Equal([new CommonFacts("other", 8, 8), new CommonFacts("shared", 400, 32)], two.Commons.OrderBy(c => c.Name));
    }

    [Fact]
    public void Measure_ThinArchive_ReadsItsMembers()
    {
        using var fleet = new SmallFleet();
        FactsFile before = fleet.Plan().Facts;
        File.Delete(fleet.Folder["build/libcount.a"]);
        Tool.Run(fleet.Folder["build"], "ar", "rcsT", "libcount.a", "add.o", "name.o");
        FactsFile after = fleet.Plan().Facts;
        Assert.Equal(["build/add.o", "build/name.o"], after.Objects.Where(o => o.Path == "build/libcount.a").Select(o => o.Member));
        Assert.Equal(before.Objects.Select(o => o.ContentId), after.Objects.Select(o => o.ContentId));
        Assert.Empty(fleet.Link().Diagnostics.Select(d => d.ToString()));
    }

    [Theory]
    [InlineData("garbage", "LAY4003")]
    [InlineData("truncated", "LAY4002")]
    [InlineData("linked", "LAY4003")]
    [InlineData("archive", "LAY4003")]
    public void Measure_WrongFile_IsReportedAtThePattern(string kind, string id)
    {
        using var fleet = new SmallFleet();
        byte[] good = File.ReadAllBytes(fleet.Folder["build/two.o"]);
        byte[] bad = kind switch
        {
            "garbage" => Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7919 >> 3)).ToArray(),
            "truncated" => good[..(good.Length - 200)],
            "linked" => File.ReadAllBytes("/bin/ls"),
            _ => File.ReadAllBytes(fleet.Folder["build/libcount.a"]),
        };
        fleet.Folder.Write("build/two.o", bad);
        Result<FactsFile> measured = ObjectMeasurer.Measure(fleet.Bind(), fleet.Folder.Path, null, default);
        Diagnostic error = Assert.Single(measured.Diagnostics);
        Assert.Equal(id, error.Id);
        Assert.Contains("build/two.o", error.Message, StringComparison.Ordinal);
        Assert.Equal(11, error.Location.Lines.Start.Line);
        Assert.Null(measured.Value);
    }

    [Fact]
    public void Patterns_Wildcards_FindFilesInOrdinalOrder()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "a/x.o", "a/y.o", "a/b/z.o", "a/b/c/w.o", "a/x.c", "d/x.o" }) folder.Write(name, "");
        Assert.Equal(["a/x.o", "a/y.o"], FilePatterns.Expand(folder.Path, "a/*.o"));
        Assert.Equal(["a/b/c/w.o", "a/b/z.o", "a/x.o", "a/y.o"], FilePatterns.Expand(folder.Path, "a/**/*.o"));
        Assert.Equal(["a/x.o", "d/x.o"], FilePatterns.Expand(folder.Path, "?/x.o"));
        Assert.Equal([folder["d/x.o"]], FilePatterns.Expand(folder.Path, folder["d/*.o"]));
        Assert.Empty(FilePatterns.Expand(folder.Path, "none/*.o"));
        Assert.Empty(FilePatterns.Expand(folder.Path, "a"));
    }

    [Fact]
    public void Patterns_LinkToAFolderAbove_EndsAnyway()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/x.o", "");
        Directory.CreateSymbolicLink(folder["a/up"], folder.Path);
        Assert.Equal(["a/x.o"], FilePatterns.Expand(folder.Path, "**/*.o"));
    }

    [Fact]
    public void Load_IncludesAndWrongBytes_AreHandled()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sub/part.layout", "library part { objects \"o/*.o\"; }");
        string root = folder.Write("root.layout", "layout A.B; include \"sub/part.layout\"; target x86_64 { } region r (rwx) { origin 0; length 1MiB; } image i { uses part; objects \"i.o\"; }");
        BoundLayout layout = LayoutFiles.Load(root).Bound!;
        Assert.Equal("sub/o/*.o", layout.Libraries[0].Inputs[0].Pattern);
        folder.Write("bad.layout", [0xff, 0xfe, 0x00, 0x41]);
        Assert.Equal("LAY0010", Assert.Single(LayoutFiles.Load(folder["bad.layout"]).Diagnostics, d => d.Id.StartsWith("LAY0", StringComparison.Ordinal)).Id);
        Assert.Equal("LAY4001", Assert.Single(LayoutFiles.Load(folder["none.layout"]).Diagnostics).Id);
    }
}
