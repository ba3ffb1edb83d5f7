using System.Collections.Generic;

namespace LayoutDsl.Planning;

/// <summary>
/// Sets of images without a common one: each set has its own content at one place, the images outside of them have none. Interned like <see cref="ImageSet"/>.
/// </summary>
internal sealed class Partition
{
    internal Partition(int id, ImageSet[] sets, ImageSet union)
    {
        Id = id;
        Sets = sets;
        Union = union;
    }

    public int Id { get; }

    /// <summary>The sets, by their first image.</summary>
    public IReadOnlyList<ImageSet> Sets { get; }

    public ImageSet Union { get; }
}
