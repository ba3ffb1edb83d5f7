namespace LayoutDsl.ObjectFiles;

/// <summary>The name of a member and where it is in the archive.</summary>
/// <param name="Kind">What the name says about the content.</param>
/// <param name="Offset">In bytes from the start of the archive.</param>
/// <param name="Length">In bytes.</param>
/// <param name="BytesOfContent">How many bytes at the start of the content belong to the name.</param>
/// <param name="NestedOffset">In a thin archive, the place of the member in the archive that the name names.</param>
internal readonly record struct ArchiveName(
    ArchiveNameKind Kind, int Offset, int Length, int BytesOfContent = 0, ulong? NestedOffset = null);
