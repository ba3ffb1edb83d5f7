using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// The order of data that programs write, when nothing is placed yet. Each instance pays for every page that it writes to, so an image should have all of a page or nothing: whatever else an image has on a page that it
/// touches for one item is lost to it. From page to page what comes next is what loses least, of the next few in the order of how many images have them.
/// </summary>
internal sealed class DataOrder
{
    /// <summary>How many items are looked at: those that most images have.</summary>
    private const int Candidates = 64;

    /// <summary>
    /// A different page in the files counts as much as a page that so many of all instances write to. Synthetic fleets need fewest pages of both kinds from one in four to one in sixteen.
    /// </summary>
    private const double FileShare = 1.0 / 8;

    private readonly ulong page;
    private readonly double fileWeight;
    private readonly ImageSample sample;
    private readonly List<Candidate> open;

    /// <summary>The images with anything in the file for the page that is being filled, by what they have of it.</summary>
    private readonly List<ulong[]> contents = new();

    /// <summary>Bytes of that page.</summary>
    private ulong fill;

    /// <summary>The instances of the images that have any of it.</summary>
    private double weight;

    /// <summary>The images that have anything on that page, and those of <see cref="contents"/>.</summary>
    private ulong[] users, known;

    private DataOrder(IEnumerable<BlockItem> items, ulong page, ImageCatalog catalog)
    {
        this.page = page;
        sample = new ImageSample(catalog);
        fileWeight = FileShare * sample.Weight(sample.All);
        users = known = sample.Empty;
        open = items.Select(i => new Candidate(i, sample.Of(i.Part.Partition.Union), sample.Weight(sample.Of(i.Part.Partition.Union)))).ToList();
    }

    /// <summary>Orders items.</summary>
    /// <param name="items">The items, those that most images have first.</param>
    /// <param name="page">Page size in bytes.</param>
    /// <param name="catalog">The images.</param>
    /// <returns>The items, and whether one starts on a page of its own.</returns>
    public static IEnumerable<(BlockItem Item, bool IsOnNewPage)> Of(IEnumerable<BlockItem> items, ulong page, ImageCatalog catalog)
    {
        var order = new DataOrder(items, page, catalog);
        while (order.open.Count > 0) yield return order.TakeNext();
    }

    private (BlockItem Item, bool IsOnNewPage) TakeNext()
    {
        // A new page for whatever comes next costs the rest of this one.
        (int Index, double Loss, bool IsOnNewPage) best = (0, fill == 0 ? 0 : weight * (page - fill), true);
        for (int i = 0; i < Math.Min(open.Count, Candidates) && fill > 0; i++)
        {
double loss = FindLoss(open[i], best.Loss);
            if (loss < best.Loss || (loss == best.Loss && best.IsOnNewPage)) best = (i, loss, false);
        }

        Candidate next = open[best.Index];
        open.RemoveAt(best.Index);
        Append(next, best.IsOnNewPage);
        return (next.Item, best.IsOnNewPage);
    }

    /// <summary>
    /// Bytes that instances touch and do not have when an item comes next on this page, less those that they touch without it; different pages in the files count as <see cref="FileShare"/> says. Endless when the item would
    /// start behind the page, and no more than is known at once when that is above the limit.
    /// </summary>
    private double FindLoss(Candidate next, double limit)
    {
        ulong from = StartOf(next.Item);
        if (from >= page) return double.PositiveInfinity;
        double start = from, size = next.Item.Reserved, room = page - from;
        double inFiles = next.Item.Section.IsZero ? 0 : -fileWeight * Math.Min(size, room);
        double least = LossOf(Math.Max(weight, next.Weight)) + inFiles;
        if (least > limit) return least;
        double loss = LossOf(weight + sample.Missing(next.Users, users)) + inFiles;
        return next.Item.Section.IsZero || loss > limit ? loss : loss + (fileWeight * page * CountNewContents(next.Users));

        double LossOf(double together) =>
            (size < room ? together * (start + size) : (together * page) + (next.Weight * (size - room))) - (weight * fill) - (next.Weight * size);
    }

    private void Append(Candidate next, bool isOnNewPage)
    {
        if (isOnNewPage) Clear();
        ulong start = StartOf(next.Item) % page;
        ulong rest = next.Item.Reserved % page;
        if (next.Item.Reserved >= page - start) Clear();
        fill = (start + rest) % page;
        if (fill == 0) return;
        users = ImageSample.Union(users, next.Users);
        weight = sample.Weight(users);
        if (!next.Item.Section.IsZero) Split(next.Users);
    }

    private void Clear()
    {
        (fill, weight, users, known) = (0, 0, sample.Empty, sample.Empty);
        contents.Clear();
    }

    private ulong StartOf(BlockItem item) => Alignment.TryAlignUp(fill, item.Alignment, out ulong start) ? start : page;

    /// <summary>How many contents more the page has in the files when some images have something more on it.</summary>
    private int CountNewContents(ulong[] added)
    {
        int count = 0;
        foreach (ulong[] images in contents)
        {
            if (ImageSample.HasCommon(images, added) && ImageSample.HasOther(images, added)) count++;
        }

        return ImageSample.HasOther(added, known) ? count + 1 : count;
    }

    /// <summary>Splits the images of the page by whether they have something more on it.</summary>
    private void Split(ulong[] added)
    {
        ulong[][] old = contents.ToArray();
        contents.Clear();
        ulong[] rest = added;
        foreach (ulong[] images in old)
        {
            Add(ImageSample.Intersection(images, added));
            Add(ImageSample.Difference(images, added));
            rest = ImageSample.Difference(rest, images);
        }

        Add(rest);
        known = ImageSample.Union(known, added);

        void Add(ulong[] images)
        {
            if (images.Any(w => w != 0)) contents.Add(images);
        }
    }

    private sealed record Candidate(BlockItem Item, ulong[] Users, long Weight);
}
