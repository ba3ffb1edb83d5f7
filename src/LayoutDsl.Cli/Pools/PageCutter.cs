using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Cli.Density;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Cli.Pools;

/// <summary>
/// Cuts images into runs of pages such that every content is in exactly one run, and runs are as long as that allows: two contents are in one run when
/// the second follows the first wherever either occurs, in every image. Few runs mean few mappings.
/// </summary>
internal sealed class PageCutter
{
    private readonly IReadOnlyList<ProgramImage> images;
    private readonly Dictionary<PageKey, PageKey?> next = new();
    private readonly Dictionary<PageKey, PageKey?> previous = new();
    private readonly Dictionary<PageKey, string> hashes = new();
    private readonly Dictionary<string, byte[]> runs = new(StringComparer.Ordinal);

    private PageCutter(IReadOnlyList<ProgramImage> images) => this.images = images;

    public static PoolContent Cut(IReadOnlyList<ProgramImage> images)
    {
        var cutter = new PageCutter(images);
        foreach (ProgramImage image in images) cutter.Link(image);
        return new PoolContent(images.Select(i => (i, (IReadOnlyList<PoolRun>)cutter.Cut(i))).ToArray(), cutter.runs);
    }

    /// <summary>Notes what follows what. Null stands for different things, or for an end.</summary>
    private void Link(ProgramImage image)
    {
        (ulong Address, PageKey Key)? last = null;
        foreach ((ulong address, PageKey? key) in Pages(image))
        {
            bool follows = last is { } l && key is { } k && l.Address + PageFrames.PageSize == address && l.Key.Flags == k.Flags;
            if (last is { } before) Note(next, before.Key, follows ? key : null);
            if (key is { } now) Note(previous, now, follows ? last!.Value.Key : null);
            last = key is { } page ? (address, page) : null;
        }

        if (last is { } end) Note(next, end.Key, null);

        static void Note(Dictionary<PageKey, PageKey?> links, PageKey from, PageKey? to) => links[from] = !links.TryGetValue(from, out PageKey? known) || known == to ? to : null;
    }

    private List<PoolRun> Cut(ProgramImage image)
    {
        var found = new List<PoolRun>();
        var keys = new List<PageKey>();
        ulong start = 0;
        foreach ((ulong address, PageKey? key) in Pages(image))
        {
            if (key is { } k && keys.Count > 0 && start + ((ulong)keys.Count * PageFrames.PageSize) == address && next[keys[^1]] == k && previous[k] == keys[^1])
            {
                keys.Add(k);
                continue;
            }

            Finish();
            start = address;
            if (key is { } first) keys.Add(first);
        }

        Finish();
        found.AddRange(Zeros(image));
        found.Sort((a, b) => a.Address.CompareTo(b.Address));
        return found;

        void Finish()
        {
            if (keys.Count > 0) found.Add(new PoolRun(start, keys.Count, keys[0].Flags, Store(image, start, keys)));
            keys.Clear();
        }
    }

    /// <summary>The hash of a run; its bytes are kept when it is new. Its first content stands for it, since that is in no other.</summary>
    private string Store(ProgramImage image, ulong start, List<PageKey> keys)
    {
        if (hashes.TryGetValue(keys[0], out string? known)) return known;
        var bytes = new byte[keys.Count * (int)PageFrames.PageSize];
        for (int i = 0; i < keys.Count; i++) image.Memory.GetBytes(start + ((ulong)i * PageFrames.PageSize)).CopyTo(bytes.AsSpan(i * (int)PageFrames.PageSize));
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        hashes.Add(keys[0], hash);
        runs[hash] = bytes;
        return hash;
    }

    /// <summary>The pages of an image by address; null for one of zeros.</summary>
    private static IEnumerable<(ulong Address, PageKey? Key)> Pages(ProgramImage image)
    {
        Dictionary<ulong, PageContent> contents = image.Memory.Pages.ToDictionary(p => p.Address, p => p.Content);
        foreach (PageRange range in image.Ranges)
        {
            for (int i = 0; i < range.Count; i++)
            {
                ulong address = range.Address + ((ulong)i * PageFrames.PageSize);
                yield return (address, contents.TryGetValue(address, out PageContent content) ? new PageKey(content, range.Flags) : null);
            }
        }
    }

    private static IEnumerable<PoolRun> Zeros(ProgramImage image)
    {
        PoolRun? open = null;
        foreach (PageRange range in image.Ranges)
        {
            HashSet<ulong> contents = image.Memory.Pages.Select(p => p.Address).ToHashSet();
            for (int i = 0; i < range.Count; i++)
            {
                ulong address = range.Address + ((ulong)i * PageFrames.PageSize);
                if (contents.Contains(address)) continue;
                if (open is { } run && run.Flags == range.Flags && run.Address + ((ulong)run.Count * PageFrames.PageSize) == address)
                {
                    open = run with { Count = run.Count + 1 };
                    continue;
                }

                if (open is { } done) yield return done;
                open = new PoolRun(address, 1, range.Flags, null);
            }
        }

        if (open is { } last) yield return last;
    }

    private readonly record struct PageKey(PageContent Content, ElfSegmentFlags Flags);
}
