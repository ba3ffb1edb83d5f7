using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Planning;

/// <summary>
/// The images of a layout as planning tells them apart. A family is one entry, since its members have the same libraries, unless it uses a library that is built for each image.
/// </summary>
internal sealed class ImageCatalog
{
    private readonly List<long> weights = new();
    private readonly Dictionary<int[], ImageSet> sets = new(new SequenceComparer());
    private readonly Dictionary<int[], Partition> partitions = new(new SequenceComparer());

    /// <summary>How many entries there are.</summary>
    public int Count => weights.Count;

    /// <summary>Adds an entry for so many images.</summary>
    /// <returns>Its number.</returns>
    public int Add(int images)
    {
        weights.Add(images);
        return weights.Count - 1;
    }

    /// <summary>The set of entries, given in ascending order.</summary>
    public ImageSet GetSet(IEnumerable<int> members)
    {
        int[] key = members.ToArray();
        if (!sets.TryGetValue(key, out ImageSet? set)) sets.Add(key, set = new ImageSet(sets.Count, key, key.Sum(m => weights[m])));
        return set;
    }

    /// <summary>The partition with these sets, which have no image in common.</summary>
    public Partition GetPartition(IEnumerable<ImageSet> parts)
    {
        ImageSet[] ordered = parts.OrderBy(s => s.Members[0]).ToArray();
        int[] key = ordered.Select(s => s.Id).ToArray();
        if (!partitions.TryGetValue(key, out Partition? partition))
        {
            ImageSet union = ordered.Length == 1 ? ordered[0] : GetSet(ordered.SelectMany(s => s.Members).OrderBy(m => m));
            partitions.Add(key, partition = new Partition(partitions.Count, ordered, union));
        }

        return partition;
    }

    /// <summary>Which contents a page has that holds something of both partitions: images are together where they are together, or absent, in both.</summary>
    public Partition Refine(Partition first, Partition second)
    {
        if (ReferenceEquals(first, second)) return first;
        var classes = new SortedDictionary<int, (int First, int Second)>();
        for (int i = 0; i < first.Sets.Count; i++)
        {
            foreach (int member in first.Sets[i].Members) classes[member] = (i + 1, 0);
        }

        for (int i = 0; i < second.Sets.Count; i++)
        {
            foreach (int member in second.Sets[i].Members) classes[member] = (classes.TryGetValue(member, out (int First, int) known) ? known.First : 0, i + 1);
        }

        return GetPartition(classes.GroupBy(c => c.Value, c => c.Key).Select(g => GetSet(g)).ToArray());
    }

    private sealed class SequenceComparer : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x!.Length == y!.Length && x.SequenceEqual(y);

        public int GetHashCode(int[] sequence)
        {
            int hash = 17;
            foreach (int item in sequence) hash = unchecked((hash * 31) + item);
            return hash;
        }
    }
}
