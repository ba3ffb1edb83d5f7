using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Analysis.Variants;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>The libraries of which images have different builds: what differs, and who has which.</summary>
internal static class VariantOutput
{
    /// <summary>Names that a cell has at most before it counts the rest.</summary>
    private const int MaximumNames = 4;

    public static void Show(CommandOutput output, LayoutPlan plan, FactsFile facts)
    {
        IReadOnlyList<VariantPart> parts = VariantPart.Find(plan, facts);
        output.Json["variants"] = new JsonArray(parts.Select(ToJson).ToArray());
        if (!output.IsText || parts.Count == 0) return;
        Table table = Tables.Create("builds differ in", "variant", ">bytes", "images", "what differs", "first symbol");
        foreach (VariantPart part in parts)
        {
            VariantInput[] inputs = part.Inputs.Take(MaximumNames).ToArray();
            for (int i = 0; i < Math.Max(part.Variants.Count, inputs.Length); i++)
            {
                LibraryVariant? variant = i < part.Variants.Count ? part.Variants[i] : null;
                VariantInput? input = i < inputs.Length ? inputs[i] : null;
                table.AddRow(
                    Markup.Escape(i == 0 ? $"{part.Library}: {part.Part}" : ""),
                    variant is null ? "" : FormattableString.Invariant($"{i + 1} of {part.Variants.Count}"),
                    variant is null ? "" : FormattableString.Invariant($"{variant.Size}"),
                    Markup.Escape(variant is null ? "" : Join(variant.Images)),
                    Markup.Escape(input is null ? "" : $"{input.Object} ({string.Join(" ", input.Sections)})"),
                    Markup.Escape(input?.Symbol ?? ""));
            }

            if (part.Inputs.Count > inputs.Length) table.AddRow("", "", "", "", FormattableString.Invariant($"... and {part.Inputs.Count - inputs.Length} more objects"), "");
        }

        output.Console.Write(table);
    }

    private static JsonNode ToJson(VariantPart part) => new JsonObject
    {
        ["library"] = part.Library,
        ["part"] = part.Part,
        ["inputs"] = new JsonArray(part.Inputs.Select(i => (JsonNode)new JsonObject { ["object"] = i.Object, ["sections"] = Names(i.Sections), ["symbol"] = i.Symbol }).ToArray()),
        ["variants"] = new JsonArray(part.Variants.Select(v => (JsonNode)new JsonObject { ["images"] = Names(v.Images), ["size"] = v.Size }).ToArray()),
    };

    private static JsonArray Names(IEnumerable<string> names) => new(names.Select(n => (JsonNode)JsonValue.Create(n)!).ToArray());

    private static string Join(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MaximumNames)) + (names.Count > MaximumNames ? FormattableString.Invariant($" and {names.Count - MaximumNames} more") : "");
}
