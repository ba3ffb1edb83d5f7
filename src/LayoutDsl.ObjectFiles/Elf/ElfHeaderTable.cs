namespace LayoutDsl.ObjectFiles;

/// <summary>The place of the section or program header table; checked to be inside the file.</summary>
internal readonly record struct ElfHeaderTable(int Offset, int Count, int EntrySize);
