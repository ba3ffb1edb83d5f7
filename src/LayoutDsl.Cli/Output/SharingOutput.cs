using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Planning;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>The sharing report, alone or beside that of another link of the same images.</summary>
internal static class SharingOutput
{
    /// <summary>Rows that a table shows at most of one kind before it sums up the rest.</summary>
    private const int MaximumImageRows = 40;

    public static void Show(CommandOutput output, SharingReport report, SharingReport? against, LayoutPlan? plan)
    {
        AddJson(output.Json, report);
        if (against is not null)
        {
            var other = new JsonObject();
            AddJson(other, against);
            output.Json["against"] = other;
        }

        if (!output.IsText) return;
        ShowImages(output, report, against);
        if (plan is not null) ShowLibraries(output, report.Libraries);
        ShowTotals(output, report, against);
    }

    private static void AddJson(JsonObject json, SharingReport report)
    {
        json["page"] = report.PageSize;
        json["pages"] = report.Pages;
        json["distinct"] = report.Distinct;
        json["ratio"] = Math.Round(report.Ratio, 4);
        if (report.Floor is { } floor) json["floor"] = floor;
        json["zero"] = report.Zero;
        json["writable"] = report.Writable;
        json["images"] = new JsonArray(report.Images.Select(i => (JsonNode)new JsonObject
        {
            ["name"] = i.Name, ["pages"] = i.Pages, ["shared"] = i.Shared, ["private"] = i.Private, ["fileSize"] = i.FileSize,
        }).ToArray());
        json["libraries"] = ToJson(report.Libraries);
    }

    /// <summary>The rows of libraries as JSON.</summary>
    public static JsonArray ToJson(IEnumerable<LibrarySharing> libraries) => new(libraries.Select(l => (JsonNode)new JsonObject
    {
        ["name"] = l.Name,
        ["images"] = l.Images,
        ["sections"] = new JsonArray(l.Sections.Select(ToJson).ToArray()),
    }).ToArray());

    private static JsonNode ToJson(SectionSharing section) => new JsonObject
    {
        ["section"] = section.Section,
        ["permissions"] = section.Permissions,
        ["address"] = section.Address,
        ["pages"] = section.Pages,
        ["shared"] = section.Shared,
        ["unshared"] = new JsonArray(section.Unshared.Select(u => (JsonNode)new JsonObject
        {
            ["address"] = u.Address, ["contents"] = u.Contents, ["differingBytes"] = u.DifferingBytes, ["reason"] = u.Cause.Text, ["suggestion"] = u.Cause.Suggestion,
            ["places"] = u.Causes.Count,
            ["partition"] = new JsonArray(u.Partition.Select(p => (JsonNode)new JsonArray(p.Select(n => (JsonNode)JsonValue.Create(n)!).ToArray())).ToArray()),
        }).ToArray()),
    };

    private static void ShowImages(CommandOutput output, SharingReport report, SharingReport? against)
    {
        var others = against?.Images.ToDictionary(i => Path.GetFileName(i.Name), StringComparer.Ordinal);
        Table table = others is null
            ? Tables.Create("image", ">pages", ">shared", ">private", ">file KiB")
            : Tables.Create("image", ">default pages", ">shared", ">private", ">file KiB", ">layout pages", ">shared", ">private", ">file KiB");
        foreach (ImageSharing image in report.Images.Take(MaximumImageRows))
        {
            string name = Path.GetFileName(image.Name);
            string[] other = others is null ? [] : others.TryGetValue(name, out ImageSharing? row) ? Cells(row) : ["-", "-", "-", "-"];
            table.AddRow([Markup.Escape(name), .. other, .. Cells(image)]);
        }

        output.Console.Write(table);
        if (report.Images.Count > MaximumImageRows) output.Line(FormattableString.Invariant($"  ... and {report.Images.Count - MaximumImageRows} more images (--format json has them all)"));

        static string[] Cells(ImageSharing row) => [Number(row.Pages), Number(row.Shared), Number(row.Private), Number((row.FileSize + 1023) / 1024)];
    }

    /// <summary>Shows a row for each section of each library, and the pages that are not equal in all images.</summary>
    public static void ShowLibraries(CommandOutput output, IReadOnlyList<LibrarySharing> libraries)
    {
        Table table = Tables.Create("library", ">images", "section", "address in all", ">pages", ">equal in all");
        foreach (LibrarySharing library in libraries)
        {
            string name = Markup.Escape(library.Name);
            string images = Number(library.Images);
            foreach (SectionSharing section in library.Sections)
            {
                string address = section.Address is { } a ? FormattableString.Invariant($"0x{a:x}") : "differs";
                table.AddRow(name, images, $"{section.Section} ({section.Permissions})", address, Number(section.Pages), Number(section.Shared));
                name = images = "";
            }
        }

        output.Console.Write(table);
        LibrarySharing[] several = libraries.Where(l => l.Images > 1).ToArray();
        SectionSharing[] readOnly = several.SelectMany(l => l.Sections).Where(s => !s.Permissions.Contains('w', StringComparison.Ordinal)).ToArray();
        int pages = readOnly.Sum(s => s.Pages);
        int shared = readOnly.Sum(s => s.Shared);
        int placed = several.Count(l => l.Sections.All(s => s.Address is not null));
        output.Line(FormattableString.Invariant($"{placed} of {several.Length} libraries that are in several images have one address in all of them; {shared} of their {pages} code and read-only pages are equal in all ({Percent(shared, pages)})"));
        foreach (LibrarySharing library in several)
        {
            foreach (SectionSharing section in library.Sections)
            {
                foreach (UnsharedPage page in section.Unshared)
                {
                    output.Line(FormattableString.Invariant($"  not shared: {library.Name}.{section.Section} page 0x{page.Address:x}, {page.Contents} contents, {page.DifferingBytes} bytes in {page.Causes.Count} places: {page.Cause.Text}"));
                }
            }
        }
    }

    private static void ShowTotals(CommandOutput output, SharingReport report, SharingReport? against)
    {
        Table table = Tables.Create("fleet", ">images", ">pages", ">distinct", ">floor", ">pages/distinct", ">distinct KiB", ">zero pages", ">writable", ">files KiB");
        if (against is not null) AddRow("default link", against);
        AddRow(against is null ? "all" : "LayoutDsl", report);
        output.Console.Write(table);
        if (against is not null && report.Distinct > 0)
        {
            output.Line(FormattableString.Invariant($"The fleet needs {(double)against.Distinct / report.Distinct:0.00} times fewer distinct pages with LayoutDsl: {report.Distinct} instead of {against.Distinct}."));
        }

        if (report.Floor is > 0 and { } least)
        {
            output.Line(FormattableString.Invariant($"The floor, libraries once and packed and what else the images have, is {least} pages; the fleet is at {(double)report.Distinct / least:0.00} times the floor."));
        }

        void AddRow(string name, SharingReport row) => table.AddRow(
            name,
            Number(row.Images.Count),
            Number(row.Pages),
            Number(row.Distinct),
            row.Floor is { } floor ? Number(floor) : "-",
            row.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
            Number(row.Distinct * (long)row.PageSize / 1024),
            Number(row.Zero),
            Number(row.Writable),
            Number((row.Images.Sum(i => i.FileSize) + 1023) / 1024));
    }

    private static string Percent(int part, int whole) => whole == 0 ? "100%" : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
