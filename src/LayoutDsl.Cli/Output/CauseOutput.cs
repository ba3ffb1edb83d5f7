using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Analysis.References;
using LayoutDsl.Analysis.Sharing;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>Why pages are not shared, by cause: what gains most first.</summary>
internal static class CauseOutput
{
    /// <summary>Places of one cause that the text shows at most.</summary>
    private const int ShownPlaces = 10;

    private sealed record Place(string Library, string Section, UnsharedPage Page, UnsharedCause Cause);

    private sealed record Group(UnsharedKind Kind, string Target, string Suggestion, Place[] Places, int Pages, long Gain, long Involved);

    /// <summary>Shows the causes.</summary>
    public static void Show(CommandOutput output, IReadOnlyList<LibrarySharing> libraries, ulong pageSize)
    {
        Place[] places = libraries
            .Where(l => l.Images > 1)
            .SelectMany(l => l.Sections.SelectMany(s => s.Unshared.SelectMany(u => u.Causes.Select(c => new Place(l.Name, s.Section, u, c)))))
            .GroupBy(p => (PageOf(p.Page), p.Cause.Text))
            .Select(g => g.First())
            .ToArray();
        Group[] groups = places
            .GroupBy(p => (p.Cause.Kind, p.Cause.Target, p.Cause.Suggestion))
            .Select(g => MakeGroup(g.Key, g.ToArray(), pageSize))
            .OrderByDescending(g => g.Gain)
            .ThenByDescending(g => g.Involved)
            .ThenBy(g => g.Target, StringComparer.Ordinal)
            .ToArray();
        output.Json["causes"] = new JsonArray(groups.Select(ToJson).ToArray());
        UnsharedPage[] pages = places.Select(p => p.Page).GroupBy(PageOf).Select(g => g.First()).ToArray();
        long total = pages.Sum(p => Cost(p, pageSize));
        output.Json["pages"] = pages.Length;
        output.Json["places"] = places.Length;
        output.Json["gainKiB"] = total;
        foreach (Group group in groups) Show(output, group);
        output.Line(FormattableString.Invariant($"{pages.Length} library pages are not the same in all images, in {places.Length} places; sharing them would save {total} KiB"));
        foreach (IGrouping<UnsharedKind, Place> kind in places.GroupBy(p => p.Cause.Kind).OrderByDescending(g => g.Count()))
        {
            output.Line(FormattableString.Invariant($"  {kind.Count()} places on {kind.Select(p => PageOf(p.Page)).Distinct().Count()} pages: {Name(kind.Key)}"));
        }
    }

    /// <summary>Shows where references lead.</summary>
    public static void Show(CommandOutput output, ReferenceGraph graph)
    {
        output.Json["references"] = new JsonArray(graph.Libraries.Select(l => (JsonNode)new JsonObject
        {
            ["library"] = l.Name, ["images"] = l.Images, ["families"] = l.Families, ["count"] = l.Count,
            ["targets"] = new JsonObject(l.Targets.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => KeyValuePair.Create(t.Key.Length == 0 ? "application" : t.Key, (JsonNode?)JsonValue.Create(t.Value)))),
            ["unstable"] = new JsonArray(l.Unstable.Select(ToJson).ToArray()),
        }).ToArray());
        if (!output.IsText) return;
        Table table = Tables.Create("library", ">images", ">followed", ">references", ">unstable", "lead to");
        foreach (LibraryReferences library in graph.Libraries)
        {
            IEnumerable<string> targets = library.Targets.OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{(t.Key.Length == 0 ? "application" : t.Key)} {Number(t.Value)}");
            table.AddRow(Markup.Escape(library.Name), Number(library.Images), Number(library.Families), Number(library.Count), Number(library.Unstable.Count), Markup.Escape(string.Join(", ", targets)));
        }

        output.Console.Write(table);
    }

    private static JsonNode ToJson(UnstableReference reference) => new JsonObject
    {
        ["object"] = reference.Object, ["section"] = reference.Section, ["offset"] = reference.Offset, ["address"] = reference.Address, ["type"] = reference.Type,
        ["kind"] = JsonName(reference.Cause.Kind), ["target"] = reference.Cause.Target, ["suggestion"] = reference.Cause.Suggestion,
        ["meets"] = new JsonArray(reference.Meetings.Select(m => (JsonNode)new JsonObject
        {
            ["images"] = new JsonArray(m.Images.Select(i => (JsonNode)JsonValue.Create(i)!).ToArray()), ["provider"] = m.Provider, ["value"] = m.Value,
        }).ToArray()),
    };

    private static Group MakeGroup((UnsharedKind Kind, string Target, string Suggestion) key, Place[] places, ulong pageSize)
    {
        UnsharedPage[] pages = places.Select(p => p.Page).GroupBy(PageOf).Select(g => g.First()).ToArray();
        long gain = pages.Where(p => p.Causes.All(c => (c.Kind, c.Target, c.Suggestion) == key)).Sum(p => Cost(p, pageSize));
        return new Group(key.Kind, key.Target, key.Suggestion, places, pages.Length, gain, pages.Sum(p => Cost(p, pageSize)));
    }

    /// <summary>Slots that share a page name it each; libraries that are never in one image may have other pages at its address.</summary>
    private static (ulong Address, string Image) PageOf(UnsharedPage page) => (page.Address, page.Partition[0][0]);

    /// <summary>What a page costs the fleet beyond one copy, in KiB.</summary>
    private static long Cost(UnsharedPage page, ulong pageSize) => (page.Contents - 1) * (long)pageSize / 1024;

    private static JsonNode ToJson(Group group) => new JsonObject
    {
        ["kind"] = JsonName(group.Kind),
        ["target"] = group.Target,
        ["pages"] = group.Pages,
        ["gainKiB"] = group.Gain,
        ["involvedKiB"] = group.Involved,
        ["suggestion"] = group.Suggestion,
        ["places"] = new JsonArray(group.Places.Select(p => (JsonNode)new JsonObject
        {
            ["library"] = p.Library, ["section"] = p.Section, ["page"] = p.Page.Address, ["contents"] = p.Page.Contents, ["from"] = p.Cause.From, ["text"] = p.Cause.Text,
        }).ToArray()),
    };

    private static void Show(CommandOutput output, Group group)
    {
        string target = group.Target.Length > 0 ? $" '{group.Target}'" : "";
        string pages = FormattableString.Invariant($"{group.Places.Length} {(group.Places.Length == 1 ? "place" : "places")} on {group.Pages} {(group.Pages == 1 ? "page" : "pages")}");
        output.Line(FormattableString.Invariant($"{group.Gain} KiB by itself, {group.Involved} KiB with the others on its pages: {Name(group.Kind)}{target}, {pages}"));
        foreach (Place place in group.Places.Take(ShownPlaces)) output.Line(FormattableString.Invariant($"  {place.Library}.{place.Section} 0x{place.Page.Address:x}: {place.Cause.Text}"));
        if (group.Places.Length > ShownPlaces) output.Line(FormattableString.Invariant($"  ... and {group.Places.Length - ShownPlaces} more (--format json has them all)"));
        output.Line($"  way out: {group.Suggestion}");
    }

    private static string JsonName(UnsharedKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    /// <summary>A cause in words.</summary>
    public static string Name(UnsharedKind kind) => kind switch
    {
        UnsharedKind.ApplicationSymbol => "refers to the application",
        UnsharedKind.MissingSymbol => "is in some images only",
        UnsharedKind.TargetMoves => "target moves",
        UnsharedKind.LinkerTable => "goes through the linker's table",
        UnsharedKind.ProviderDiffers => "has several providers",
        UnsharedKind.UnslottedSection => "is where libraries have no slots",
        UnsharedKind.LinkerSymbol => "is a symbol of the script",
        UnsharedKind.InputDiffers => "inputs differ",
        UnsharedKind.OthersOnPage => "is on a page with what other images have",
        UnsharedKind.Padding => "between inputs",
        _ => "cause unknown",
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
