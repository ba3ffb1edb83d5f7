using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>A range of addresses for one section of a library, or of an image.</summary>
/// <param name="Owner">Name of the library or image.</param>
/// <param name="Section">Name of the section.</param>
/// <param name="OutputSection">Name of the section in the linked file.</param>
/// <param name="Region">Name of the region it lies in.</param>
/// <param name="Address">First address.</param>
/// <param name="Size">Bytes that its content needs at most, the padding of a padded table included.</param>
/// <param name="Reserved">Bytes that nothing else may use; at least <paramref name="Size"/>.</param>
/// <param name="Alignment">Alignment of the address in bytes.</param>
/// <param name="IsNote">All of it are ELF notes, which a program header announces.</param>
/// <param name="Inputs">What goes in, in link order.</param>
/// <param name="Part">
/// Which part of the library's section: empty for what all of its images have alike, else the name of the part's first object. Libraries that are built for each image
/// have a part for each way in which the images differ.
/// </param>
/// <param name="Images">Names of the images that have it; empty when all images of the owner do. Slots of one part with other contents have the same address.</param>
public sealed record SlotPlan(
    string Owner,
    string Section,
    string OutputSection,
    string Region,
    ulong Address,
    ulong Size,
    ulong Reserved,
    ulong Alignment,
    bool IsNote,
    EquatableArray<SlotInputPlan> Inputs,
    string Part = "",
    EquatableArray<string> Images = default)
{
    /// <summary>Where its content is loaded, from where start-up code copies it; null when that is its address.</summary>
    public ulong? LoadAddress { get; init; }

    /// <summary>The address just after what is reserved.</summary>
    public ulong End => Address + Reserved;

    /// <summary>Whether an image that has the owner has this.</summary>
    public bool IsIn(string image) => Images.Count == 0 || Images.Contains(image);
}
