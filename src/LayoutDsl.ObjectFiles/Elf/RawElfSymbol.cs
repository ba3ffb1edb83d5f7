using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>An entry of a symbol table as it is in the file.</summary>
internal readonly struct RawElfSymbol
{
    public RawElfSymbol(ElfDecoder decoder, ReadOnlySpan<byte> entry)
    {
        bool is64 = decoder.Is64;
        Name = decoder.UInt32(entry, 0);
        Info = entry[is64 ? 4 : 12];
        Other = entry[is64 ? 5 : 13];
        SectionIndex = decoder.UInt16(entry, is64 ? 6 : 14);
        Value = decoder.Word(entry, is64 ? 8 : 4);
        Size = decoder.Word(entry, is64 ? 16 : 8);
    }

    public uint Name { get; }

    public byte Info { get; }

    public byte Other { get; }

    public ushort SectionIndex { get; }

    public ulong Value { get; }

    public ulong Size { get; }
}
