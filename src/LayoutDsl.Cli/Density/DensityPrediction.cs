using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Sharing;

namespace LayoutDsl.Cli.Density;

/// <summary>What the contents of images say about the memory of their instances, before anything runs.</summary>
/// <param name="ReadOnly">Pages of physical memory for content that no program may write to.</param>
/// <param name="Least">Pages for everything when instances of an image write the same.</param>
/// <param name="Most">Pages for everything when each writes its own.</param>
internal sealed record DensityPrediction(long ReadOnly, long Least, long Most)
{
    /// <summary>Predicts.</summary>
    /// <param name="images">The images.</param>
    /// <param name="instances">Instances of each.</param>
    /// <param name="maximumSharing">Places that one page is kept for at most: beyond that the kernel keeps another.</param>
    public static DensityPrediction Make(IReadOnlyList<ProgramImage> images, int instances, long maximumSharing)
    {
        long readOnly = Count(images.SelectMany(i => i.Memory.Pages.Where(p => !p.IsWritable)), instances, maximumSharing);
        long least = Count(images.SelectMany(i => i.Memory.Pages), instances, maximumSharing);
        long writable = images.Sum(i => i.Ranges.Where(r => r.IsWritable).Sum(r => (long)r.Count));
        return new DensityPrediction(readOnly, least, readOnly + (writable * instances));
    }

    private static long Count(IEnumerable<MemoryPage> pages, int instances, long maximumSharing) =>
        pages.GroupBy(p => p.Content).Sum(g => ((g.LongCount() * instances) + maximumSharing - 1) / maximumSharing);
}
