using System.Linq;
using LayoutDsl.Benchmarks;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Planning;

/// <summary>Data of a fleet that others measured, as the benchmark <c>real-fleet</c> reads it.</summary>
public sealed class RealFleetTests
{
    private const string Json = """
        {
          "images": {
            "hello": { "libc": ["aa", "bb", "b2"], "apphello": ["dd"] },
            "store": { "libc": ["aa", "cc", "b2"], "libkv": ["ee"] }
          },
          "objects": {
            "aa": { "name": "memcpy.o", "sections": [[".text", "bits", 6, 5000, 16], [".comment", "bits", 48, 10, 1]] },
            "bb": { "name": "name.o", "sections": [[".rodata.str1.1", "bits", 50, 100, 1]] },
            "cc": { "name": "name.o", "sections": [[".rodata.str1.1", "bits", 50, 120, 1]] },
            "b2": { "name": "name.o", "sections": [[".bss", "nobits", 3, 64, 8]] },
            "dd": { "name": "main.o", "sections": [[".text", "bits", 6, 10, 16], [".uk_inittab", "bits", 2, 8, 8]] },
            "ee": { "name": "main.o", "sections": [[".text", "bits", 6, 20, 16]] }
          }
        }
        """;

    [Fact]
    public void Read_LibraryOfTwoImages_IsBuiltForEachAndSharedByContent()
    {
        var fleet = RealFleet.Read(Json);
        LayoutPlan plan = Layouts.Plan(fleet.Layout, fleet.Facts).Value!;
        LibraryPlan library = Assert.Single(plan.Libraries);
        Assert.Equal(("libc", true, 2), (library.Name, library.IsPerImage, library.ImageCount));
        Assert.Equal(["", "a", "b"], library.Slots.Where(s => s.Section is "text" or "rodata" && s.Size > 0).Select(s => s.Images.Count == 0 ? "" : s.Images[0] == "hello" ? "a" : "b"));

        // memcpy.o is the same in both images (two pages), name.o is not (one page each), and main.o is an image's own, as is the table.
        var costs = PlanCosts.Of(plan);
        Assert.Equal((4UL, 3UL), (costs.Shared, costs.Own));
    }

    [Fact]
    public void Read_FactsAsText_AreReadBackEqual()
    {
        FactsFile facts = RealFleet.Read(Json).Facts;
        Assert.Equal(facts, FactsText.Read(FactsText.Write(facts), out string? error));
        Assert.Null(error);
    }
}
