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
    private readonly Dictionary<ImageSet, ulong[]> known = new();

    public ImageSample(ImageCatalog catalog)
    {
        this.catalog = catalog;
        step = Math.Max(1, (catalog.Count + Limit - 1) / Limit);
        words = ((catalog.Count / step) + 64) / 64;
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
            for (int bit = 0; rest != 0; bit++, rest >>= 1)
            {
                if ((rest & 1) != 0) weight += catalog.GetInstances(((i * 64) + bit) * step);
            }
        }

        return weight;
    }

    /// <summary>Both sets together.</summary>
    public static ulong[] Union(ulong[] first, ulong[] second)
    {
        var union = (ulong[])first.Clone();
        for (int i = 0; i < union.Length; i++) union[i] |= second[i];
        return union;
    }
}
