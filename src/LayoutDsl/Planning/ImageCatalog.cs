using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Planning;

/// <summary>
/// The images of a layout as planning tells them apart. A family is one entry, since its members have the same libraries, unless it uses a library that is built for each image.
/// </summary>
internal sealed class ImageCatalog
{
    private readonly List<long> weights = new();
    private readonly List<long> instances = new();
    private readonly Dictionary<int[], ImageSet> sets = new(SequenceComparer.Instance);
    private readonly Dictionary<int[], Partition> partitions = new(SequenceComparer.Instance);

    /// <summary>How many entries there are.</summary>
    public int Count => weights.Count;

    /// <summary>Adds an entry.</summary>
    /// <param name="images">How many images it stands for.</param>
    /// <param name="each">How many of each run on a server.</param>
    /// <returns>Its number.</returns>
    public int Add(int images, ulong each)
    {
        weights.Add(images);
        instances.Add(images * (long)System.Math.Min(each, int.MaxValue));
        return weights.Count - 1;
    }

    /// <summary>How many instances of the images of an entry run on a server.</summary>
    public long GetInstances(int entry) => instances[entry];

    /// <summary>The set of entries, given in ascending order.</summary>
    public ImageSet GetSet(IEnumerable<int> members)
    {
        int[] key = members.ToArray();
        if (!sets.TryGetValue(key, out ImageSet? set)) sets.Add(key, set = new ImageSet(sets.Count, key, key.Sum(m => weights[m])));
        return set;
    }

    /// <summary>The entries of all sets.</summary>
    public ImageSet GetUnion(IEnumerable<ImageSet> all)
    {
        ImageSet[] distinct = all.Distinct().ToArray();
        return distinct.Length == 1 ? distinct[0] : GetSet(distinct.SelectMany(s => s.Members).Distinct().OrderBy(m => m));
    }

    /// <summary>The partition with these sets, which have no image in common.</summary>
    public Partition GetPartition(IEnumerable<ImageSet> parts)
    {
        ImageSet[] ordered = parts.OrderBy(s => s.Members[0]).ToArray();
        int[] key = ordered.Select(s => s.Id).ToArray();
        if (!partitions.TryGetValue(key, out Partition? partition))
        {
            partitions.Add(key, partition = new Partition(partitions.Count, ordered, GetUnion(ordered)));
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
}
