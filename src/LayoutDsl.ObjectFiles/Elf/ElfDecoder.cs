using System;
using System.Buffers.Binary;

namespace LayoutDsl.ObjectFiles;

/// <summary>Reads fields of the file's byte order and width (gABI: Data Representation). Callers check that the bytes exist.</summary>
internal readonly struct ElfDecoder
{
    private readonly bool _isLittleEndian;

    public ElfDecoder(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        Is64 = elfClass == ElfClass.Elf64;
        _isLittleEndian = byteOrder == ElfByteOrder.LittleEndian;
    }

    public bool Is64 { get; }

    public int HeaderSize => Is64 ? 64 : 52;

    public int SectionHeaderSize => Is64 ? 64 : 40;

    public int SegmentHeaderSize => Is64 ? 56 : 32;

    public int SymbolSize => Is64 ? 24 : 16;

    public int RelSize => Is64 ? 16 : 8;

    public int RelaSize => Is64 ? 24 : 12;

    public ushort UInt16(ReadOnlySpan<byte> data, int offset)
    {
        ReadOnlySpan<byte> field = data.Slice(offset, sizeof(ushort));
        return _isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(field) : BinaryPrimitives.ReadUInt16BigEndian(field);
    }

    public uint UInt32(ReadOnlySpan<byte> data, int offset)
    {
        ReadOnlySpan<byte> field = data.Slice(offset, sizeof(uint));
        return _isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(field) : BinaryPrimitives.ReadUInt32BigEndian(field);
    }

    public ulong UInt64(ReadOnlySpan<byte> data, int offset)
    {
        ReadOnlySpan<byte> field = data.Slice(offset, sizeof(ulong));
        return _isLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(field) : BinaryPrimitives.ReadUInt64BigEndian(field);
    }

    /// <summary>An address, offset or size: 4 bytes in ELF32, 8 in ELF64.</summary>
    public ulong Word(ReadOnlySpan<byte> data, int offset) => Is64 ? UInt64(data, offset) : UInt32(data, offset);
}
