using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>A segment of an ELF file (gABI: Program Header).</summary>
public sealed class ElfSegment
{
    private readonly ReadOnlyMemory<byte> _file;

    internal ElfSegment(ElfFile file, int index, ReadOnlySpan<byte> header)
    {
        ElfDecoder decoder = file.Decoder;
        bool is64 = decoder.Is64;
        _file = file.Data;
        Index = index;
        Type = (ElfSegmentType)decoder.UInt32(header, 0);
        Flags = (ElfSegmentFlags)decoder.UInt32(header, is64 ? 4 : 24);
        Offset = decoder.Word(header, is64 ? 8 : 4);
        VirtualAddress = decoder.Word(header, is64 ? 16 : 8);
        PhysicalAddress = decoder.Word(header, is64 ? 24 : 12);
        FileSize = decoder.Word(header, is64 ? 32 : 16);
        MemorySize = decoder.Word(header, is64 ? 40 : 20);
        Alignment = decoder.Word(header, is64 ? 48 : 28);
    }

    /// <summary>The index in the program header table, from 0.</summary>
    public int Index { get; }

    /// <summary>What the segment is for (p_type).</summary>
    public ElfSegmentType Type { get; }

    /// <summary>The permissions (p_flags).</summary>
    public ElfSegmentFlags Flags { get; }

    /// <summary>The place of the content in the file, in bytes (p_offset).</summary>
    public ulong Offset { get; }

    /// <summary>The address at run time (p_vaddr).</summary>
    public ulong VirtualAddress { get; }

    /// <summary>The address at load time, where it matters (p_paddr).</summary>
    public ulong PhysicalAddress { get; }

    /// <summary>The size of the content in the file, in bytes (p_filesz).</summary>
    public ulong FileSize { get; }

    /// <summary>
    /// The size in memory, in bytes (p_memsz); what exceeds <see cref="FileSize"/> is zero. Any value is possible: nothing bounds it.
    /// </summary>
    public ulong MemorySize { get; }

    /// <summary>The alignment in bytes (p_align); 0 and 1 mean none.</summary>
    public ulong Alignment { get; }

    /// <summary>The content: a slice of the file, never a copy. Empty for an unused entry (PT_NULL).</summary>
    public ReadOnlyMemory<byte> Data => HasFileContent ? ByteRange.Slice(_file, Offset, FileSize) : default;

    internal bool HasFileContent => FileSize != 0 && Type != ElfSegmentType.Null;

    /// <summary>The type and the addresses, for debugging.</summary>
    public override string ToString() => $"{Type} 0x{VirtualAddress:x}+0x{MemorySize:x} {Flags}";
}
