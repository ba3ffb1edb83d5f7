using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// The order of what is paid for by whole pages in every instance, when nothing is placed yet: data that programs write, and memory that page tables map. An image should have all of a page or nothing: whatever else it has
/// on a page that it touches for one item is lost to it. From page to page what comes next is what loses least, of the next few in the order of how many images have them.
/// </summary>
/// <typeparam name="T">What is ordered.</typeparam>
internal sealed class PageOrder<T>
{
    /// <summary>How many items are looked at: those that most images have.</summary>
    private readonly int candidates;

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

    /// <param name="items">The items, those that most images have first.</param>
    /// <param name="page">Page size in bytes.</param>
    /// <param name="catalog">The images.</param>
    /// <param name="candidates">How many items are looked at for each place.</param>
    /// <param name="fileShare">A different page in the files counts as much as a page that this part of all instances touches.</param>
    public PageOrder(IEnumerable<PagedItem<T>> items, ulong page, ImageCatalog catalog, int candidates, double fileShare)
    {
        this.page = page;
        this.candidates = candidates;
        sample = new ImageSample(catalog);
        fileWeight = fileShare * sample.Weight(sample.All);
        users = known = sample.Empty;
        open = items.Select(i => new Candidate(i, sample.Of(i.Images), sample.Weight(sample.Of(i.Images)))).ToList();
    }

    /// <summary>The items in order, and whether one starts on a page of its own.</summary>
    public IEnumerable<(T Item, bool IsOnNewPage)> TakeAll()
    {
        while (open.Count > 0) yield return TakeNext();
    }

    private (T Item, bool IsOnNewPage) TakeNext()
    {
        // A new page for whatever comes next costs the rest of this one.
        (int Index, double Loss, bool IsOnNewPage) best = (0, fill == 0 ? 0 : weight * (page - fill), true);
        for (int i = 0; i < Math.Min(open.Count, candidates) && fill > 0; i++)
        {
            double loss = FindLoss(open[i], best.Loss);
            if (loss < best.Loss || (loss == best.Loss && best.IsOnNewPage)) best = (i, loss, false);
        }

        Candidate next = open[best.Index];
        open.RemoveAt(best.Index);
        Append(next, best.IsOnNewPage);
        return (next.Item.Value, best.IsOnNewPage);
    }

    /// <summary>
    /// Bytes that instances touch and do not have when an item comes next on this page, less those that they touch without it; different pages in the files count by their share. Endless when the item would
    /// start behind the page, and no more than is known at once when that is above the limit.
    /// </summary>
    private double FindLoss(Candidate next, double limit)
    {
        ulong from = StartOf(next.Item);
        if (from >= page) return double.PositiveInfinity;
        double start = from, size = next.Item.Size, room = page - from;
        double inFiles = !next.Item.IsInFiles ? 0 : -fileWeight * Math.Min(size, room);
        double least = LossOf(Math.Max(weight, next.Weight)) + inFiles;
        if (least > limit) return least;
        double loss = LossOf(weight + sample.Missing(next.Users, users)) + inFiles;
        return !next.Item.IsInFiles || loss > limit ? loss : loss + (fileWeight * page * CountNewContents(next.Users));

        double LossOf(double together) =>
            (size < room ? together * (start + size) : (together * page) + (next.Weight * (size - room))) - (weight * fill) - (next.Weight * size);
    }

    private void Append(Candidate next, bool isOnNewPage)
    {
        if (isOnNewPage) Clear();
        ulong start = StartOf(next.Item) % page;
        ulong rest = next.Item.Size % page;
        if (next.Item.Size >= page - start) Clear();
        fill = (start + rest) % page;
        if (fill == 0) return;
        users = ImageSample.Union(users, next.Users);
        weight = sample.Weight(users);
        if (next.Item.IsInFiles) Split(next.Users);
    }

    private void Clear()
    {
        (fill, weight, users, known) = (0, 0, sample.Empty, sample.Empty);
        contents.Clear();
    }

    private ulong StartOf(PagedItem<T> item) => Alignment.TryAlignUp(fill, item.Alignment, out ulong start) ? start : page;

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

    private sealed record Candidate(PagedItem<T> Item, ulong[] Users, long Weight);
}
