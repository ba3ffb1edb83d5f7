using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Planning.Costs;

/// <summary>Counts page tables: radix trees whose tables are a page of 8-byte entries, for addresses of 48 bits (x86-64: Intel SDM volume 3, 4-level paging; AArch64: VMSAv8-64).</summary>
public static class PageTables
{
    private const ulong EntrySize = 8;
    private const int AddressBits = 48;

    /// <summary>Bytes that a table of the lowest level maps.</summary>
    /// <param name="page">Bytes of a page.</param>
    public static ulong Reach(ulong page) => page * (page / EntrySize);

    /// <summary>Tables that map these ranges of pages.</summary>
    /// <param name="page">Bytes of a page.</param>
    /// <param name="ranges">First addresses of the first and last pages.</param>
    public static ulong Count(ulong page, IReadOnlyCollection<(ulong First, ulong Last)> ranges)
    {
        if (ranges.Count == 0) return 0;
        int pageBits = Log2(page);
        int levelBits = pageBits - Log2(EntrySize);
        ulong tables = 1;
        for (int shift = pageBits + levelBits; shift < AddressBits; shift += levelBits) tables += CountPrefixes(ranges, shift);
        return tables;
    }

    private static ulong CountPrefixes(IEnumerable<(ulong First, ulong Last)> ranges, int shift)
    {
        ulong count = 0;
        ulong next = 0;
        foreach ((ulong first, ulong last) in ranges.OrderBy(r => r.First))
        {
            ulong from = System.Math.Max(first >> shift, next);
            if (last >> shift < from) continue;
            count += (last >> shift) - from + 1;
            next = (last >> shift) + 1;
        }

        return count;
    }

    private static int Log2(ulong value)
    {
        int bits = 0;
        while ((value >>= 1) != 0) bits++;
        return bits;
    }
}
