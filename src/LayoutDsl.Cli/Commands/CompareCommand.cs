using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Linking.Strategies;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using Spectre.Console;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout compare</c>: links a fleet with each strategy and counts what that costs.</summary>
internal static class CompareCommand
{
    public static readonly LinkStrategy[] Strategies = [LinkStrategy.Default, LinkStrategy.Spacer, LinkStrategy.LayoutDsl];

    private sealed record Row(LinkStrategy Strategy, SharingReport Report, ulong Resident, long Files, PlanCosts Planned);

    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<OutputFormat> format = CommonOptions.Format();
        Option<string> directory = CommonOptions.Directory("--output", "-o", "Folder for the images, one folder a strategy.", "compare");
        var linker = new Option<string>("--linker") { Description = "The linker.", HelpName = "PROGRAM", DefaultValueFactory = _ => "ld" };
        Option<string?> facts = CommonOptions.Facts();
        facts.Description = "Use this facts file, link nothing, and compare what the plans of the strategies cost.";
        var planned = new Option<bool>("--planned") { Description = "Link nothing, and compare what the plans of the strategies cost: what differs because of references is not known then." };
        var command = new ToolCommand(
            "compare",
            "Links the same fleet as the linker does it, as the published Spacer does it, and as LayoutDsl plans it, and compares the pages that the images need.",
            "layout compare fleet.layout -o compare",
            "layout compare fleet.layout --planned",
            "layout compare fleet.layout --facts fleet.layout.facts",
            "layout compare fleet.layout -o compare --format json")
        { layout, directory, linker, facts, planned, format };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            if (new LayoutSession(output).LoadPlan(parsed.GetRequiredValue(layout), parsed.GetValue(facts), null, cancellation) is { } made)
            {
                if (parsed.GetValue(planned) || parsed.GetValue(facts) is not null)
                {
                    PlannedStrategies.Show(output, made.Plan, cancellation);
                    return Task.FromResult(output.Finish());
                }

                var rows = new List<Row>();
                foreach (LinkStrategy strategy in Strategies)
                {
                    string folder = Path.Combine(parsed.GetRequiredValue(directory), NameOf(strategy));
                    if (Link(output, made, strategy, folder, parsed.GetRequiredValue(linker), cancellation) is { } row) rows.Add(row);
                }

                if (!output.HasErrors) Show(output, rows);
            }

            return Task.FromResult(output.Finish());
        });
        return command;
    }

    public static string NameOf(LinkStrategy strategy) => strategy.ToString().ToLowerInvariant();

    /// <summary>Links and counts; null after errors.</summary>
    private static Row? Link(
        CommandOutput output, (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan) made, LinkStrategy strategy, string folder, string linker, CancellationToken cancellation)
    {
        Result<LinkSummary> linked = FleetLinker.Link(
            made.Layout,
            StrategyLinks.Of(strategy, made.Layout, made.Plan, made.Facts),
            made.Facts,
            new LinkOptions(folder, folder, linker),
            output.Progress.Count("linked " + NameOf(strategy)),
            cancellation);
        output.Report(linked.Diagnostics);
        if (linked.HasErrors) return null;
        var bag = new DiagnosticBag();
        var images = new List<(ElfFile File, MemoryImage Memory, ImagePlan Image)>();
        foreach (ImagePlan image in made.Plan.Images)
        {
            cancellation.ThrowIfCancellationRequested();
            if (ImageFiles.Read(FleetLinker.GetImagePath(folder, image), bag) is { } file) images.Add((file, MemoryImage.Load(file, made.Plan.Page), image));
        }

        output.Report(bag.ToSortedArray());
        if (bag.HasErrors) return null;
        long? floor = strategy == LinkStrategy.LayoutDsl
            ? SharingFloor.Count(made.Plan, images.ToDictionary(i => i.Image.Name, i => (i.File, i.Memory), StringComparer.Ordinal))
            : null;
        SharingReport report = PageCensus.Count(images.Select(i => i.Memory).ToArray(), made.Plan.Page, images.Select(i => (long)i.File.Data.Length).ToArray(), [], floor);
        IReadOnlyList<LayoutPlan> plans = StrategyLinks.PlansOf(strategy, made.Plan);
        var constant = strategy == LinkStrategy.Default
            ? new Dictionary<string, HashSet<ulong>>(StringComparer.Ordinal)
            : plans.SelectMany(p => p.Images.Select(i => (i.Name, Pages: ResidentPages.FindConstant(p, i)))).ToDictionary(i => i.Name, i => i.Pages, StringComparer.Ordinal);
        ulong resident = ResidentPages.Count(images.Select(i => (i.File, i.Memory, i.Image.Instances, constant.GetValueOrDefault(i.Image.Name) ?? new HashSet<ulong>())));
        return new Row(strategy, report, resident, images.Sum(i => (long)i.File.Data.Length), PlanCosts.Of(made.Plan, plans));
    }

    private static void Show(CommandOutput output, List<Row> rows)
    {
        output.Json["strategies"] = new JsonArray(rows.Select(r => (JsonNode)new JsonObject
        {
            ["strategy"] = NameOf(r.Strategy), ["pages"] = r.Report.Pages, ["distinct"] = r.Report.Distinct, ["resident"] = r.Resident, ["floor"] = r.Report.Floor, ["fileSize"] = r.Files,
            ["planned"] = new JsonObject { ["pages"] = r.Planned.Pages, ["distinct"] = r.Planned.Distinct, ["resident"] = r.Planned.Resident, ["fileSize"] = r.Planned.FileBytes },
        }).ToArray());
        if (!output.IsText) return;
        Table table = Tables.Create("strategy", ">pages", ">distinct", ">planned", ">pages/distinct", ">resident", ">planned", ">floor", ">files KiB", ">planned");
        foreach (Row row in rows)
        {
            table.AddRow(
                NameOf(row.Strategy),
                Text(row.Report.Pages),
                Text(row.Report.Distinct),
                Text((long)row.Planned.Distinct),
                row.Report.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
                Text((long)row.Resident),
                Text((long)row.Planned.Resident),
                row.Report.Floor is { } floor ? Text(floor) : "-",
                Text((row.Files + 1023) / 1024),
                Text(((long)row.Planned.FileBytes + 1023) / 1024));
        }

        output.Console.Write(table);
        output.Line("distinct: different pages that are not all zeros; resident: read-only ones of them, and for each instance the pages that it may write and its page tables");
        output.Line("planned: by the plan alone, as if nothing differed because of references, and for the default link with all members of libraries; files without symbols");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
