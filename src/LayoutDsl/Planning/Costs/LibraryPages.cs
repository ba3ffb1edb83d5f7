using System.Linq;

namespace LayoutDsl.Planning.Costs;

/// <summary>Adds up the pages of one library over the images.</summary>
internal sealed class LibraryPages
{
    private ulong shared, all, written;

    /// <summary>Adds pages of one image.</summary>
    /// <param name="pages">How many.</param>
    /// <param name="isNew">No image before had the same.</param>
    /// <param name="isWritable">Instances may write to them.</param>
    public void Add(ulong pages, bool isNew, bool isWritable)
    {
        if (isWritable)
        {
            written += pages;
            return;
        }

        all += pages;
        if (isNew) shared += pages;
    }

    public LibraryCost ToCost(LibraryPlan library) => new(
        library.Name,
        library.ImageCount,
        shared,
        library.ImageCount == 0 ? 0 : written / (ulong)library.ImageCount,
        all - shared,
        library.Slots.Aggregate(0UL, (sum, s) => sum + (s.Reserved - s.Size)));
}
