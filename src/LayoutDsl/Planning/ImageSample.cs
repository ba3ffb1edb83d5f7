using System;
using System.Collections.Generic;

namespace LayoutDsl.Planning;

/// <summary>Sets of images as bits, for counting who has what together. Of a fleet with very many images, evenly chosen ones stand for all.</summary>
internal sealed class ImageSample
{
    private const int Limit = 1024;

    private readonly ImageCatalog catalog;
    private readonly int step;
    private readonly int words;
    private readonly long[][] weights;

    /// <summary>The instances of each image, when all have as many; else 0.</summary>
    private readonly long each;

    private readonly Dictionary<ImageSet, ulong[]> known = new();

    public ImageSample(ImageCatalog catalog)
    {
        this.catalog = catalog;
        step = Math.Max(1, (catalog.Count + Limit - 1) / Limit);
        words = ((catalog.Count / step) + 64) / 64;
        All = new ulong[words];
        for (int image = 0; image < catalog.Count; image += step) All[image / step / 64] |= 1UL << (image / step % 64);
        each = catalog.Count == 0 ? 0 : catalog.GetInstances(0);
        for (int image = 0; image < catalog.Count && each > 0; image += step) each = catalog.GetInstances(image) == each ? each : 0;
        weights = new long[each > 0 ? 0 : words * 8][];
        for (int i = 0; i < weights.Length; i++) weights[i] = AddUp(i * 8);
    }

    /// <summary>A set as bits.</summary>
    public ulong[] Of(ImageSet images)
    {
        if (known.TryGetValue(images, out ulong[]? bits)) return bits;
        bits = new ulong[words];
        foreach (int image in images.Members)
        {
            if (image % step == 0) bits[image / step / 64] |= 1UL << (image / step % 64);
        }

        return known[images] = bits;
    }

    /// <summary>How many images a set stands for, by their instances.</summary>
    public long Weight(ulong[] bits) => Missing(bits, Array.Empty<ulong>());

    /// <summary>How many images are in the first set and not in the second, by their instances.</summary>
    public long Missing(ulong[] bits, ulong[] others)
    {
        long weight = 0;
        for (int i = 0; i < bits.Length; i++)
        {
            ulong rest = bits[i] & ~(i < others.Length ? others[i] : 0UL);
            if (each > 0) weight += each * Count(rest);
            else weight += Sum(rest, i * 8);
        }

        return weight;
    }

    private long Sum(ulong bits, int part)
    {
        long weight = 0;
        for (; bits != 0; part++, bits >>= 8) weight += weights[part][(int)(bits & 0xff)];
        return weight;
    }

    /// <summary>Bits that are set (Warren, Hacker's Delight, 5-1): the platform that the compiler is for has no instruction for it.</summary>
    private static long Count(ulong bits)
    {
        bits -= (bits >> 1) & 0x5555555555555555;
        bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333);
        return (long)(unchecked(((bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0f) * 0x0101010101010101) >> 56);
    }

    /// <summary>The instances of eight images, for each of their subsets.</summary>
    private long[] AddUp(int first)
    {
        var sums = new long[256];
        for (int bit = 0; bit < 8; bit++)
        {
            int image = (first + bit) * step;
            long instances = image < catalog.Count ? catalog.GetInstances(image) : 0;
            for (int subset = 1 << bit; subset < 2 << bit; subset++) sums[subset] = sums[subset - (1 << bit)] + instances;
        }

        return sums;
    }

    /// <summary>The set without any image.</summary>
    public ulong[] Empty => new ulong[words];

    /// <summary>All images.</summary>
    public ulong[] All { get; }

    /// <summary>Both sets together.</summary>
    public static ulong[] Union(ulong[] first, ulong[] second) => Combine(first, second, (a, b) => a | b);

    /// <summary>What both sets have.</summary>
    public static ulong[] Intersection(ulong[] first, ulong[] second) => Combine(first, second, (a, b) => a & b);

    /// <summary>What the first set has and the second has not.</summary>
    public static ulong[] Difference(ulong[] first, ulong[] second) => Combine(first, second, (a, b) => a & ~b);

    /// <summary>Whether both sets have an image.</summary>
    public static bool HasCommon(ulong[] first, ulong[] second)
    {
        for (int i = 0; i < first.Length; i++)
        {
            if ((first[i] & second[i]) != 0) return true;
        }

        return false;
    }

    /// <summary>Whether the first set has an image that the second has not.</summary>
    public static bool HasOther(ulong[] first, ulong[] second)
    {
        for (int i = 0; i < first.Length; i++)
        {
            if ((first[i] & ~second[i]) != 0) return true;
        }

        return false;
    }

    private static ulong[] Combine(ulong[] first, ulong[] second, Func<ulong, ulong, ulong> combine)
    {
        var result = new ulong[first.Length];
        for (int i = 0; i < result.Length; i++) result[i] = combine(first[i], second[i]);
        return result;
    }
}
