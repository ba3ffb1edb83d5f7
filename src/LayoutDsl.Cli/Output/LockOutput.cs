using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>What a plan has otherwise than a lock, and what that costs: the pages that change in the images which have them.</summary>
internal static class LockOutput
{
    private const int NamedImages = 4;

    /// <summary>Shows the changes.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="changes">What is different.</param>
    /// <param name="onlyPlaces">Leaves out changes that move nothing.</param>
    public static void Show(CommandOutput output, LayoutPlan plan, IEnumerable<LockChange> changes, bool onlyPlaces)
    {
        var images = plan.Images.SelectMany(i => i.Libraries.Select(l => (l, i.Name))).ToLookup(x => x.l, x => x.Name, StringComparer.Ordinal);
        string[] all = plan.Images.Select(i => i.Name).ToArray();
        var rows = changes
            .Where(c => !onlyPlaces || c.ChangesPlan)
            .Select(c => (Change: c, Pages: CountPages(c.Slot, plan.Page), Images: c.Slot.Owner.Length == 0 ? all : images[c.Slot.Owner].ToArray()))
            .ToArray();
        output.Json["changes"] = new JsonArray(rows.Select(r => (JsonNode)ToJson(r.Change, r.Pages, r.Images)).ToArray());
        if (plan.Aslr is { } aslr) output.Json["movedBy"] = WordOf(aslr.Mode);
        if (!output.IsText || rows.Length == 0) return;
        Table table = Tables.Create("slot", "change", "before", "now", ">pages", ">images", "which");
        foreach (var (change, pages, names) in rows)
        {
            table.AddRow(
                Markup.Escape(change.Slot.DisplayName),
                change.HasOutgrown ? "outgrown" : NameOf(change.Kind),
                Describe(change.Before),
                Describe(change.After),
                FormattableString.Invariant($"{pages}"),
                FormattableString.Invariant($"{names.Length}"),
                Markup.Escape(Shorten(names)));
        }

        output.Console.Write(table);
        var moved = rows.Where(r => r.Change.Kind == LockChangeKind.Moved).ToArray();
        output.Line(FormattableString.Invariant(
            $"{string.Join(", ", rows.GroupBy(r => r.Change.Kind).Select(g => $"{g.Count()} {NameOf(g.Key)}"))}; {moved.Sum(r => (long)r.Pages * r.Images.Length)} pages of {moved.SelectMany(r => r.Images).Distinct().Count()} images move"));
        if (plan.Aslr is { Mode: var mode }) output.Line($"places are those before 'aslr {WordOf(mode)}' moves them; an image whose pages become more or fewer gets other addresses from its seed");
    }

    private static string WordOf(AslrMode mode) => mode.ToString().ToLowerInvariant();

    private static JsonObject ToJson(LockChange change, ulong pages, string[] images) => new()
    {
        ["owner"] = change.Slot.Owner,
        ["section"] = change.Slot.Section,
        ["part"] = change.Slot.Part,
        ["change"] = NameOf(change.Kind),
        ["changesPlan"] = change.ChangesPlan,
        ["before"] = ToJson(change.Before),
        ["after"] = ToJson(change.After),
        ["pages"] = pages,
        ["images"] = new JsonArray(images.Select(i => (JsonNode)JsonValue.Create(i)!).ToArray()),
    };

    private static JsonObject? ToJson(LockedSlot? slot) => slot is null ? null : new JsonObject { ["region"] = slot.Region, ["address"] = slot.Address, ["reserved"] = slot.Reserved };

    private static string NameOf(LockChangeKind kind) => kind.ToString().ToLowerInvariant();

    private static string Describe(LockedSlot? slot) => slot is null ? "-" : FormattableString.Invariant($"0x{slot.Address:x} +0x{slot.Reserved:x}");

    private static string Shorten(string[] names) =>
        string.Join(", ", names.Take(NamedImages)) + (names.Length > NamedImages ? FormattableString.Invariant($" and {names.Length - NamedImages} more") : "");

    private static ulong CountPages(LockedSlot slot, ulong page) =>
        slot.Reserved == 0 ? 0 : ((Alignment.AlignDown(slot.End - 1, page) - Alignment.AlignDown(slot.Address, page)) / page) + 1;
}
