using System;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>Reads the ELF header (gABI: ELF Header) and the extended numbers in section header 0 (gABI: Sections).</summary>
internal ref struct ElfHeaderReader
{
    private const int IdentSize = 16;
    private const ushort ReservedIndices = 0xff00;
    private const ushort ExtendedIndex = 0xffff;
    private const ushort ExtendedSegmentCount = 0xffff;

    private readonly ReadOnlySpan<byte> _data;
    private readonly string _name;
    private readonly ElfDecoder _decoder;
    private ObjectFileError? _error;

    private ElfHeaderReader(ReadOnlySpan<byte> data, string name, ElfDecoder decoder)
    {
        _data = data;
        _name = name;
        _decoder = decoder;
    }

    public static bool TryRead(
        ReadOnlySpan<byte> data, string name, [NotNullWhen(true)] out ElfHeader? header, [NotNullWhen(false)] out ObjectFileError? error)
    {
        header = null;
        error = CheckIdent(data, name);
        if (error is not null)
        {
            return false;
        }

        var elfClass = (ElfClass)data[4];
        var byteOrder = (ElfByteOrder)data[5];
        var decoder = new ElfDecoder(elfClass, byteOrder);
        if (data.Length < decoder.HeaderSize)
        {
            error = new ObjectFileError(
                ObjectFileErrorCode.Truncated,
                name,
                (ulong)data.Length,
                $"the file ends in its ELF header, which takes {decoder.HeaderSize} bytes");
            return false;
        }

        var reader = new ElfHeaderReader(data, name, decoder);
        header = reader.Read(elfClass, byteOrder);
        error = reader._error;
        if (error is not null)
        {
            header = null;
        }

        return header is not null;
    }

    private static ObjectFileError? CheckIdent(ReadOnlySpan<byte> data, string name)
    {
        if (!data.StartsWith(ObjectFileKinds.ElfMagic))
        {
            return new ObjectFileError(ObjectFileErrorCode.NotElf, name, 0, "an ELF file begins with the bytes 7f 45 4c 46; this one does not");
        }

        if (data.Length < IdentSize)
        {
            return new ObjectFileError(
                ObjectFileErrorCode.Truncated, name, (ulong)data.Length, $"the file ends in its identification, which takes {IdentSize} bytes");
        }

        if (data[4] is not (1 or 2))
        {
            return new ObjectFileError(
                ObjectFileErrorCode.BadHeader, name, 4, $"the class (EI_CLASS) is {data[4]}, expected 1 for 32 bits or 2 for 64 bits");
        }

        return data[5] is 1 or 2
            ? null
            : new ObjectFileError(
                ObjectFileErrorCode.BadHeader,
                name,
                5,
                $"the byte order (EI_DATA) is {data[5]}, expected 1 for little endian or 2 for big endian");
    }

    private ElfHeader? Read(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        bool is64 = _decoder.Is64;
        int tail = is64 ? 48 : 36;
        ulong segmentOffset = _decoder.Word(_data, is64 ? 32 : 28);
        ulong sectionOffset = _decoder.Word(_data, is64 ? 40 : 32);
        ushort segmentCount = _decoder.UInt16(_data, tail + 8);
        ushort sectionCount = _decoder.UInt16(_data, tail + 12);
        ushort nameTable = _decoder.UInt16(_data, tail + 14);

        bool hasSections = sectionOffset != 0;
        if (hasSections && !HasFirstSection(sectionOffset, _decoder.UInt16(_data, tail + 10), tail + 10))
        {
            return null;
        }

        ulong sections = sectionCount;
        ulong segments = segmentCount;
        ulong names = nameTable;
        if (hasSections)
        {
            ReadOnlySpan<byte> first = _data.Slice((int)sectionOffset, _decoder.SectionHeaderSize);
            sections = sectionCount == 0 ? _decoder.Word(first, is64 ? 32 : 20) : sectionCount;
            names = nameTable == ExtendedIndex ? _decoder.UInt32(first, is64 ? 40 : 24) : nameTable;
            segments = segmentCount == ExtendedSegmentCount ? _decoder.UInt32(first, is64 ? 44 : 28) : segmentCount;
        }

        CheckCounts(sectionOffset, sectionCount, sections, names, tail);
        ElfHeaderTable sectionTable = Table("section", sectionOffset, sections, _decoder.SectionHeaderSize, is64 ? 40 : 32);
        CheckSegmentEntrySize(segments, _decoder.UInt16(_data, tail + 6), tail + 6);
        ElfHeaderTable segmentTable = Table("program", segmentOffset, segments, _decoder.SegmentHeaderSize, is64 ? 32 : 28);
        return _error is not null ? null : new ElfHeader
        {
            Class = elfClass,
            ByteOrder = byteOrder,
            OsAbi = _data[7],
            IdentVersion = _data[6],
            Type = (ElfFileType)_decoder.UInt16(_data, 16),
            Machine = (ElfMachine)_decoder.UInt16(_data, 18),
            Version = _decoder.UInt32(_data, 20),
            Entry = _decoder.Word(_data, 24),
            Flags = _decoder.UInt32(_data, tail),
            HeaderSize = _decoder.UInt16(_data, tail + 4),
            Segments = segmentTable,
            Sections = sectionTable,
            SectionNameTable = (int)names,
        };
    }

    private bool HasFirstSection(ulong offset, ushort entrySize, int entrySizeField)
    {
        if (entrySize != _decoder.SectionHeaderSize)
        {
            Report(
                ObjectFileErrorCode.BadHeader,
                entrySizeField,
                $"the size of a section header (e_shentsize) is {entrySize}, expected {_decoder.SectionHeaderSize}");
            return false;
        }

        if (!ByteRange.Fits(offset, entrySize, _data.Length))
        {
            Report(
                ObjectFileErrorCode.TableOutOfBounds,
                _decoder.Is64 ? 40 : 32,
                $"the section header table is at 0x{offset:x}, outside the file of 0x{_data.Length:x} bytes");
            return false;
        }

        return true;
    }

    private void CheckCounts(ulong sectionOffset, ushort countField, ulong sections, ulong names, int tail)
    {
        if (sectionOffset == 0 && countField != 0)
        {
            Report(
                ObjectFileErrorCode.BadHeader,
                tail + 12,
                $"the file announces {countField} sections (e_shnum) but no section header table (e_shoff is 0)");
        }
        else if (countField >= ReservedIndices)
        {
            Report(
                ObjectFileErrorCode.BadHeader,
                tail + 12,
                $"the number of sections (e_shnum) is 0x{countField:x}; from 0xff00 on it must be 0 with the number in section header 0");
        }

        if (names >= sections && names != 0)
        {
            Report(
                ObjectFileErrorCode.BadHeader,
                tail + 14,
                $"the section with the section names (e_shstrndx) is {names}, but there are only {sections} sections");
        }
    }

    private void CheckSegmentEntrySize(ulong segments, ushort entrySize, int field)
    {
        if (segments != 0 && entrySize != _decoder.SegmentHeaderSize)
        {
            Report(
                ObjectFileErrorCode.BadHeader,
                field,
                $"the size of a program header (e_phentsize) is {entrySize}, expected {_decoder.SegmentHeaderSize}");
        }
    }

    private ElfHeaderTable Table(string kind, ulong offset, ulong count, int entrySize, int field)
    {
        if (count == 0)
        {
            return default;
        }

        if (offset == 0)
        {
            Report(ObjectFileErrorCode.BadHeader, field, $"the file announces {count} {kind} headers but no {kind} header table (its offset is 0)");
            return default;
        }

        // The division keeps the product below from overflowing.
        if (count > (ulong)_data.Length / (ulong)entrySize || !ByteRange.Fits(offset, count * (ulong)entrySize, _data.Length))
        {
            Report(
                ObjectFileErrorCode.TableOutOfBounds,
                field,
                $"the {kind} header table of {count} entries at 0x{offset:x} does not fit into the file of 0x{_data.Length:x} bytes");
            return default;
        }

        return new ElfHeaderTable((int)offset, (int)count, entrySize);
    }

    private void Report(ObjectFileErrorCode code, int offset, string message) =>
        _error ??= new ObjectFileError(code, _name, (ulong)offset, message);
}
