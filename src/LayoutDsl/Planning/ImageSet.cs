using System.Collections.Generic;

namespace LayoutDsl.Planning;

/// <summary>A set of images by their numbers in the <see cref="ImageCatalog"/>, in ascending order. Sets of one catalog are interned: equal sets are one object.</summary>
internal sealed class ImageSet
{
    private readonly int[] members;

    internal ImageSet(int id, int[] members, long weight)
    {
        Id = id;
        this.members = members;
        Weight = weight;
    }

    /// <summary>Number of the set in its catalog, in the order in which the sets were met.</summary>
    public int Id { get; }

    public IReadOnlyList<int> Members => members;

    /// <summary>How many images it has, members of families counted one by one.</summary>
    public long Weight { get; }

    /// <summary>Whether an image is in it.</summary>
    public bool Has(int image) => System.Array.BinarySearch(members, image) >= 0;

    /// <summary>Whether an image is in both sets.</summary>
    public bool Intersects(ImageSet other)
    {
        if (ReferenceEquals(this, other)) return true;
        for (int i = 0, j = 0; i < Members.Count && j < other.Members.Count;)
        {
            if (Members[i] == other.Members[j]) return true;
            if (Members[i] < other.Members[j]) i++;
            else j++;
        }

        return false;
    }
}
