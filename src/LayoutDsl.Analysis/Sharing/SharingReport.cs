using System.Collections.Generic;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>Which pages a set of images shares. Counts leave out pages that are all zeros unless they say otherwise.</summary>
/// <param name="PageSize">Bytes of a page.</param>
/// <param name="Pages">Pages of all images together.</param>
/// <param name="Distinct">Different contents among them: what an ideal same-page merger keeps.</param>
/// <param name="Zero">Pages that are all zeros.</param>
/// <param name="Writable">Pages with bytes of a writable segment: a running instance may write to them and end their sharing.</param>
/// <param name="Images">One row an image, in the order given.</param>
/// <param name="Libraries">One row a library, when the layout is known; else empty.</param>
/// <param name="Floor">Different pages that the fleet needs at least, when the layout is known; see <see cref="SharingFloor"/>.</param>
public sealed record SharingReport(
    ulong PageSize,
    long Pages,
    long Distinct,
    long Zero,
    long Writable,
    IReadOnlyList<ImageSharing> Images,
    IReadOnlyList<LibrarySharing> Libraries,
    long? Floor)
{
    /// <summary>Pages over distinct pages: how many times more images fit in the same memory.</summary>
    public double Ratio => Distinct == 0 ? 0 : (double)Pages / Distinct;
}

/// <summary>The pages of one image.</summary>
/// <param name="Name">Name of its file.</param>
/// <param name="Pages">Pages that are not all zeros.</param>
/// <param name="Shared">Those whose content another image has too.</param>
/// <param name="FileSize">Bytes of its file.</param>
public sealed record ImageSharing(string Name, int Pages, int Shared, long FileSize)
{
    /// <summary>Pages that no other image has.</summary>
    public int Private => Pages - Shared;
}

/// <summary>The pages of one library over the images that have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Images">In how many of the images it is.</param>
/// <param name="Sections">Its sections with content.</param>
public sealed record LibrarySharing(string Name, int Images, IReadOnlyList<SectionSharing> Sections);

/// <summary>The pages of one section of a library.</summary>
/// <param name="Section">Name of the section.</param>
/// <param name="Permissions">Letters of its permissions.</param>
/// <param name="Address">Its address, the same in all images; null when it differs.</param>
/// <param name="Pages">Pages that it touches.</param>
/// <param name="Shared">Those that are equal in all images that have the library.</param>
/// <param name="Unshared">The others, with what was found.</param>
public sealed record SectionSharing(string Section, string Permissions, ulong? Address, int Pages, int Shared, IReadOnlyList<UnsharedPage> Unshared);

/// <summary>A page of a library that is not the same in all images that have the library.</summary>
/// <param name="Address">First address.</param>
/// <param name="Contents">How many different contents it has.</param>
/// <param name="DifferingBytes">In how many bytes not all contents are the same.</param>
/// <param name="Causes">Why, one for each place that differs; at least one.</param>
/// <param name="Partition">The images by content: those in one set have the same page.</param>
public sealed record UnsharedPage(ulong Address, int Contents, int DifferingBytes, IReadOnlyList<UnsharedCause> Causes, IReadOnlyList<IReadOnlyList<string>> Partition)
{
    /// <summary>The cause of the first difference.</summary>
    public UnsharedCause Cause => Causes[0];
}
