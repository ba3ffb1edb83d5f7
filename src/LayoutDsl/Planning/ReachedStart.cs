using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Where on its first page a library's code or constants start, when images are left without the pages that they do not reach: so that what many images reach ends with a page, and not in the middle of one that has what
/// few do. The room is what is left of the last page; it needs no page more.
/// </summary>
internal static class ReachedStart
{
    /// <summary>The distance from the start of the page in bytes; 0 for blocks of several slots, whose starts depend on each other, and for what stays in images.</summary>
    public static ulong Find(BlockRun run, ulong page)
    {
        BlockItem[] items = run.Blocks.SelectMany(b => b.Items).Where(i => i.Reserved > 0).ToArray();
        if (items.Length != 1 || items[0].Part.Variants.Count != 1) return 0;
        BlockItem item = items[0];
        if ((item.Section.Permissions & Permissions.Write) != 0 || item.Section.Keep) return 0;
        IReadOnlyList<(ulong Offset, int Users)> uses = item.Part.Variants[0][item.Section.Name].Uses;
        ulong room = Alignment.AlignUp(item.Reserved, page) - item.Reserved;
        ulong best = 0;
        decimal least = CountBytes(uses, item.Size, page, 0);
        foreach (ulong distance in uses.Select(u => (page - (u.Offset % page)) % page).Where(d => d <= room).Append(room))
        {
            ulong start = Alignment.AlignDown(distance, item.Alignment);
            if (CountBytes(uses, item.Size, page, start) is var bytes && bytes >= least) continue;
            best = start;
            least = bytes;
        }

        return best;
    }

    /// <summary>
    /// Bytes on the pages that images have in all, as if whoever reaches something reached what more images do too. What more images reach comes first, so an image has everything up to the page on which the last ends that it reaches.
    /// </summary>
    private static decimal CountBytes(IReadOnlyList<(ulong Offset, int Users)> uses, ulong size, ulong page, ulong start)
    {
        decimal bytes = 0;
        int counted = 0;
        ulong end = size;
        foreach ((ulong offset, int users) in uses.Reverse())
        {
            if (users > counted)
            {
                bytes += (users - counted) * (decimal)(Math.Min(Alignment.AlignUp(start + end, page), start + size) - start);
                counted = users;
            }

            end = offset;
        }

        return bytes;
    }
}
