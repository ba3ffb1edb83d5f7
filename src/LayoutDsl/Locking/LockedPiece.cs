namespace LayoutDsl.Locking;

/// <summary>An input section of a library that is built for each image, when an earlier plan had it in a part of its own: it stays apart also while no images differ in it.</summary>
/// <param name="Owner">Name of the library.</param>
/// <param name="Path">Path of its file, the same for all images.</param>
/// <param name="Member">The member of an archive; else empty.</param>
/// <param name="Section">Its name; empty for common symbols.</param>
/// <param name="Part">Key of the part.</param>
public sealed record LockedPiece(string Owner, string Path, string Member, string Section, string Part)
{
    /// <summary>What the input section is known by.</summary>
    public (string Owner, string Path, string Member, string Section) Key => (Owner, Path, Member, Section);
}
