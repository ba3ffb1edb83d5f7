namespace LayoutDsl.ObjectFiles;

/// <summary>The ELF header, with the counts that extended numbering keeps in section header 0 already resolved.</summary>
internal sealed class ElfHeader
{
    public required ElfClass Class { get; init; }

    public required ElfByteOrder ByteOrder { get; init; }

    public required byte OsAbi { get; init; }

    public required byte IdentVersion { get; init; }

    public required ElfFileType Type { get; init; }

    public required ElfMachine Machine { get; init; }

    public required uint Version { get; init; }

    public required ulong Entry { get; init; }

    public required uint Flags { get; init; }

    public required ushort HeaderSize { get; init; }

    public required ElfHeaderTable Segments { get; init; }

    public required ElfHeaderTable Sections { get; init; }

    /// <summary>0 if sections have no names.</summary>
    public required int SectionNameTable { get; init; }
}
