using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Planning.Costs;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>What a plan is expected to cost in memory.</summary>
internal static class CostOutput
{
    /// <summary>Shows the costs beside what the fleet needs at least.</summary>
    public static void Show(CommandOutput output, PlanCosts costs, PlanFloor floor, IReadOnlyList<AddressNeed> addresses)
    {
        output.Json["costs"] = ToJson(costs);
        output.Json["floor"] = new JsonObject { ["distinct"] = floor.Distinct, ["resident"] = floor.Resident, ["readOnly"] = floor.ReadOnly, ["content"] = floor.Content, ["written"] = floor.Written, ["pageTables"] = floor.PageTables };
        output.Json["addresses"] = new JsonArray(addresses.Select(a => (JsonNode)new JsonObject
        {
            ["region"] = a.Region, ["taken"] = a.Taken, ["needed"] = a.Needed, ["image"] = a.Image, ["libraries"] = new JsonArray(a.Libraries.Select(l => (JsonNode)l).ToArray()),
        }).ToArray());
        if (!output.IsText) return;
        if (costs.Choices.Count > 0) ShowDetails(output, costs);
        output.Line(FormattableString.Invariant($"different pages: {costs.Distinct} ({costs.Shared} shared code and read-only data, {costs.Own} of single images, {costs.SharedData} and {costs.OwnData} of data before it is written)"));
        output.Line(FormattableString.Invariant(
            $"resident pages of {costs.Instances} instances: {costs.Resident} ({costs.Shared} shared, {costs.Own} of single images, {costs.Written} written, {costs.PageTables} of page tables)"));
        output.Line(FormattableString.Invariant(
            $"floor: {floor.Distinct} different pages ({Ratio(costs.Distinct, floor.Distinct)}), {floor.ReadOnly} of them read-only ({Ratio(costs.Shared + costs.Own, floor.ReadOnly)}); {floor.Resident} resident pages ({Ratio(costs.Resident, floor.Resident)})"));
        output.Line(FormattableString.Invariant($"files: {costs.FileBytes / 1024} KiB loaded"));
        foreach (AddressNeed a in addresses) output.Line(FormattableString.Invariant($"addresses of '{a.Region}': {a.Taken / 1024} KiB ({Ratio(a.Taken, a.Needed)}; {a.Who} at least {a.Needed / 1024} KiB)"));
    }

    /// <summary>How many times the floor something is.</summary>
    public static string Ratio(ulong pages, ulong floor) => floor == 0 ? "-" : ((double)pages / floor).ToString("0.00", CultureInfo.InvariantCulture) + " times";

    private static void ShowDetails(CommandOutput output, PlanCosts costs)
    {
        Table libraries = Tables.Create("library", ">images", ">shared pages", ">saved pages", ">written in each", ">headroom");
        foreach (LibraryCost l in costs.Libraries) libraries.AddRow(Markup.Escape(l.Name), Text((ulong)l.Images), Text(l.Shared), Text(l.Saved), Text(l.Written), Text(l.Headroom));
        output.Console.Write(libraries);
        Table choices = Tables.Create("choice", ">pages", "instead", ">pages");
        foreach (ChoiceCost c in costs.Choices) choices.AddRow(c.Name, Text(c.Pages), c.Alternative.Length > 0 ? c.Alternative : "-", c.AlternativePages is { } pages ? Text(pages) : "-");
        output.Console.Write(choices);
    }

    private static JsonObject ToJson(PlanCosts costs) => new()
    {
        ["page"] = costs.PageSize,
        ["distinct"] = costs.Distinct,
        ["resident"] = costs.Resident,
        ["shared"] = costs.Shared,
        ["own"] = costs.Own,
        ["sharedData"] = costs.SharedData,
        ["ownData"] = costs.OwnData,
        ["instances"] = costs.Instances,
        ["written"] = costs.Written,
        ["pageTables"] = costs.PageTables,
        ["fileBytes"] = costs.FileBytes,
        ["libraries"] = new JsonArray(costs.Libraries.Select(l => (JsonNode)new JsonObject
        {
            ["name"] = l.Name, ["images"] = l.Images, ["shared"] = l.Shared, ["saved"] = l.Saved, ["written"] = l.Written, ["headroom"] = l.Headroom,
        }).ToArray()),
        ["choices"] = new JsonArray(costs.Choices.Select(c => (JsonNode)new JsonObject
        {
            ["choice"] = c.Name, ["pages"] = c.Pages, ["alternative"] = c.Alternative, ["alternativePages"] = c.AlternativePages,
        }).ToArray()),
    };

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
