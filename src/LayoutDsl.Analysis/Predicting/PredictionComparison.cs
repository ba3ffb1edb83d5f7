using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>Compares what was predicted with what was linked, page for page and byte for byte.</summary>
public static class PredictionComparison
{
    /// <summary>Pages of an image that are reported at most: a mistake in one place moves all that follows.</summary>
    private const int ReportedPages = 3;

    /// <summary>Compares, and reports each page that differs.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="images">Linked images by their name in the plan.</param>
    /// <param name="bag">Takes what differs.</param>
    /// <returns>How many pages that are not all zeros agree, and how many differ. Of the page of the ELF header, <see cref="FileHeaders.Unknown"/> is not compared.</returns>
    public static (int Equal, int Different) Compare(FleetPrediction prediction, IReadOnlyDictionary<string, MemoryImage> images, DiagnosticBag bag)
    {
        int equal = 0;
        int different = 0;
        foreach (KeyValuePair<string, MemoryImage> image in images.OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            ImageModel model = prediction.Models[image.Key];
            ulong? header = prediction.Plan.Headers is { } address ? Alignment.AlignDown(address, prediction.Plan.Page) : null;
            int reported = 0;
            foreach (ulong page in image.Value.Pages.Concat(model.Memory.Pages).Select(p => p.Address).Distinct().OrderBy(a => a))
            {
                ReadOnlySpan<byte> actual = page == header ? Known(image.Value.GetBytes(page)) : image.Value.GetBytes(page);
                ReadOnlySpan<byte> predicted = page == header ? Known(model.Memory.GetBytes(page)) : model.Memory.GetBytes(page);
                if (actual.SequenceEqual(predicted))
                {
                    equal++;
                    continue;
                }

                different++;
                if (reported++ < ReportedPages) Report(image.Value.Name, model, page, actual, predicted, bag);
            }
        }

        return (equal, different);
    }

    /// <summary>The page of the ELF header without what is not known of it.</summary>
    private static byte[] Known(ReadOnlySpan<byte> page)
    {
        byte[] known = page.ToArray();
        foreach (Range field in FileHeaders.Unknown) known.AsSpan()[field].Clear();
        return known;
    }

    private static void Report(string image, ImageModel model, ulong page, ReadOnlySpan<byte> actual, ReadOnlySpan<byte> predicted, DiagnosticBag bag)
    {
        int offset = 0;
        while (actual[offset] == predicted[offset]) offset++;
        ulong address = page + (ulong)offset;
        string section = model.FindSection(address)?.Name ?? "no section";
        string input = model.FindInput(address) is { } found ? FormattableString.Invariant($"{found.Object.Object.Name}({found.Section.Name})+0x{address - found.Address:x}") : "no input";
        bag.ReportPredictionDiffers(image, page, section, FormattableString.Invariant($"0x{address:x} has 0x{actual[offset]:x2}, predicted is 0x{predicted[offset]:x2}, in {input}"));
    }
}
