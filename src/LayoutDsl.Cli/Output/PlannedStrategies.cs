using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using LayoutDsl.Analysis.Linking.Strategies;
using LayoutDsl.Cli.Commands;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>What the strategies cost by their plans, beside what the fleet needs at least.</summary>
internal static class PlannedStrategies
{
    public static void Show(CommandOutput output, LayoutPlan plan, CancellationToken cancellation)
    {
        PlanFloor floor = output.Progress.While("finding the floor", () => PlanFloor.Of(plan));
        var rows = CompareCommand.Strategies.Select(s => (Name: CompareCommand.NameOf(s), Costs: PlanCosts.Of(plan, StrategyLinks.PlansOf(s, plan), output.Progress.OfPlanning(cancellation)))).ToArray();
        output.Json["planned"] = true;
        output.Json["floor"] = new JsonObject { ["distinct"] = floor.Distinct, ["readOnly"] = floor.ReadOnly, ["content"] = floor.Content, ["resident"] = floor.Resident };
        output.Json["strategies"] = new JsonArray(rows.Select(r => (JsonNode)new JsonObject
        {
            ["strategy"] = r.Name, ["pages"] = r.Costs.Pages, ["distinct"] = r.Costs.Distinct, ["readOnly"] = r.Costs.Shared + r.Costs.Own, ["resident"] = r.Costs.Resident, ["fileSize"] = r.Costs.FileBytes,
        }).ToArray());
        if (!output.IsText) return;
        Table table = Tables.Create("strategy", ">pages", ">distinct", ">floor", ">read-only", ">floor", ">resident", ">floor", ">files KiB");
        foreach ((string name, PlanCosts costs) in rows)
        {
            table.AddRow(
                name,
                Text(costs.Pages),
                Text(costs.Distinct),
                CostOutput.Ratio(costs.Distinct, floor.Distinct),
                Text(costs.Shared + costs.Own),
                CostOutput.Ratio(costs.Shared + costs.Own, floor.ReadOnly),
                Text(costs.Resident),
                CostOutput.Ratio(costs.Resident, floor.Resident),
                Text((costs.FileBytes + 1023) / 1024));
        }

        output.Console.Write(table);
        output.Line($"floor: {Text(floor.Distinct)} different pages, {Text(floor.ReadOnly)} of them read-only ({Text(floor.Content)} if pages could end anywhere), {Text(floor.Resident)} resident");
        output.Line("by the plans: equal places give equal pages, whatever the code on them refers to; the default takes all members of libraries");
    }

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
