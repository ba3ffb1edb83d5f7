using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>A section, or a part of one, that remains.</summary>
internal sealed class TrimmedSection(ElfSection old, ulong address, ulong size)
{
    public ElfSection Old { get; } = old;

    public ulong Address { get; } = address;

    public ulong Size { get; private set; } = size;

    public ulong Offset { get; set; }

    /// <summary>What the file has of it outside of loaded segments.</summary>
    public ReadOnlyMemory<byte> Content { get; private set; } = old.IsAllocated ? default : old.Data;

    /// <summary>A part of a table is none: it may begin or end inside an entry.</summary>
    public bool IsPartOfTable => Old.IsAllocated && Size < Old.Size
        && Old.Type is (ElfSectionType.Rel or ElfSectionType.Rela or ElfSectionType.Relr or ElfSectionType.Dynamic or ElfSectionType.Hash or ElfSectionType.Note or ElfSectionType.StringTable);

    public bool HasContent => !Old.IsAllocated && Old.HasFileContent;

    /// <summary>The alignment that the part really has.</summary>
    public ulong Alignment => Old.IsAllocated && Old.Alignment > 1 ? Math.Min(Old.Alignment, LowestBit(Address)) : Old.Alignment;

    public void SetContent(byte[] content)
    {
        Content = content;
        Size = (ulong)content.Length;
    }

    private static ulong LowestBit(ulong value) => value == 0 ? ulong.MaxValue : value & unchecked(0 - value);
}
