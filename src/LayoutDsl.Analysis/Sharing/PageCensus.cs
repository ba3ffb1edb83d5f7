using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>Counts the pages of images by their contents.</summary>
public static class PageCensus
{
    /// <summary>Counts.</summary>
    /// <param name="images">The images, all with one page size.</param>
    /// <param name="pageSize">Bytes of a page.</param>
    /// <param name="fileSizes">Bytes of the images' files, in the same order.</param>
    /// <param name="libraries">Rows for libraries, when the layout is known.</param>
    /// <param name="floor">The least number of different pages, when the layout is known.</param>
    public static SharingReport Count(IReadOnlyList<MemoryImage> images, ulong pageSize, IReadOnlyList<long> fileSizes, IReadOnlyList<LibrarySharing> libraries, long? floor = null)
    {
        // The last image that was seen with a content, and whether another had it before.
        var owners = new Dictionary<PageContent, (int Image, bool Several)>();
        for (int i = 0; i < images.Count; i++)
        {
            foreach (MemoryPage page in images[i].Pages)
            {
                owners[page.Content] = owners.TryGetValue(page.Content, out (int Image, bool Several) known) && (known.Several || known.Image != i) ? (i, true) : (i, false);
            }
        }

        ImageSharing[] rows = images
            .Select((image, i) => new ImageSharing(image.Name, image.Pages.Count, image.Pages.Count(p => owners[p.Content].Several), fileSizes[i]))
            .ToArray();
        return new SharingReport(
            pageSize,
            images.Sum(i => (long)i.Pages.Count),
            owners.Count,
            images.Sum(i => (long)i.ZeroPages),
            images.Sum(i => (long)i.Pages.Count(p => p.IsWritable)),
            rows,
            libraries,
            floor);
    }
}
