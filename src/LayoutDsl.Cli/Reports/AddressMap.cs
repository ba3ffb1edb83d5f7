using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Density;
using LayoutDsl.Planning;

namespace LayoutDsl.Cli.Reports;

/// <summary>
/// Draws the address space of a fleet as SVG: a row for each image, a column for each page that any of them has content on, coloured by how many images
/// have the same content there. Neighbours that are alike are one rectangle, with a text that browsers show under the pointer.
/// </summary>
internal sealed class AddressMap
{
    /// <summary>Classes of colour, from a page that only one image has to one that all have.</summary>
    public const int Classes = 6;

    private const double Width = 1050;
    private const double NameWidth = 90;

    /// <summary>Names of libraries are set at 60 degrees: the room that a character takes upwards and to the right, at the 9 pixels of the style.</summary>
    private const double CharacterHeight = 4.7, CharacterWidth = 2.8;

    /// <summary>Longer names of libraries are cut.</summary>
    private const int LongestLabel = 30;

    /// <summary>Rows that are lower have no room for a name.</summary>
    private const double LeastNamed = 9;

    private readonly LayoutPlan? plan;
    private readonly IReadOnlyList<ProgramImage> images;
    private readonly Dictionary<(ulong Address, PageContent Content), int> owners;
    private readonly Dictionary<ulong, int> columns;
    private readonly Dictionary<string, IReadOnlyList<SlotPlan>> slots;
    private readonly IReadOnlyList<(string Text, int Column)> labels;
    private readonly double labelHeight;
    private readonly double columnWidth;
    private readonly double rowHeight;

    private AddressMap(IReadOnlyList<ProgramImage> images, LayoutPlan? plan)
    {
        this.images = images;
        this.plan = plan;
        owners = images.SelectMany(i => i.Memory.Pages).GroupBy(p => (p.Address, p.Content)).ToDictionary(g => g.Key, g => g.Count());
        columns = images.SelectMany(i => i.Memory.Pages).Select(p => p.Address).Distinct().Order().Select((a, i) => (a, i)).ToDictionary(x => x.a, x => x.i);
        rowHeight = Math.Clamp(560.0 / Math.Max(images.Count, 1), 3, 16);
        slots = images.ToDictionary(i => i.Name, i => FindSlots(i.Name), StringComparer.Ordinal);
        labels = FindLabels();
        int longest = labels.Select(l => l.Text.Length).DefaultIfEmpty(0).Max();
        labelHeight = 14 + (longest * CharacterHeight);
        columnWidth = (Width - NameWidth - (longest * CharacterWidth)) / Math.Max(columns.Count, 1);
    }

    /// <summary>Draws.</summary>
    public static string Draw(IReadOnlyList<ProgramImage> images, LayoutPlan? plan) => new AddressMap(images, plan).Draw();

    /// <summary>The class of colour of a page.</summary>
    public static int ClassOf(int images, int all) => images <= 1 ? 0 : images == all ? Classes - 1 : 1 + Math.Min(Classes - 3, (images - 1) * (Classes - 2) / Math.Max(all - 1, 1));

    private string Draw()
    {
        double height = (images.Count * rowHeight) + labelHeight;
        var svg = new StringBuilder();
        svg.Append(FormattableString.Invariant($"<svg id=\"map\" class=\"map\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height:0.##}\" width=\"{Width}\" height=\"{height:0.##}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Pages of {images.Count} images by address, coloured by how many images share them\">"));
        DrawLibraries(svg, height);
        for (int row = 0; row < images.Count; row++) DrawRow(svg, images[row], row);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Names of libraries above the columns that they start at.</summary>
    private void DrawLibraries(StringBuilder svg, double height)
    {
        double free = 0;
        foreach ((string label, int column) in labels)
        {
            double x = NameWidth + (column * columnWidth);
            if (x < free) continue;
            free = x + 10;
            svg.Append(FormattableString.Invariant($"<line class=\"edge\" x1=\"{x:0.##}\" x2=\"{x:0.##}\" y1=\"{labelHeight - 4:0.##}\" y2=\"{height:0.##}\"/><text class=\"library\" transform=\"translate({x + 5:0.##} {labelHeight - 6:0.##}) rotate(-60)\">{WebUtility.HtmlEncode(label)}</text>"));
        }
    }

    private void DrawRow(StringBuilder svg, ProgramImage image, int row)
    {
        double top = labelHeight + (row * rowHeight);
        if (rowHeight >= LeastNamed) svg.Append(FormattableString.Invariant($"<text class=\"image\" x=\"{NameWidth - 8}\" y=\"{top + (rowHeight * 0.7):0.##}\" text-anchor=\"end\">{WebUtility.HtmlEncode(image.Name)}</text>"));
        (int First, int Last, int Images, string Owner, ulong Address, ulong End)? open = null;
        foreach (MemoryPage page in image.Memory.Pages)
        {
            int column = columns[page.Address], shared = owners[(page.Address, page.Content)];
            string owner = FindOwner(image.Name, page.Address);
            if (open is { } o && o.Last + 1 == column && o.Images == shared && o.Owner == owner && o.End == page.Address)
            {
                open = o with { Last = column, End = page.Address + PageFrames.PageSize };
                continue;
            }

            Flush();
            open = (column, column, shared, owner, page.Address, page.Address + PageFrames.PageSize);
        }

        Flush();

        void Flush()
        {
            if (open is not { } o) return;
            string title = string.Create(CultureInfo.InvariantCulture, $"{image.Name}: {o.Owner} 0x{o.Address:x}..0x{o.End:x}, {o.Last - o.First + 1} pages, in {o.Images} of {images.Count} images");
            svg.Append(FormattableString.Invariant($"<rect class=\"s{ClassOf(o.Images, images.Count)}\" x=\"{NameWidth + (o.First * columnWidth):0.##}\" y=\"{top:0.##}\" width=\"{(o.Last - o.First + 1) * columnWidth:0.##}\" height=\"{rowHeight - 1:0.##}\"><title>{WebUtility.HtmlEncode(title)}</title></rect>"));
        }
    }

    /// <summary>Names of slots of libraries, and the columns that they start at.</summary>
    private IReadOnlyList<(string Text, int Column)> FindLabels()
    {
        if (plan is null) return [];
        var own = plan.Images.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        return images.SelectMany(i => slots[i.Name])
            .Where(s => s.Size > 0 && !own.Contains(s.Owner))
            .DistinctBy(s => (s.Owner, s.Section, s.Address))
            .OrderBy(s => s.Address)
            .Select(s => (Name: $"{s.Owner}.{s.Section}", Page: s.Address / PageFrames.PageSize * PageFrames.PageSize))
            .Where(s => columns.ContainsKey(s.Page))
            .Select(s => (s.Name.Length > LongestLabel ? s.Name[..(LongestLabel - 1)] + "…" : s.Name, columns[s.Page]))
            .ToArray();
    }

    private string FindOwner(string image, ulong page)
    {
        SlotPlan? slot = slots[image].FirstOrDefault(s => s.Size > 0 && s.Address < page + PageFrames.PageSize && s.Address + s.Size > page);
        return slot is null ? "" : $"{slot.Owner}.{slot.Section}";
    }

    private IReadOnlyList<SlotPlan> FindSlots(string image) => plan?.Images.FirstOrDefault(i => i.Name == image) is { } planned ? plan.GetSlots(planned) : [];
}
