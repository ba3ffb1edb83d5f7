using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Analysis.Rewriting;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Blocks;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>How far addresses can be guessed, and what that costs.</summary>
internal static class AslrOutput
{
    private const int MaximumImageRows = 40;

    public static void Show(CommandOutput output, LayoutPlan plan, FactsFile facts)
    {
        (ImagePlan Image, AslrEntropy? Entropy)[] images = plan.Images.Select(i => (i, AslrEntropy.Of(plan, i))).ToArray();
        ILookup<string, ObjectFacts> objects = facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
        (string Name, int Images, bool Moves, double Bits, BlockTableSize Size)[] libraries = plan.Libraries.Select(l =>
        {
            var own = images.Where(i => i.Image.Libraries.Contains(l.Name)).ToArray();
            bool moves = own.Length > 0 && own.All(i => i.Image.Moves.Any(m => m.Owner == l.Name));
            double bits = moves ? own.Min(i => i.Entropy?.LibraryBits ?? 0) : 0;
            return (l.Name, own.Length, moves, bits, BlockTableSize.Of(l.Files.SelectMany(f => objects[f.Path])));
        }).ToArray();
        output.Json["aslr"] = new JsonObject
        {
            ["mode"] = plan.Aslr is { } aslr ? aslr.Mode.ToString().ToLowerInvariant() : "none",
            ["libraries"] = new JsonArray(libraries.Select(l => (JsonNode)new JsonObject
            {
                ["name"] = l.Name, ["images"] = l.Images, ["moves"] = l.Moves, ["bits"] = Math.Round(l.Bits, 4), ["words"] = l.Size.Words, ["stubs"] = l.Size.Stubs,
            }).ToArray()),
        };
        if (!output.IsText) return;
        if (plan.Aslr is null)
        {
            output.Line("addresses are the same in all images: there is nothing to guess");
            return;
        }

        Table table = Tables.Create("library", ">images", ">bits", ">words", ">stubs", ">table bytes in each image");
        foreach (var l in libraries) table.AddRow(Markup.Escape(l.Name), Text(l.Images), l.Moves ? Text(l.Bits) : "fixed", Text(l.Size.Words), Text(l.Size.Stubs), Text(l.Size.WordBytes));
        output.Console.Write(table);
        Table rows = Tables.Create("image", ">blocks", ">free units", ">unit", ">bits of a library", ">bits of the image");
        foreach ((ImagePlan image, AslrEntropy? entropy) in images.Take(MaximumImageRows))
        {
            if (entropy is not null) rows.AddRow(Markup.Escape(image.Name), Text(entropy.Blocks), Text((long)entropy.FreeUnits), Text((long)entropy.Unit), Text(entropy.LibraryBits), Text(entropy.ImageBits));
        }

        output.Console.Write(rows);
        if (images.Length > MaximumImageRows) output.Line(FormattableString.Invariant($"  ... and {images.Length - MaximumImageRows} more images (--format json has them all)"));
        output.Line(FormattableString.Invariant($"{plan.Aslr.Mode.ToString().ToLowerInvariant()} in {plan.Aslr.Region} from 0x{plan.Aslr.Start:x} to 0x{plan.Aslr.End:x}; least of all images: {images.Min(i => i.Entropy?.LibraryBits ?? 0):0.0} bits for a library, {images.Min(i => i.Entropy?.ImageBits ?? 0):0.0} for an image"));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double bits) => bits.ToString("0.0", CultureInfo.InvariantCulture);
}
