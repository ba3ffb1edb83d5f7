namespace LayoutDsl.ObjectFiles;

/// <summary>Where the content of the symbol index is in the archive; checked to be inside it.</summary>
internal readonly record struct ArchiveIndexRange(ArchiveIndexKind Kind, int Offset, int Size);
