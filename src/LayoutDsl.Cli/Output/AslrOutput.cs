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
        var sizes = libraries.ToDictionary(l => l.Name, l => l.Size, StringComparer.Ordinal);
        (long alike, long pairs) = CountPairs(plan);
        output.Json["aslr"] = new JsonObject
        {
            ["mode"] = plan.Aslr is { } aslr ? aslr.Mode.ToString().ToLowerInvariant() : "none",
            ["libraries"] = new JsonArray(libraries.Select(l => (JsonNode)new JsonObject
            {
                ["name"] = l.Name, ["images"] = l.Images, ["moves"] = l.Moves, ["bits"] = Math.Round(l.Bits, 4), ["words"] = l.Size.Words, ["stubs"] = l.Size.Stubs, ["tablePage"] = l.Size.Page,
            }).ToArray()),
            ["images"] = new JsonArray(images.Where(i => i.Entropy is not null).Select(i => (JsonNode)new JsonObject
            {
                ["name"] = i.Image.Name, ["blocks"] = i.Entropy!.Blocks, ["freeUnits"] = i.Entropy.FreeUnits, ["unit"] = i.Entropy.Unit,
                ["libraryBits"] = Math.Round(i.Entropy.LibraryBits, 4), ["imageBits"] = Math.Round(i.Entropy.ImageBits, 4), ["tablePages"] = CountTablePages(i.Image),
            }).ToArray()),
            ["pairsAtOneAddress"] = alike, ["pairs"] = pairs,
        };
        if (!output.IsText) return;
        if (plan.Aslr is null)
        {
            output.Line("addresses are the same in all images: there is nothing to guess");
            return;
        }

        Table table = Tables.Create("library", ">images", ">bits", ">words", ">stubs", ">table bytes in each image", ">on page");
        foreach (var l in libraries) table.AddRow(Markup.Escape(l.Name), Text(l.Images), l.Moves ? Text(l.Bits) : "fixed", Text(l.Size.Words), Text(l.Size.Stubs), Text(l.Size.WordBytes), l.Size.Page is { } page ? Text(page) : l.Size.Words > 0 ? "its own" : "");
        output.Console.Write(table);
        Table rows = Tables.Create("image", ">blocks", ">free units", ">unit", ">bits of a library", ">bits of the image", ">pages with tables");
        foreach ((ImagePlan image, AslrEntropy? entropy) in images.Take(MaximumImageRows))
        {
            if (entropy is not null) rows.AddRow(Markup.Escape(image.Name), Text(entropy.Blocks), Text((long)entropy.FreeUnits), Text((long)entropy.Unit), Text(entropy.LibraryBits), Text(entropy.ImageBits), Text(CountTablePages(image)));
        }

        output.Console.Write(rows);
        if (images.Length > MaximumImageRows) output.Line(FormattableString.Invariant($"  ... and {images.Length - MaximumImageRows} more images (--format json has them all)"));
        output.Line(FormattableString.Invariant($"of {pairs} pairs of images that have a library, {alike} have it at one address"));
        output.Line(FormattableString.Invariant($"{plan.Aslr.Mode.ToString().ToLowerInvariant()} in {plan.Aslr.Region} from 0x{plan.Aslr.Start:x} to 0x{plan.Aslr.End:x}; least of all images: {images.Min(i => i.Entropy?.LibraryBits ?? 0):0.0} bits for a library, {images.Min(i => i.Entropy?.ImageBits ?? 0):0.0} for an image"));

        // Pages that several libraries have are one in memory.
        int CountTablePages(ImagePlan image) => image.Libraries.Count(l => sizes[l] is { Page: null, Words: > 0 }) + image.Libraries.Select(l => sizes[l].Page).Where(n => n is not null).Distinct().Count();
    }

    /// <summary>How many pairs of images have a library that moves at one address, by chance.</summary>
    private static (long Alike, long All) CountPairs(LayoutPlan plan)
    {
        (long alike, long all) = (0, 0);
        foreach (var library in plan.Images.SelectMany(i => i.Moves).Where(m => m.Owner.Length > 0).GroupBy(m => m.Owner, m => m.Distance, StringComparer.Ordinal))
        {
            all += Pairs(library.LongCount());
            alike += library.GroupBy(d => d).Sum(g => Pairs(g.LongCount()));
        }

        return (alike, all);

        static long Pairs(long count) => count * (count - 1) / 2;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double bits) => bits.ToString("0.0", CultureInfo.InvariantCulture);
}
