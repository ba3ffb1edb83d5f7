using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Planning;

public sealed class SlotTests
{
    private const string Libraries = """
        library a { objects "a.o"; }
        library b { objects "b.o"; headroom 25%; }
        image one { uses a, b; objects "one.o"; }
        image two { uses b; objects "two.o"; }

        """;

    private static readonly FactsFile Facts = new Measured()
        .Object("a.o", Code(100), Data(10))
        .Object("b.o", Code(1001), Code(10, ".text.b"), ReadOnly(7), Zeroed(33, alignment: 32))
        .Object("one.o", Code(5)).Object("two.o", Code(6), Data(3));

    [Fact]
    public void Libraries_InMoreImages_ComeFirst()
    {
        LayoutPlan plan = Plan(Libraries);
        Assert.Equal([("b", 2), ("a", 1)], plan.Libraries.Select(l => (l.Name, l.ImageCount)));
        Assert.Equal(["b", "a"], plan.GetImage("one").Libraries);
        Assert.Equal(["b.o", "a.o", "one.o"], plan.GetFiles(plan.GetImage("one")).Select(f => f.Path));
    }

    [Fact]
    public void Slots_OfTwoGroups_LieOnPagesOfTheirOwn()
    {
        LayoutPlan plan = Plan(Libraries);
        Assert.Equal([0x100000UL, 0x101000UL], new[] { "b", "a" }.Select(l => Slot(plan, l, "text").Address));
    }

    [Fact]
    public void Slots_OfOneGroup_FollowEachOther()
    {
        LayoutPlan plan = Plan(Libraries.Replace("uses b;", "uses b, a;"));
        Assert.Equal((0x100000UL, 0x100070UL), (Slot(plan, "a", "text").Address, Slot(plan, "b", "text").Address));
    }

    [Fact]
    public void Size_OfSeveralSections_IsPaddedAsTheLinkerDoes() => Assert.Equal(1008UL + 10, Slot(Plan(Libraries), "b", "text").Size);

    [Theory]
    [InlineData("25%", 1018 + 255)]
    [InlineData("0%", 1018)]
    [InlineData("1%", 1018 + 11)]
    [InlineData("10000%", 1018 * 101)]
    public void Headroom_Percent_IsRoundedUpAndReserved(string percent, ulong reserved) =>
        Assert.Equal(reserved, Slot(Plan(Libraries.Replace("25%", percent)), "b", "text").Reserved);

    [Fact]
    public void Headroom_OfAnEmptySection_ReservesNothing() => Assert.Equal(0UL, Slot(Plan(Libraries), "b", "data").Reserved);

    [Theory]
    [InlineData("", 16)]
    [InlineData("*.*: 32;", 32)]
    [InlineData("*.*: 32; *.text: 64;", 64)]
    [InlineData("*.*: 32; *.text: 64; b.*: 128;", 128)]
    [InlineData("*.*: 32; *.text: 64; b.*: 128; b.text: page;", 4096)]
    [InlineData("*.*: 1;", 16)]
    public void Alignment_SeveralRules_TheMostSpecificWins(string rules, ulong expected)
    {
        LayoutPlan plan = Layouts.Plan(Libraries + Layouts.Frame + $"align {{ {rules} }}", Facts).Value!;
        Assert.Equal(expected, Slot(plan, "b", "text").Alignment);
    }

    [Fact]
    public void Alignment_RuleForAFamily_HoldsForItsMembers()
    {
        LayoutPlan plan = Layouts.PlanClean(
            "image fn[1..2] { objects \"{n}.o\"; } align { fn.data: 256; }" + Layouts.Frame,
            new Measured().Object("1.o", Code(1), Data(1), ReadOnly(1), Zeroed(1)).Object("2.o", Code(1), Data(1)));
        Assert.All(plan.Images, i => Assert.Equal(256UL, i.Slots.Single(s => s.Section == "data").Alignment));
    }

    [Fact]
    public void Reserve_OfASection_IsTheLeastThatASlotHas()
    {
        LayoutPlan plan = Layouts.Plan(Libraries + Layouts.Frame.Replace("\".data.*\"", "\".data.*\" reserve 4000"), Facts).Value!;
        Assert.Equal((10UL, 4000UL), (Slot(plan, "a", "data").Size, Slot(plan, "a", "data").Reserved));
    }

    [Fact]
    public void Common_Symbols_GoIntoTheSectionThatNamesThem()
    {
        LayoutPlan plan = Layouts.Plan("image i { objects \"i.o\"; }" + Layouts.Frame, new Measured().Common("i.o", new CommonFacts("x", 100, 32), new CommonFacts("y", 4, 4))).Value!;
        SlotPlan bss = plan.Images.Single().Slots.Single(s => s.Section == "bss");
        Assert.True(bss.Inputs.Single().Common);
        Assert.InRange(bss.Size, 104UL, 104UL + 62);
    }

    [Fact]
    public void Table_OfAllLibraries_IsOneSlotWithTheLargestSize()
    {
        FactsFile facts = new Measured()
            .Object("a.o", Code(1), ReadOnly(24, ".inits")).Object("b.o", Code(1), ReadOnly(16, ".inits"))
            .Object("one.o", Code(1), ReadOnly(8, ".inits")).Object("two.o", Code(1));
        LayoutPlan plan = Layouts.Plan(Libraries + Layouts.Frame + "section inits (r) { table \".inits\" }", facts).Value!;
        SlotPlan[] tables = plan.Images.Select(i => i.Slots.Single(s => s.Section == "inits")).ToArray();
        Assert.Equal([(48UL, 48UL), (16UL, 48UL)], tables.Select(t => (t.Size, t.Reserved)));
        Assert.Equal(tables[0].Address, tables[1].Address);
        Assert.Equal(["b.o", "a.o", "one.o"], tables[0].Inputs.Select(i => i.Path));
    }

    [Theory]
    [InlineData("table", 56, 24)]
    [InlineData("table padded", 56, 56)]
    [InlineData("table reserve 100", 100, 100)]
    public void Table_Padding_GivesAllImagesOneSize(string words, int largest, int smallest)
    {
        FactsFile facts = new Measured().Object("a.o", Code(1), ReadOnly(40, ".inits")).Object("b.o", Code(1), ReadOnly(16, ".inits")).Object("one.o", Code(1)).Object("two.o", Code(1), ReadOnly(8, ".inits"));
        LayoutPlan plan = Layouts.Plan(Libraries + Layouts.Frame + $"section inits (r) {{ {words} \".inits\" }}", facts).Value!;
        ulong[] sizes = plan.Images.Select(i => i.Slots.Single(s => s.Section == "inits").Size).ToArray();
        Assert.Equal(((ulong)largest, (ulong)smallest), (sizes.Max(), sizes.Min()));
    }

    [Fact]
    public void Table_AndOwnSections_ShareAPage()
    {
        FactsFile facts = new Measured().Object("a.o", Code(1)).Object("b.o", Code(1)).Object("one.o", ReadOnly(24, ".inits"), ReadOnly(8)).Object("two.o", ReadOnly(16, ".inits"), ReadOnly(8));
        LayoutPlan plan = Layouts.Plan(Libraries + Layouts.Frame + "section inits (r) { table \".inits\" }", facts).Value!;
        Assert.All(plan.Images, i => Assert.Equal(i.Slots.Single(s => s.Section == "inits").End, i.Slots.Single(s => s.Section == "rodata").Address));
    }

    [Theory]
    [InlineData(".text.hot.x", "hot")]
    [InlineData(".text.hot", "exact")]
    [InlineData(".text.x", "text")]
    [InlineData(".text", "text")]
    public void Pattern_SeveralMatch_TheMostSpecificWins(string name, string section)
    {
        LayoutPlan plan = Layouts.Plan(
            "image i { objects \"i.o\"; } section hot (rx) { \".text.hot*\" } section exact (rx) { \".text.hot\" }" + Layouts.Frame,
            new Measured().Object("i.o", Code(40, name))).Value!;
        Assert.Equal(section, plan.Images.Single().Slots.Single(s => s.Size > 0).Section);
    }

    [Fact]
    public void Discard_LessSpecificThanASection_LeavesItAlone()
    {
        LayoutPlan plan = Layouts.PlanClean(
            "image i { objects \"i.o\"; } layout A; target x86_64 { } region ram (rwx) { origin 0; length 1MiB; } section id (r) { \".note.id\" } discard \".note.*\";",
            new Measured().Object("i.o", Note(40), Note(20, ".note.other")));
        Assert.Equal((40UL, true), (plan.Images.Single().Slots.Single(s => s.Section == "id").Size, plan.Images.Single().Slots.Single(s => s.Section == "id").IsNote));
    }

    private static LayoutPlan Plan(string libraries) => Layouts.Plan(libraries + Layouts.Frame, Facts).Value!;

    private static SlotPlan Slot(LayoutPlan plan, string library, string section) => plan.GetLibrary(library).Slots.Single(s => s.Section == section);
}
