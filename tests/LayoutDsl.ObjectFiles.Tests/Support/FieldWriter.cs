using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Writes fields in a byte order and a width.</summary>
internal sealed class FieldWriter(ElfClass elfClass, ElfByteOrder byteOrder)
{
    private readonly List<byte> _bytes = [];

    public bool Is64 => elfClass == ElfClass.Elf64;

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public FieldWriter Bytes(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public FieldWriter U16(ushort value) => Number(value, 2);

    public FieldWriter U32(uint value) => Number(value, 4);

    public FieldWriter U64(ulong value) => Number(value, 8);

    /// <summary>An address, offset or size.</summary>
    public FieldWriter Word(ulong value) => Number(value, Is64 ? 8 : 4);

    public FieldWriter PadTo(int alignment)
    {
        while (_bytes.Count % alignment != 0)
        {
            _bytes.Add(0);
        }

        return this;
    }

    public FieldWriter Symbol(uint name, byte info, byte other, ushort section, ulong value, ulong size) => Is64
        ? U32(name).Bytes(info, other).U16(section).U64(value).U64(size)
        : U32(name).U32((uint)value).U32((uint)size).Bytes(info, other).U16(section);

    public FieldWriter Relocation(ulong offset, uint symbol, uint type, long? addend)
    {
        Word(offset).Word(Is64 ? ((ulong)symbol << 32) | type : (symbol << 8) | type);
        return addend is long value ? Word(unchecked((ulong)value)) : this;
    }

    private FieldWriter Number(ulong value, int size)
    {
        Span<byte> field = stackalloc byte[8];
        if (byteOrder == ElfByteOrder.LittleEndian)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(field, value);
            _bytes.AddRange(field[..size]);
        }
        else
        {
            BinaryPrimitives.WriteUInt64BigEndian(field, value);
            _bytes.AddRange(field[^size..]);
        }

        return this;
    }
}
