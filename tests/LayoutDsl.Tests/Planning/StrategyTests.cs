using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Benchmarks;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Planning.Strategies;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Planning;

/// <summary>The strategies beside each other, by their plans.</summary>
public sealed class StrategyTests
{
    private const int Fleets = 100;

    public static TheoryData<int, int> Synthetic
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach ((int images, int libraries) in SyntheticFleet.Compared) data.Add(images, libraries);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Synthetic))]
    public void LayoutDsl_OnASyntheticFleet_IsNearTheFloorAndNeverAboveSpacer(int images, int libraries)
    {
        SyntheticFleet fleet = SyntheticFleet.Make(images, libraries);
        LayoutPlan plan = LayoutCompiler.Plan(fleet.Layout, fleet.Facts).Value!;
        var floor = PlanFloor.Of(plan);
        var costs = PlanCosts.Of(plan);
        var spacer = PlanCosts.Of(plan, SpacerPlan.Of(plan));
        Assert.InRange(costs.Shared + costs.Own, floor.ReadOnly, floor.ReadOnly * 101 / 100);
        Assert.InRange(costs.Distinct, floor.Distinct, floor.Distinct * 105 / 100);
        Assert.InRange(costs.Resident, floor.Resident, floor.Resident * 105 / 100);
        Assert.True(costs.Distinct <= spacer.Distinct && costs.Resident <= spacer.Resident);
        Assert.True(spacer.Distinct < PlanCosts.Of(plan, DefaultPlan.Of(plan)).Distinct);
    }

    [Fact]
    public void Floor_OfAnyFleet_IsBelowEveryStrategy()
    {
        Property.Holds(RandomFleet.Any, Fleets, fleet => Check(Layouts.Plan(fleet.Text, fleet.Facts).Value));
        Property.Holds(BuildsFleet.Any, Fleets, fleet => Check(Layouts.Plan(fleet.Text, fleet.Facts).Value));

        static void Check(LayoutPlan? plan)
        {
            if (plan is null) return;
            var floor = PlanFloor.Of(plan);
            var costs = PlanCosts.Of(plan);
            Assert.True(floor.Content <= floor.ReadOnly && floor.ReadOnly <= costs.Shared + costs.Own, $"{floor} {costs}");
            foreach (PlanCosts strategy in new[] { costs, PlanCosts.Of(plan, SpacerPlan.Of(plan)), PlanCosts.Of(plan, DefaultPlan.Of(plan)) })
            {
                Assert.True(floor.Content <= strategy.Shared + strategy.Own && floor.Data <= strategy.SharedData + strategy.OwnData, $"{floor} {strategy}");
                Assert.True(floor.Written <= strategy.Written && floor.PageTables <= strategy.PageTables, $"{floor} {strategy}");
            }
        }
    }

    [Fact]
    public void Strategies_OfAnyFleet_PlaceEverythingOnceAndAligned() => Property.Holds(RandomFleet.Any, Fleets, fleet =>
    {
        if (Layouts.Plan(fleet.Text, fleet.Facts).Value is not { } plan) return;
        foreach (IReadOnlyList<LayoutPlan> strategy in new[] { DefaultPlan.Of(plan), SpacerPlan.Of(plan) })
        {
            Assert.Equal(plan.Images.Select(i => i.Name), strategy.Select(p => p.Images.Single().Name));
            foreach (LayoutPlan part in strategy)
            {
                SlotPlan[] slots = part.GetSlots(part.Images[0]).Where(s => s.Size > 0).ToArray();
                Assert.Equal(plan.GetSlots(plan.GetImage(part.Images[0].Name)).Where(s => s.Size > 0).Select(s => s.OutputSection).Order(), slots.Select(s => s.OutputSection).Order());
                Assert.All(slots.Zip(slots.Skip(1)), pair => Assert.True(pair.First.Address + pair.First.Size <= pair.Second.Address));
                Assert.All(slots, s => Assert.Equal(0UL, s.Address % s.Alignment));
            }
        }
    });
}
