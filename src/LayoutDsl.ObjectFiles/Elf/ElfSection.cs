using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>A section of an ELF file (gABI: Section Header).</summary>
public sealed class ElfSection
{
    private readonly uint _nameOffset;
    private ElfStringTable? _names;
    private int _nameLength;
    private string? _name;

    internal ElfSection(ElfFile file, int index, ReadOnlySpan<byte> header)
    {
        ElfDecoder decoder = file.Decoder;
        bool is64 = decoder.Is64;
        File = file;
        Index = index;
        _nameOffset = decoder.UInt32(header, 0);
        Type = (ElfSectionType)decoder.UInt32(header, 4);
        Flags = (ElfSectionFlags)decoder.Word(header, 8);
        Address = decoder.Word(header, is64 ? 16 : 12);
        Offset = decoder.Word(header, is64 ? 24 : 16);
        Size = decoder.Word(header, is64 ? 32 : 20);
        Link = decoder.UInt32(header, is64 ? 40 : 24);
        Info = decoder.UInt32(header, is64 ? 44 : 28);
        Alignment = decoder.Word(header, is64 ? 48 : 32);
        EntrySize = decoder.Word(header, is64 ? 56 : 36);
    }

    /// <summary>The file that has the section.</summary>
    public ElfFile File { get; }

    /// <summary>The index in the section header table; 0 is the unused first entry.</summary>
    public int Index { get; }

    /// <summary>The name (sh_name); a byte that is not UTF-8 is written as <c>\xNN</c>. Decoded when first asked for.</summary>
    public string Name => _name ??= Names.Decode(NameBytes);

    /// <summary>The bytes of the name, without the NUL.</summary>
    public ReadOnlyMemory<byte> NameBytes => _names?.Name(_nameOffset, _nameLength) ?? default;

    /// <summary>What the section contains (sh_type).</summary>
    public ElfSectionType Type { get; }

    /// <summary>The attributes (sh_flags).</summary>
    public ElfSectionFlags Flags { get; }

    /// <summary>The address of the first byte in memory (sh_addr).</summary>
    public ulong Address { get; }

    /// <summary>The place of the content in the file, in bytes (sh_offset).</summary>
    public ulong Offset { get; }

    /// <summary>The size in bytes (sh_size), in memory for a section without content in the file.</summary>
    public ulong Size { get; }

    /// <summary>The alignment in bytes (sh_addralign); 0 and 1 mean none.</summary>
    public ulong Alignment { get; }

    /// <summary>The size of an entry in bytes, for a section that is a table (sh_entsize).</summary>
    public ulong EntrySize { get; }

    /// <summary>The index of another section; the meaning depends on the type (sh_link).</summary>
    public uint Link { get; }

    /// <summary>More information; the meaning depends on the type (sh_info).</summary>
    public uint Info { get; }

    /// <summary>Whether the section occupies memory at run time.</summary>
    public bool IsAllocated => (Flags & ElfSectionFlags.Allocate) != 0;

    /// <summary>Whether the content is compressed: see <see cref="ElfFile.TryReadCompressionHeader"/>.</summary>
    public bool IsCompressed => (Flags & ElfSectionFlags.Compressed) != 0;

    /// <summary>Whether the section has content in the file: neither SHT_NOBITS nor SHT_NULL.</summary>
    public bool HasFileContent => Type is not (ElfSectionType.NoBits or ElfSectionType.Null);

    /// <summary>The content: a slice of the file, never a copy; empty if the file has none.</summary>
    public ReadOnlyMemory<byte> Data => HasFileContent && Size != 0 ? ByteRange.Slice(File.Data, Offset, Size) : default;

    internal uint NameOffset => _nameOffset;

    /// <summary>"section 5 (.text)", of bounded length.</summary>
    internal string Description
    {
        get
        {
            ReadOnlyMemory<byte> name = NameBytes;
            return name.IsEmpty ? $"section {Index}" : $"section {Index} ({Names.DecodeClipped(name)})";
        }
    }

    /// <summary>The index, the name and the type, for debugging.</summary>
    public override string ToString() => $"[{Index}] {Name} {Type}";

    internal void SetName(ElfStringTable names, int length)
    {
        _names = names;
        _nameLength = length;
    }
}
