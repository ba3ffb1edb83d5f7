using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using Spectre.Console;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout measure</c>: reads the objects of a layout and shows or writes what was found.</summary>
internal static class MeasureCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<OutputFormat> format = CommonOptions.Format();
        var file = new Option<string?>("--output", "-o") { Description = "Write the facts to this file.", HelpName = "FILE" };
        var command = new ToolCommand(
            "measure",
            "Measures the objects of a layout: sizes and alignments of all their sections in memory.",
            "layout measure fleet.layout",
            "layout measure fleet.layout -o fleet.layout.facts")
        { layout, file, format };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            var session = new LayoutSession(output);
            if (session.Load(parsed.GetRequiredValue(layout)) is { } bound && session.GetFacts(bound, null, cancellation) is { } facts)
            {
                Show(output, facts);
                if (parsed.GetValue(file) is { } path) Write(output, facts, path);
            }

            return System.Threading.Tasks.Task.FromResult(output.Finish());
        });
        return command;
    }

    private static void Write(CommandOutput output, FactsFile facts, string path)
    {
        var bag = new DiagnosticBag();
        OutputFile.TryWriteIfChanged(path, FactsText.Write(facts), bag);
        output.Report(bag.ToSortedArray());
    }

    private static void Show(CommandOutput output, FactsFile facts)
    {
        var rows = facts.Objects
            .GroupBy(o => o.Path, StringComparer.Ordinal)
            .Select(g => (
                Path: g.Key,
                Objects: g.Count(),
                Code: Sum(g, s => s.IsExecutable),
                ReadOnly: Sum(g, s => !s.IsExecutable && !s.IsWritable),
                Data: Sum(g, s => s.IsWritable && s.HasContent),
                Zero: Sum(g, s => s.IsWritable && !s.HasContent) + g.Sum(o => o.Commons.Sum(c => (decimal)c.Size))))
            .ToArray();
        output.Json["files"] = new JsonArray(rows
            .Select(r => (JsonNode)new JsonObject
            {
                ["path"] = r.Path, ["objects"] = r.Objects, ["code"] = r.Code, ["readOnly"] = r.ReadOnly, ["data"] = r.Data, ["zero"] = r.Zero,
            })
            .ToArray());
        if (!output.IsText) return;
        Table table = Tables.Create("file", ">objects", ">code", ">read-only", ">data", ">zero");
        foreach (var r in rows) table.AddRow(Markup.Escape(r.Path), Text(r.Objects), Text(r.Code), Text(r.ReadOnly), Text(r.Data), Text(r.Zero));
        output.Console.Write(table);
        output.Line(FormattableString.Invariant($"{rows.Length} files, {facts.Objects.Count} objects; sizes in bytes"));

        static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private static decimal Sum(IGrouping<string, ObjectFacts> objects, Func<SectionFacts, bool> filter) => objects.Sum(o => o.Sections.Where(filter).Sum(s => (decimal)s.Size));
}
