using System;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Link.Tests.MembersFleet;

namespace LayoutDsl.Link.Tests;

/// <summary>What was measured is taken from the cache exactly as long as nothing has changed.</summary>
public sealed class MeasurementCacheTests
{
    private const string Kept = "obj/fleet/measured";

    [Fact]
    public void Measure_SecondTime_ReadsNoObject()
    {
        using SmallFleet fleet = MakeFleet();
        (FactsFile first, int measured) = MeasureCached(fleet);
        Assert.Equal(FactsText.Write(Measure(fleet).Value!), FactsText.Write(first));
        (FactsFile second, int again) = MeasureCached(fleet);
        Assert.Equal(FactsText.Write(first), FactsText.Write(second));
        Assert.True(measured > 0);
        Assert.Equal(0, again);
    }

    [Theory]
    [InlineData("object of the application")]
    [InlineData("member that is linked")]
    [InlineData("member that is not linked")]
    [InlineData("new file")]
    [InlineData("file is gone")]
    [InlineData("thin member")]
    public void Measure_SomethingChanged_MeasuresAgain(string what)
    {
        using SmallFleet fleet = MakeFleet();
        string[] members = ["unused.o", "third.o", "second.o", "first.o", "fourth.o"];
        if (what == "thin member")
        {
            File.Delete(fleet.Folder["build/libparts.a"]);
            Tool.Run(fleet.Folder["build"], "ar", ["rcsT", "libparts.a", .. members]);
        }

        if (what is "new file" or "file is gone") File.WriteAllText(fleet.LayoutPath, File.ReadAllText(fleet.LayoutPath).Replace("build/two.o", "build/two*.o", StringComparison.Ordinal));
        MeasureCached(fleet);
        string changed = what switch { "object of the application" => "one", "member that is not linked" => "unused", "new file" => "two_more", "file is gone" => "two", _ => "third" };

        // A file with the same size and the same time as before.
        DateTime time = File.GetLastWriteTimeUtc(fleet.Folder["build/sys.o"]);
        if (what == "file is gone") File.Delete(fleet.Folder["build/two.o"]);
        else if (what == "object of the application") fleet.Compile("one", SmallFleet.Program("extern int first(void);", "print(\"eno\\n\"); return first() - 2;"));
        else fleet.Compile(changed, $"int {changed}(void) {{ return 9; }}");
        if (File.Exists(fleet.Folder[$"build/{changed}.o"])) File.SetLastWriteTimeUtc(fleet.Folder[$"build/{changed}.o"], time);
        if (what.StartsWith("member", StringComparison.Ordinal)) Archive(fleet, "libparts.a", members);
        (FactsFile facts, int measured) = MeasureCached(fleet);
        Assert.True(measured > 0);
        Assert.Equal(FactsText.Write(Measure(fleet).Value!), FactsText.Write(facts));
        Assert.Equal(0, MeasureCached(fleet).Measured);
    }

    [Theory]
    [InlineData("image two { uses sys, parts;", "image two { uses sys;", true)]
    [InlineData("place libraries in ram from 8MiB;", "place libraries in ram from 16MiB;", false)]
    public void Measure_LayoutChanged_MeasuresAgainWhenThatMatters(string old, string changed, bool matters)
    {
        using SmallFleet fleet = MakeFleet();
        if (matters) fleet.Compile("two", SmallFleet.Program("", "print(\"two\\n\"); return 0;"));
        MeasureCached(fleet);
        File.WriteAllText(fleet.LayoutPath, File.ReadAllText(fleet.LayoutPath).Replace(old, changed, StringComparison.Ordinal));
        Assert.Equal(matters, MeasureCached(fleet).Measured > 0);
    }

    [Fact]
    public void Measure_DamagedCache_IsMeasuredAgain()
    {
        using SmallFleet fleet = MakeFleet();
        (FactsFile first, _) = MeasureCached(fleet);
        string good = File.ReadAllText(fleet.Folder[Kept]);
        string[] damaged =
        [
            "", "\n", "layoutdsl-measured", good[..(good.Length / 2)], good.Replace("section 1", "section 2", StringComparison.Ordinal), good.Replace(".text", ".tent", StringComparison.Ordinal),
            good + "\n", good[(good.IndexOf('\n', StringComparison.Ordinal) + 1)..], good.Replace("read \"build/one.o\"", "", StringComparison.Ordinal), "\0\0\0" + good,
        ];
        foreach (string text in damaged.Where(d => d != good))
        {
            File.WriteAllText(fleet.Folder[Kept], text);
            (FactsFile facts, int measured) = MeasureCached(fleet);
            Assert.True(measured > 0, text[..Math.Min(60, text.Length)]);
            Assert.Equal(FactsText.Write(first), FactsText.Write(facts));
            Assert.Equal(good, File.ReadAllText(fleet.Folder[Kept]));
        }
    }

    [Fact]
    public void Measure_WithReports_SaysThemEachTime()
    {
        using SmallFleet fleet = MakeFleet();
        fleet.Compile("third", "extern int own(void); int third(void) { return own(); }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        fleet.Compile("two", SmallFleet.Program("extern int third(void);", "print(\"two\\n\"); return third() - 3;") + "int own(void) { return 3; }");
        for (int i = 0; i < 2; i++) Assert.Equal("LAY4008", Assert.Single(Run(fleet, null).Diagnostics).Id);
        Assert.False(File.Exists(fleet.Folder[Kept]));
    }

    private static (FactsFile Facts, int Measured) MeasureCached(SmallFleet fleet)
    {
        int measured = 0;
        return (Run(fleet, (done, all) => measured = all).Value!, measured);
    }

    private static Result<FactsFile> Run(SmallFleet fleet, Action<int, int>? progress)
    {
        Model.BoundLayout layout = fleet.Bind();
        return MeasurementCache.Measure(layout, fleet.Folder.Path, ObjectMeasurer.GetDefaultMemberDirectory(layout), fleet.Folder[MeasurementCache.GetDefaultPath(layout)], progress, default);
    }
}
