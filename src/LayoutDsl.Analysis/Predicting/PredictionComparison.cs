using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Planning;
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
            int reported = 0;
            foreach (ulong page in PagesOf(image.Value, model.Memory))
            {
                if (IsEqual(prediction.Plan, page, image.Value, model.Memory))
                {
                    equal++;
                    continue;
                }

                different++;
                if (reported++ >= ReportedPages) continue;
                (string section, string difference) = Describe(prediction.Plan, model, page, image.Value, model.Memory);
                bag.ReportPredictionDiffers(image.Value.Name, page, section, difference);
            }
        }

        return (equal, different);
    }

    /// <summary>The first difference between an image as the linker made it and its model; null when there is none.</summary>
    internal static string? FindDifference(LayoutPlan plan, ImageModel model, MemoryImage linked)
    {
        foreach (ulong page in PagesOf(linked, model.Whole).Where(p => !IsEqual(plan, p, linked, model.Whole)))
        {
            (string section, string difference) = Describe(plan, model, page, linked, model.Whole);
            return FormattableString.Invariant($"page 0x{page:x} ({section}) is not as predicted: {difference}");
        }

        return null;
    }

    private static IEnumerable<ulong> PagesOf(MemoryImage first, MemoryImage second) => first.Pages.Concat(second.Pages).Select(p => p.Address).Distinct().OrderBy(a => a);

    private static bool IsEqual(LayoutPlan plan, ulong page, MemoryImage actual, MemoryImage predicted) => Known(plan, page, actual).SequenceEqual(Known(plan, page, predicted));

    /// <summary>A page without what is not known of it: of the ELF header where the section headers are, and of an image that is trimmed the segments too.</summary>
    private static ReadOnlySpan<byte> Known(LayoutPlan plan, ulong page, MemoryImage image)
    {
        ReadOnlySpan<byte> bytes = image.GetBytes(page);
        if (plan.Headers is not { } headers || page != Alignment.AlignDown(headers, plan.Page)) return bytes;
        byte[] known = bytes.ToArray();
        if (plan.DropsUnreached) Array.Clear(known, 0, known.Length);
        else foreach (Range field in FileHeaders.Unknown) known.AsSpan()[field].Clear();
        return known;
    }

    private static (string Section, string Difference) Describe(LayoutPlan plan, ImageModel model, ulong page, MemoryImage linked, MemoryImage expected)
    {
        ReadOnlySpan<byte> actual = Known(plan, page, linked);
        ReadOnlySpan<byte> predicted = Known(plan, page, expected);
        int offset = 0;
        while (actual[offset] == predicted[offset]) offset++;
        ulong address = page + (ulong)offset;
        string input = model.FindInput(address) is { } found ? FormattableString.Invariant($"{found.Object.Object.Name}({found.Section.Name})+0x{address - found.Address:x}") : "no input";
        return (model.FindSection(address)?.Name ?? "no section", FormattableString.Invariant($"0x{address:x} has 0x{actual[offset]:x2}, predicted is 0x{predicted[offset]:x2}, in {input}"));
    }
}
