using System.Collections.Generic;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>
/// The order in which GNU ld walks through its global symbols: that of its hash table (bfd/hash.c). What it allocates for symbols, entries of <c>.got</c> and common blocks, comes
/// in this order.
/// </summary>
internal static class SymbolHashOrder
{
    /// <summary>Buckets of the table at first (bfd/hash.c, DEFAULT_SIZE).</summary>
    public const int DefaultSize = 4051;

    /// <summary>Sizes that the table grows to.</summary>
    private static readonly uint[] Primes = [31, 61, 127, 251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65537, 131071, 262139, 524287, 1048573, 2097143, 4194301, 8388593];

    /// <summary>Buckets that the linker makes when it is asked for a number of them (ld manual: --hash-size): the next prime that it knows.</summary>
    public static uint SizeOf(uint asked)
    {
        foreach (uint prime in Primes)
        {
            if (prime > asked) return prime;
        }

        return Primes[Primes.Length - 1];
    }

    /// <summary>Orders names.</summary>
    /// <param name="names">All names, in the order in which the linker meets them.</param>
    /// <param name="size">Buckets at first.</param>
    /// <returns>The indices of the names in the linker's order.</returns>
    public static IReadOnlyList<int> Order(IReadOnlyList<byte[]> names, uint size)
    {
        var hashes = new ulong[names.Count];
        var next = new int[names.Count];
        int[] buckets = NewBuckets(size);
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Hash(names[i]);
            int bucket = (int)(hashes[i] % size);
            next[i] = buckets[bucket];
            buckets[bucket] = i;
            if ((ulong)(i + 1) > (ulong)size * 3 / 4) buckets = Grow(buckets, next, hashes, ref size);
        }

        var order = new List<int>(hashes.Length);
        foreach (int first in buckets)
        {
            for (int i = first; i >= 0; i = next[i]) order.Add(i);
        }

        return order;
    }

    private static int[] Grow(int[] buckets, int[] next, ulong[] hashes, ref uint size)
    {
        uint larger = SizeOf(size);
        int[] grown = NewBuckets(larger);
        foreach (int first in buckets)
        {
            for (int head = first; head >= 0;)
            {
                // Entries of one hash move together and keep their order.
                int end = head;
                while (next[end] >= 0 && hashes[next[end]] == hashes[head]) end = next[end];
                int rest = next[end];
                int bucket = (int)(hashes[head] % larger);
                next[end] = grown[bucket];
                grown[bucket] = head;
                head = rest;
            }
        }

        size = larger;
        return grown;
    }

    private static int[] NewBuckets(uint size)
    {
        var buckets = new int[size];
        for (int i = 0; i < buckets.Length; i++) buckets[i] = -1;
        return buckets;
    }

    private static ulong Hash(byte[] name)
    {
        ulong hash = 0;
        foreach (byte c in name)
        {
            hash += c + ((uint)c << 17);
            hash ^= hash >> 2;
        }

        hash += (uint)name.Length + ((uint)name.Length << 17);
        return hash ^ (hash >> 2);
    }
}
