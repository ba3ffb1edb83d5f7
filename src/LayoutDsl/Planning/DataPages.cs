using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Finds places for data that programs write. Each instance pays for every page that it writes to, so small data shares pages with what most of the same images have, and crosses
/// the end of a page only where that costs none of them another page. Who has a page matters, not who else is on it: written pages are never shared.
/// </summary>
internal sealed class DataPages
{
    /// <summary>How many pages with room are looked at: those that most images have.</summary>
    private const int OpenPages = 16;

    private readonly ulong page;
    private readonly ImageSample sample;
    private readonly List<OpenPage> open = new();

    /// <param name="page">Page size in bytes.</param>
    /// <param name="catalog">The images.</param>
    public DataPages(ulong page, ImageCatalog catalog)
    {
        this.page = page;
        sample = new ImageSample(catalog);
    }

    /// <summary>Remembers the room behind something that was placed.</summary>
    /// <param name="end">The address just after it.</param>
    /// <param name="limit">The address up to which there is room; on a later page when the pages behind are free, which holds for one place at a time.</param>
    /// <param name="images">The images that have it.</param>
    public void Add(ulong end, ulong limit, ImageSet images)
    {
        ulong last = Alignment.AlignUp(end, page);
        if (limit > last)
        {
            for (int i = 0; i < open.Count; i++) open[i] = open[i] with { Limit = Math.Min(open[i].Limit, Alignment.AlignUp(open[i].Next, page)) };
        }

        open.RemoveAll(p => p.Next >= p.Limit);
        if (end == last || limit <= end) return;
        open.Add(MakePage(end, limit, sample.Of(images)));
        if (open.Count > OpenPages) open.Remove(open.OrderBy(p => p.Weight).ThenByDescending(p => p.Next).First());
    }

    /// <summary>A place on an open page when that costs the images no more pages than new ones would; else null.</summary>
    public ulong? TryPlace(BlockItem item)
    {
        ulong[] users = sample.Of(item.Part.Partition.Union);
        long whole = sample.Weight(users);
        long best = checked(whole * (long)Math.Min(PagesOf(item.Reserved), int.MaxValue));
        OpenPage? found = null;
        foreach (OpenPage candidate in open)
        {
            ulong start = Alignment.AlignUp(candidate.Next, item.Alignment);
            if (start > candidate.Limit || item.Reserved > candidate.Limit - start) continue;
            ulong later = (Alignment.AlignDown(start + item.Reserved - 1, page) - Alignment.AlignDown(candidate.Next, page)) / page;
            long cost = sample.Missing(users, candidate.Users) + checked(whole * (long)Math.Min(later, int.MaxValue));
            if (cost > best || (cost == best && found is not null && found.Limit - found.Next <= candidate.Limit - candidate.Next)) continue;
            (best, found) = (cost, candidate);
        }

        if (found is null) return null;
        ulong address = Alignment.AlignUp(found.Next, item.Alignment);
        open.Remove(found);
        ulong next = address + item.Reserved;
        bool isSamePage = Alignment.AlignDown(next - 1, page) == Alignment.AlignDown(found.Next, page);
        if (next % page != 0) open.Add(MakePage(next, found.Limit, isSamePage ? ImageSample.Union(users, found.Users) : users));
        return address;
    }

    private ulong PagesOf(ulong bytes) => (bytes / page) + (bytes % page == 0 ? 0UL : 1UL);

    private OpenPage MakePage(ulong next, ulong limit, ulong[] users) => new(next, limit, users, sample.Weight(users));

    private sealed record OpenPage(ulong Next, ulong Limit, ulong[] Users, long Weight);
}
