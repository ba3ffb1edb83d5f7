using System;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Output;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout explain</c>: the pages of libraries that are not shared, by cause.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<string> directory = CommonOptions.Directory("--images", "-i", "Folder of the images (IMAGE.elf).", "images");
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new ToolCommand(
            "explain",
            "Says why pages of libraries are not the same in all images: grouped by cause, the most expensive first, with a way out for each.",
            "layout explain fleet.layout --images out",
            "layout explain fleet.layout --images out --format json")
        {
            layout, directory, format,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            if (new LayoutSession(output).LoadPlan(parsed.GetRequiredValue(layout), null, cancellation) is { } made)
            {
                SharingReport? report = SharingCount.Count(output, [parsed.GetRequiredValue(directory)], made.Plan.Page, made, cancellation);
                if (report is not null) Show(output, report);
            }

            return Task.FromResult(output.Finish());
        });
        return command;
    }

    private static void Show(CommandOutput output, SharingReport report)
    {
        var pages = report.Libraries
            .Where(l => l.Images > 1)
            .SelectMany(l => l.Sections.SelectMany(s => s.Unshared.Select(u => (Library: l.Name, s.Section, Page: u))))
            .ToArray();
        var groups = pages
            .GroupBy(p => (p.Page.Cause.Kind, p.Page.Cause.Target, p.Page.Cause.Suggestion))
            .Select(g => (g.Key, Pages: g.ToArray(), KiB: g.Sum(p => (long)(p.Page.Contents - 1)) * (long)report.PageSize / 1024))
            .OrderByDescending(g => g.KiB)
            .ThenBy(g => g.Key.Target, StringComparer.Ordinal)
            .ToArray();
        output.Json["causes"] = new JsonArray(groups.Select(g => (JsonNode)new JsonObject
        {
            ["kind"] = char.ToLowerInvariant(g.Key.Kind.ToString()[0]) + g.Key.Kind.ToString()[1..],
            ["target"] = g.Key.Target,
            ["pages"] = g.Pages.Length,
            ["gainKiB"] = g.KiB,
            ["suggestion"] = g.Key.Suggestion,
            ["places"] = new JsonArray(g.Pages.Select(p => (JsonNode)new JsonObject
            {
                ["library"] = p.Library, ["section"] = p.Section, ["page"] = p.Page.Address, ["contents"] = p.Page.Contents, ["text"] = p.Page.Cause.Text,
            }).ToArray()),
        }).ToArray());
        foreach (var group in groups)
        {
            string target = group.Key.Target.Length > 0 ? $" '{group.Key.Target}'" : "";
            output.Line(FormattableString.Invariant($"{group.KiB} KiB: {Name(group.Key.Kind)}{target}, {group.Pages.Length} {(group.Pages.Length == 1 ? "page" : "pages")}"));
            foreach (var page in group.Pages) output.Line(FormattableString.Invariant($"  {page.Library}.{page.Section} 0x{page.Page.Address:x}: {page.Page.Cause.Text}"));
            output.Line($"  way out: {group.Key.Suggestion}");
        }

        output.Line(FormattableString.Invariant($"{pages.Length} library pages are not the same in all images; sharing them would save {groups.Sum(g => g.KiB)} KiB"));
    }

    private static string Name(UnsharedKind kind) => kind switch
    {
        UnsharedKind.ApplicationSymbol => "refers to the application:",
        UnsharedKind.MissingSymbol => "is in some images only:",
        UnsharedKind.TargetMoves => "moves:",
        UnsharedKind.LinkerTable => "goes through the linker's table:",
        _ => "cause unknown",
    };
}
