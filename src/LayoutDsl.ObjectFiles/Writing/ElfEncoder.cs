using System;
using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles;

/// <summary>Writes fields in a file's byte order and width (gABI: Data Representation): the other way round of <see cref="ElfDecoder"/>.</summary>
internal sealed class ElfEncoder
{
    private readonly List<byte> _bytes = [];
    private readonly bool _is64;
    private readonly bool _isLittleEndian;

    public ElfEncoder(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        _is64 = elfClass == ElfClass.Elf64;
        _isLittleEndian = byteOrder == ElfByteOrder.LittleEndian;
    }

    /// <summary>Bytes written so far.</summary>
    public ulong Position => (ulong)_bytes.Count;

    public void Bytes(ReadOnlyMemory<byte> bytes) => _bytes.AddRange(bytes.ToArray());

    public void UInt8(byte value) => _bytes.Add(value);

    public void UInt16(ushort value) => Number(value, 2);

    public void UInt32(uint value) => Number(value, 4);

    public void UInt64(ulong value) => Number(value, 8);

    /// <summary>An address, offset or size: 4 bytes in ELF32, 8 in ELF64.</summary>
    /// <exception cref="OverflowException">It does not fit into 4 bytes.</exception>
    public void Word(ulong value) => Number(_is64 ? value : checked((uint)value), _is64 ? 8 : 4);

    /// <summary>Zeros up to a multiple of an alignment.</summary>
    public void Align(ulong alignment)
    {
        while (alignment > 1 && Position % alignment != 0)
        {
            _bytes.Add(0);
        }
    }

    public byte[] ToArray() => [.. _bytes];

    private void Number(ulong value, int bytes)
    {
        for (int i = 0; i < bytes; i++)
        {
            int shift = 8 * (_isLittleEndian ? i : bytes - 1 - i);
            _bytes.Add(unchecked((byte)(value >> shift)));
        }
    }
}
