using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Planning;

/// <summary>Where a library starts on its first page, when images are left without what they do not reach.</summary>
public sealed class ReachedStartTests
{
    private const string Frame = """
        layout Test.Fleet;
        region ram (rwx) { origin 1MiB; length 63MiB; }
        section text (rx) { ".text" }
        section data (rw) { ".data" }
        library x { members "libx.a"; }
        image fn[1..4] { uses x; objects "fn.o"; }
        target x86_64 { unreached dropped; }

        """;

    [Theory]
    [InlineData(4010, 4096, 16, 80)]    // It takes 4016; with these it ends with the page, and the rest is one.
    [InlineData(4010, 4097, 16, 64)]    // One byte more, and it would be on one more page: as far as there is room.
    [InlineData(4010, 4000, 64, 64)]    // It takes 4032, as its alignment wants.
    [InlineData(4010, 4000, 16, 80)]
    [InlineData(259, 4929, 16, 2976)]   // The less is in front of it, the less is on its page behind it.
    [InlineData(4096, 4000, 16, 0)]     // It ends with a page already.
    [InlineData(3000, 100, 16, 0)]      // All is on one page.
    public void Start_WhatManyReach_EndsWithAPageAsFarAsThereIsRoom(ulong many, ulong few, ulong alignment, ulong expected)
    {
        SlotPlan slot = Plan(Frame, [4, 1], Code(many, alignment: alignment), Code(few, alignment: alignment));
        Assert.Equal(0x100000 + expected, slot.Address);
        Assert.Equal(0UL, slot.Address % alignment);
    }

    [Fact]
    public void Start_OfWhatAllReachAlike_IsThatOfThePage() => Assert.Equal(0x100000UL, Plan(Frame, [4, 4], Code(4010), Code(4096)).Address);

    [Fact]
    public void Start_WhenAllIsKept_IsThatOfThePage() => Assert.Equal(0x100000UL, Plan(Frame.Replace("dropped", "kept"), [4, 1], Code(4010), Code(4096)).Address);

    [Fact]
    public void Start_OfData_IsThatOfThePage()
    {
        LayoutPlan plan = Layouts.PlanClean(Frame, Facts([4, 1], Data(4010), Data(4096)));
        Assert.Equal(0UL, plan.GetLibrary("x").Slots.Single(s => s.Section == "data").Address % 4096);
    }

    /// <summary>Wherever something starts, it is on as many pages as without, and no library ends later.</summary>
    [Fact]
    public void Start_OfAnyFleet_CostsNoPage() => Property.Holds(RandomFleet.Any, 150, fleet =>
    {
        RandomFleet members = fleet.WithMembers();
        LayoutPlan dropped = Layouts.Plan(members.Text, members.Facts).Value!;
        LayoutPlan kept = Layouts.Plan(members.Text.Replace("unreached dropped", "unreached kept"), members.Facts).Value!;
        Assert.Equal(kept.Libraries.Select(l => l.Name), dropped.Libraries.Select(l => l.Name));
        Assert.Equal(CountPages(kept), CountPages(dropped));
        foreach ((SlotPlan one, SlotPlan two) in kept.Libraries.SelectMany(l => l.Slots).Zip(dropped.Libraries.SelectMany(l => l.Slots)))
        {
            Assert.Equal((one.Section, one.Owner, one.Size, Alignment.AlignDown(one.Address, kept.Page)), (two.Section, two.Owner, two.Size, Alignment.AlignDown(two.Address, kept.Page)));
            if (two.Size > 0) Assert.Equal(0UL, two.Address % two.Alignment);
        }
    });

    private static int CountPages(LayoutPlan plan) => plan.Libraries.SelectMany(l => l.Slots).Where(s => s.Reserved > 0)
        .SelectMany(s => Enumerable.Range((int)(s.Address / plan.Page), (int)(((s.Address + s.Reserved - 1) / plan.Page) - (s.Address / plan.Page)) + 1)).Distinct().Count();

    private static SlotPlan Plan(string text, int[] needs, params SectionFacts[] members) => Layouts.PlanClean(text, Facts(needs, members)).GetLibrary("x").Slots.Single(s => s.Section == "text");

    private static FactsFile Facts(int[] needs, params SectionFacts[] members)
    {
        var measured = new Measured();
        for (int i = 0; i < members.Length; i++) measured.Object($"obj/{i}.o", members[i]);
        FactsFile facts = measured.Object("fn.o", Code(10), Data(8));
        InputFacts archive = new("libx.a", InputKind.Members, members.Select((_, i) => $"obj/{i}.o").ToEquatableArray()) { Needs = needs.ToEquatableArray() };
        return facts with { Inputs = facts.Inputs.Where(i => i.Pattern == "fn.o").Append(archive).ToEquatableArray() };
    }
}
