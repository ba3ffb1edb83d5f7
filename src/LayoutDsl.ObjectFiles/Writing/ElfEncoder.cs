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

    /// <summary>The ELF header (gABI: ELF Header).</summary>
    /// <param name="ident">Its first 16 bytes (e_ident).</param>
    /// <param name="type">What the file is for.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="entry">Where the program starts.</param>
    /// <param name="flags">The flags of the machine.</param>
    /// <param name="segments">Where the program header table is, and its entries.</param>
    /// <param name="sections">Where the section header table is, and its entries.</param>
    /// <param name="sectionNames">The section with the names of the sections.</param>
    public void FileHeader(
        ReadOnlyMemory<byte> ident, ElfFileType type, ElfMachine machine, ulong entry, uint flags, ElfHeaderTable segments, ElfHeaderTable sections, int sectionNames)
    {
        Bytes(ident);
        UInt16((ushort)type);
        UInt16((ushort)machine);
        UInt32(1);
        Word(entry);
        Word((ulong)segments.Offset);
        Word((ulong)sections.Offset);
        UInt32(flags);
        UInt16((ushort)(_is64 ? 64 : 52));
        UInt16((ushort)segments.EntrySize);
        UInt16((ushort)segments.Count);
        UInt16((ushort)sections.EntrySize);
        UInt16((ushort)sections.Count);
        UInt16((ushort)sectionNames);
    }

    /// <summary>A section header (gABI: Section Header).</summary>
    public void SectionHeader(
        uint name, ElfSectionType type, ElfSectionFlags flags, ulong address, ulong offset, ulong size, uint link, uint info, ulong alignment, ulong entrySize)
    {
        UInt32(name);
        UInt32((uint)type);
        Word((ulong)flags);
        Word(address);
        Word(offset);
        Word(size);
        UInt32(link);
        UInt32(info);
        Word(alignment);
        Word(entrySize);
    }

    /// <summary>A program header (gABI: Program Header).</summary>
    public void SegmentHeader(
        ElfSegmentType type, ElfSegmentFlags flags, ulong offset, ulong address, ulong physicalAddress, ulong fileSize, ulong memorySize, ulong alignment)
    {
        UInt32((uint)type);
        if (_is64)
        {
            UInt32((uint)flags);
        }

        Word(offset);
        Word(address);
        Word(physicalAddress);
        Word(fileSize);
        Word(memorySize);
        if (!_is64)
        {
            UInt32((uint)flags);
        }

        Word(alignment);
    }

    /// <summary>An entry of a symbol table (gABI: Symbol Table).</summary>
    public void Symbol(uint name, byte info, byte other, ushort section, ulong value, ulong size)
    {
        UInt32(name);
        if (!_is64)
        {
            Word(value);
            Word(size);
        }

        UInt8(info);
        UInt8(other);
        UInt16(section);
        if (_is64)
        {
            Word(value);
            Word(size);
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
