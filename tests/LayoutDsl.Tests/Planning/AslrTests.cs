using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LayoutDsl.Emit;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Blocks;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Planning;

/// <summary>Addresses that differ between images.</summary>
public sealed class AslrTests
{
    private const string Fleet = Layouts.Frame + """

        library one { objects "one.o"; }
        library two { objects "two.o"; }
        library low { objects "low.o"; }
        image a { uses one, two, low; objects "a.o"; }
        image b { uses one, low; objects "b.o"; }
        place libraries in ram from 2MiB;
        place images after libraries;
        symbol after = endof(images);
        symbol code = addressof(one.text);
        symbol stack = 16KiB;

        """;

    private static readonly FactsFile Facts = new Measured()
        .Object("one.o", Code(5000), ReadOnly(100), Data(300), Zeroed(9000))
        .Object("two.o", Code(100), Data(8))
        .Object("low.o", Code(40), ReadOnly(4000))
        .Object("a.o", Code(300), Data(50))
        .Object("b.o", Code(7000), Zeroed(100))
        .ToFacts();

    [Theory]
    [InlineData("aslr none;", AslrMode.None, "")]
    [InlineData("aslr slide { seed 42; }", AslrMode.Slide, "42")]
    [InlineData("aslr shuffle { seed from \"{build}-x\"; granularity 2MiB; within high; fixed low, one; tables apart; }", AslrMode.Shuffle, "night-x")]
    [InlineData("aslr mode { seed 40 + 2; }", AslrMode.Slide, "42")]
    public void Declaration_OfEachMode_IsBound(string declaration, AslrMode mode, string seed)
    {
        BoundAslr aslr = Layouts.BindClean(Fleet + "param build = \"night\";\nparam mode = \"slide\";\nregion high (rwx) { origin 128MiB; length 64MiB; }\n" + declaration).Aslr!;
        Assert.Equal((mode, seed), (aslr.Mode, aslr.Seed));
        bool isFull = declaration.Contains("within", StringComparison.Ordinal);
        Assert.Equal(isFull, aslr.HasTablesApart);
        Assert.Equal(isFull ? (2UL << 20, "high", "low one") : (4096UL, null, ""), (aslr.Granularity, aslr.Region, string.Join(" ", aslr.Fixed)));
    }

    [Theory]
    [InlineData("aslr sliide { seed 1; }", "LAY1003")]
    [InlineData("aslr static_pie { seed 1; }", "LAY2082")]
    [InlineData("aslr shuffle { seed 1; tables alone; }", "LAY1003")]
    [InlineData("aslr slide;", "LAY1006")]
    [InlineData("aslr slide { seed 1; granularity 3KiB; }", "LAY1011")]
    [InlineData("aslr slide { seed 1; granularity 1KiB; }", "LAY1012")]
    [InlineData("aslr shuffle { seed 1; fixed lov; within rum; }", "LAY1003", "LAY1003")]
    [InlineData("aslr shuffle { seed 1; speed 2; }", "LAY1004")]
    [InlineData("aslr shuffle { seed from 7; }", "LAY1007")]
    [InlineData("aslr shuffle { seed 1; granularity from 4KiB; }", "LAY1007")]
    [InlineData("aslr none;\naslr none;", "LAY1002")]
    public void Declaration_WithAMistake_IsDiagnosed(string declaration, params string[] ids) => Assert.Equal(ids, Layouts.Bind(Fleet + declaration).Diagnostics.Select(d => d.Id));

    [Theory]
    [InlineData("aslr slide { seed 1; fixed low; }", "LAY2080")]
    [InlineData("aslr slide { seed 1; }\nplace bss in ram from 32MiB;", "LAY2080")]
    [InlineData("aslr slide { seed 1; }\noverlay default { after \".bss\"; }", "LAY2080")]
    [InlineData("aslr shuffle { seed 1; within small; }\nregion small (rwx) { origin 128MiB; length 40KiB; }", "LAY2081")]
    public void Plan_ThatCannotMove_IsDiagnosed(string declaration, string id) => Assert.Equal([id], Layouts.Plan(Fleet + declaration, Facts).Diagnostics.Select(d => d.Id));

    [Fact]
    public void Shuffle_OnAnotherMachine_IsRefusedAndSlideIsNot()
    {
        static string[] Ids(string mode) => Layouts.Plan((Fleet + $"aslr {mode} {{ seed 1; }}").Replace("x86_64", "riscv64", StringComparison.Ordinal), null).Diagnostics.Select(d => d.Id).ToArray();
        Assert.Contains("LAY2080", Ids("shuffle"));
        Assert.DoesNotContain("LAY2080", Ids("slide"));
    }

    /// <summary>Code of AArch64 counts in pages of 4 KiB, and its calls reach 128 MiB.</summary>
    [Theory]
    [InlineData("shuffle", "page 4KiB", "128MiB", "")]
    [InlineData("shuffle", "page 64KiB", "128MiB", "")]
    [InlineData("shuffle", "page 1KiB", "128MiB", "LAY2080")]
    [InlineData("shuffle", "page 4KiB", "129MiB", "LAY2083")]
    [InlineData("slide", "page 1KiB", "129MiB", "")]
    public void Plan_ForAarch64_IsCheckedForWhatItsCodeCanReach(string mode, string page, string room, string id)
    {
        string text = "layout Arm.Fleet;\ntarget aarch64 { " + page + "; }\nregion ram (rwx) { origin 2MiB; length " + room + "; }\nsection text (rx) { \".text\" }\nsection data (rw) { \".data\" }\n"
            + "library one { objects \"one.o\"; }\nimage a { uses one; objects \"a.o\"; }\naslr " + mode + " { seed 1; }";
        FactsFile facts = new Measured().Object("one.o", 183, Code(5000), Data(300)).Object("a.o", 183, Code(300)).ToFacts();
        Assert.Equal(id.Length == 0 ? [] : [id], Layouts.Plan(text, facts).Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void Slide_OfAnImage_MovesAllOfItByOneDistance()
    {
        LayoutPlan still = Layouts.PlanClean(Fleet, Facts);
        LayoutPlan plan = Layouts.PlanClean(Fleet + "aslr slide { seed 3; granularity 64KiB; }", Facts);
        foreach (ImagePlan image in plan.Images)
        {
            SlotPlan[] before = still.GetSlots(still.GetImage(image.Name)).ToArray();
            SlotPlan[] after = plan.GetSlots(image).ToArray();
            ulong distance = Assert.Single(before.Zip(after, (b, a) => a.Address - b.Address).Distinct());
            Assert.Equal(0UL, distance % (64 << 10));
            LayoutPlan own = plan.At(image);
            Assert.Equal(still.GetLibrary("one").Slots[0].Address + distance, own.Symbols.Single(s => s.Name == "code").Value);
            Assert.Equal(after.Max(s => s.End), own.Symbols.Single(s => s.Name == "after").Value);
            Assert.Equal(16UL << 10, own.Symbols.Single(s => s.Name == "stack").Value);
        }

        Assert.NotEqual(plan.Images[0].Moves[0].Distance, plan.Images[1].Moves[0].Distance);
    }

    [Fact]
    public void Shuffle_OfManySeeds_KeepsBlocksWholeApartAndInside()
    {
        BoundLayout layout = Layouts.BindClean(Fleet + "aslr shuffle { seed 1; fixed low; }");
        var orders = new HashSet<string>();
        for (int seed = 0; seed < 200; seed++)
        {
            LayoutPlan plan = Plan(layout, seed);
            foreach (ImagePlan image in plan.Images)
            {
                IReadOnlyList<SlotPlan> slots = plan.GetSlots(image);
                SlotPlan[] real = slots.Where(s => s.Reserved > 0).ToArray();
                Assert.All(real, s => Assert.True(s.Address >= 2 << 20 && s.End <= 64 << 20 && s.Address % s.Alignment == 0));
                Assert.All(real.Zip(real.Skip(1)), p => Assert.True(p.First.End <= p.Second.Address));

                // No page holds two libraries, and a library keeps its distances.
                Assert.All(real.GroupBy(s => s.Address / 4096), g => Assert.Single(g.Select(s => s.Owner).Distinct()));
                foreach (LibraryPlan library in plan.GetLibraries(image))
                {
                    ulong distance = Assert.Single(library.GetSlots(image).Zip(library.Slots, (m, s) => m.Address - s.Address).Distinct());
                    Assert.Equal(0UL, distance % 4096);
                    if (library.Name == "low") Assert.Equal(0UL, distance);
                }

                if (image.Name == "a") orders.Add(string.Join(" ", real.Where(s => s.Section == "text").Select(s => s.Owner)));
            }
        }

        Assert.Equal(6, orders.Count);
    }

    [Fact]
    public void Shuffle_OfOneSeed_IsTheSameEachTimeAndForEachImageAnother()
    {
        BoundLayout layout = Layouts.BindClean(Fleet + "aslr shuffle { seed 1; }");
        Assert.Equal(Plan(layout, 5), Plan(layout, 5));
        Assert.NotEqual(Plan(layout, 5), Plan(layout, 6));
        LayoutPlan plan = Plan(layout, 5);
        Assert.NotEqual(plan.Images[0].Moves.First(m => m.Owner == "one"), plan.Images[1].Moves.First(m => m.Owner == "one"));
        Assert.Equal(plan, PlanText.Read(PlanText.Write(plan)));
    }

    [Fact]
    public void Shuffle_WithALock_KeepsTheBlocksAsTheyAre()
    {
        BoundLayout layout = Layouts.BindClean(Fleet + "aslr shuffle { seed 1; }");
        LayoutPlan plan = Plan(layout, 1);
        LayoutPlan again = LayoutCompiler.Plan(layout, Facts, LockFile.From(plan)).Value!;
        Assert.Equal(Real(plan), Real(again));
        FactsFile grown = Facts with { Objects = Facts.Objects.Select(o => o.Path != "two.o" ? o : o with { Sections = EquatableArray.Of(Code(9000)) }).ToEquatableArray() };
        LayoutPlan larger = LayoutCompiler.Plan(layout, grown, LockFile.From(plan)).Value!;
        Assert.Equal(Real(plan).Where(s => s.Owner == "one"), Real(larger).Where(s => s.Owner == "one"));
        foreach (ImagePlan image in larger.Images)
        {
            SlotPlan[] real = larger.GetSlots(image).Where(s => s.Reserved > 0).ToArray();
            Assert.All(real.Zip(real.Skip(1)), p => Assert.True(p.First.End <= p.Second.Address));
        }
    }

    /// <summary>Two images with two libraries that have pointers: where addresses differ, each image has its own pages of them; those that have one page of tables have it once.</summary>
    [Theory]
    [InlineData("aslr none;", ".data.rel.ro", 3, 0 + 2)]
    [InlineData("aslr slide { seed 1; }", ".data.rel.ro", 2, 2 + 2)]
    [InlineData("aslr shuffle { seed 1; }", ".data.rel.ro", 2, 4 + 2)]
    [InlineData("aslr shuffle { seed 1; }", ".data.rel.ro.__layout_page1", 2, 2 + 2)]
    [InlineData("aslr shuffle { seed 1; }", ".rodata.__layout_words", 2, 4 + 2)]
    public void Costs_OfPointers_CountThemForEachImageWhereTheyDiffer(string declaration, string section, int shared, int own)
    {
        const string text = Layouts.Frame + """

            section relro (rw) { relro ".data.rel.ro" ".data.rel.ro.*" }
            library one { objects "one.o"; }
            library two { objects "two.o"; }
            image a { uses one, two; objects "a.o"; }
            image b { uses one, two; objects "b.o"; }
            place libraries in ram from 2MiB;
            place images after libraries;

            """;
        SectionFacts pointers = section.StartsWith(".rodata", StringComparison.Ordinal) ? ReadOnly(64, section) : Data(64, section);
        FactsFile facts = new Measured().Object("one.o", Code(4096), pointers).Object("two.o", Code(4096), pointers).Object("a.o", Code(100)).Object("b.o", Code(100)).ToFacts();
        PlanCosts costs = PlanCosts.Of(Layouts.Plan(text + declaration, facts).Value!);
        Assert.Equal(((ulong)shared, (ulong)own), (costs.Shared, costs.Own));
    }

    /// <summary>Three blocks of one, two and one pages, and three free pages: all 3! * C(6, 3) places of the whole come up equally often, and none of a library oftener than the report says.</summary>
    [Fact]
    public void Shuffle_OverManySeeds_HasTheEntropyThatIsStated()
    {
        const int seeds = 24_000;
        const string text = Layouts.Frame + """

            library one { objects "one.o"; }
            library two { objects "two.o"; }
            image a { uses one, two; objects "a.o"; }
            region small (rwx) { origin 128MiB; length 28KiB; }
            place libraries in small from 128MiB;
            place images after libraries;
            aslr shuffle { seed 1; }
            """;
        FactsFile facts = new Measured().Object("one.o", Code(100)).Object("two.o", Code(5000)).Object("a.o", Code(100)).ToFacts();
        BoundLayout layout = Layouts.BindClean(text);
        var wholes = new Dictionary<string, int>(StringComparer.Ordinal);
        var libraries = new Dictionary<(string, ulong), int>();
        AslrEntropy entropy = null!;
        for (int seed = 0; seed < seeds; seed++)
        {
            LayoutPlan plan = LayoutCompiler.Plan(layout with { Aslr = layout.Aslr! with { Seed = seed.ToString(CultureInfo.InvariantCulture) } }, facts).Value!;
            entropy = AslrEntropy.Of(plan, plan.Images[0])!;
            string whole = string.Join(" ", plan.Images[0].Moves.Select(m => m.Distance));
            wholes[whole] = wholes.GetValueOrDefault(whole) + 1;
            foreach (MovePlan move in plan.Images[0].Moves) libraries[(move.Owner, move.Distance)] = libraries.GetValueOrDefault((move.Owner, move.Distance)) + 1;
        }

        Assert.Equal((3, 3UL, 4096UL), (entropy.Blocks, entropy.FreeUnits, entropy.Unit));
        Assert.Equal(120, Math.Pow(2, entropy.ImageBits), 6);
        Assert.Equal(6, Math.Pow(2, entropy.LibraryBits), 6);
        Assert.Equal(120, wholes.Count);

        // Chi-square with 119 degrees of freedom: beyond 180 once in 4,000 times; the seeds are always the same ones.
        double expected = seeds / 120.0;
        Assert.True(wholes.Values.Sum(n => (n - expected) * (n - expected) / expected) < 180);
        double most = seeds / Math.Pow(2, entropy.LibraryBits);
        Assert.All(libraries.Values, n => Assert.True(n < most + (5 * Math.Sqrt(most))));
    }

    /// <summary>The slots with content, as they are in no image in particular.</summary>
    private static SlotPlan[] Real(LayoutPlan plan) => plan.Libraries.SelectMany(l => l.Slots).Concat(plan.Images.SelectMany(i => i.Slots)).Where(s => s.Reserved > 0).ToArray();

    private static LayoutPlan Plan(BoundLayout layout, int seed) =>
        LayoutCompiler.Plan(layout with { Aslr = layout.Aslr! with { Seed = seed.ToString(CultureInfo.InvariantCulture) } }, Facts).Value!;
}
