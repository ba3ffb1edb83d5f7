using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>A file that is given to the linker.</summary>
/// <param name="Path">Its path from the layout's folder; in a library that is built for each image, <c>{image}</c> stands for the image's name.</param>
/// <param name="IsArchive">All members of an archive are linked.</param>
/// <param name="Images">Names of the images that have it; empty when all images of the library do.</param>
/// <param name="IsMember">It was taken out of an archive, and an image has it for the sake of the fleet, whether it needs it or not.</param>
public sealed record InputFilePlan(string Path, bool IsArchive, EquatableArray<string> Images = default, bool IsMember = false);
