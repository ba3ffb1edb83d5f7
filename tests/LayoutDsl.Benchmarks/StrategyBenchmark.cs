using System;
using System.Collections.Generic;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Planning.Strategies;

namespace LayoutDsl.Benchmarks;

/// <summary>What the strategies cost on three synthetic fleets by their plans, beside what the fleets need at least.</summary>
internal static class StrategyBenchmark
{
    public static void Run()
    {
        Console.WriteLine("images  libraries  strategy     pages  distinct  floor  times  resident  floor  times");
        foreach ((int images, int libraries) in SyntheticFleet.Compared)
        {
            SyntheticFleet fleet = SyntheticFleet.Make(images, libraries);
            LayoutPlan plan = LayoutCompiler.Plan(fleet.Layout, fleet.Facts).Value!;
            var floor = PlanFloor.Of(plan);
            Print("default", DefaultPlan.Of(plan));
            Print("spacer", SpacerPlan.Of(plan));
            Print("layoutdsl", [plan]);

            void Print(string name, IReadOnlyList<LayoutPlan> plans)
            {
                var costs = PlanCosts.Of(plan, plans);
                Console.WriteLine(FormattableString.Invariant(
                    $"{images,6}  {libraries,9}  {name,-9}  {costs.Pages,8}  {costs.Distinct,8}  {floor.Distinct,5}  {(double)costs.Distinct / floor.Distinct,5:0.00}  {costs.Resident,8}  {floor.Resident,5}  {(double)costs.Resident / floor.Resident,5:0.00}"));
            }
        }
    }
}
