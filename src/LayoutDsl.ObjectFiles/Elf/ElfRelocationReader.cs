using System;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>Reads a relocation section (gABI: Relocation).</summary>
internal static class ElfRelocationReader
{
    public static bool TryRead(
        ElfFile file,
        ElfSection section,
        [NotNullWhen(true)] out ElfRelocation[]? relocations,
        [NotNullWhen(false)] out ObjectFileError? error)
    {
        relocations = null;
        if (section.Type is not (ElfSectionType.Rel or ElfSectionType.Rela))
        {
            error = file.Error(
                ObjectFileErrorCode.Unsupported,
                section,
                $"{section.Description} is of type 0x{(uint)section.Type:x}; relocations are read from types 4 (SHT_RELA) and 9 (SHT_REL)");
            return false;
        }

        bool hasAddend = section.Type == ElfSectionType.Rela;
        int entrySize = hasAddend ? file.Decoder.RelaSize : file.Decoder.RelSize;
        error = CheckEntries(file, section, entrySize);
        if (error is not null
            || !TryCountSymbols(file, section, out int symbols, out error)
            || !TryFindTargetSize(file, section, out ulong targetSize, out error))
        {
            return false;
        }

        ReadOnlySpan<byte> data = section.Data.Span;
        var result = new ElfRelocation[data.Length / entrySize];
        for (int i = 0; i < result.Length; i++)
        {
            ElfRelocation relocation = Decode(file, data.Slice(i * entrySize, entrySize), hasAddend, out uint symbol);
            if (symbol >= (uint)symbols)
            {
                error = EntryError(file, section, i, entrySize, $"refers to symbol {symbol}, but its symbol table has {symbols}");
                return false;
            }

            if (relocation.Offset > targetSize)
            {
                error = EntryError(
                    file, section, i, entrySize, $"is at 0x{relocation.Offset:x} of a section that has 0x{targetSize:x} bytes");
                return false;
            }

            result[i] = relocation;
        }

        relocations = result;
        return true;
    }

    private static ElfRelocation Decode(ElfFile file, ReadOnlySpan<byte> entry, bool hasAddend, out uint symbol)
    {
        ElfDecoder decoder = file.Decoder;
        ulong offset = decoder.Word(entry, 0);
        if (!decoder.Is64)
        {
            uint info = decoder.UInt32(entry, 4);
            symbol = info >> 8;
            return new ElfRelocation(offset, info & 0xff, (int)symbol, hasAddend ? (int)decoder.UInt32(entry, 8) : 0, hasAddend);
        }

        uint type;
        if (file.Machine == ElfMachine.Mips)
        {
            // The 64-bit MIPS ABI has fields where others have a word: a 32-bit symbol in the file's byte order, then single bytes.
            symbol = decoder.UInt32(entry, 8);
            type = ((uint)entry[12] << 24) | ((uint)entry[13] << 16) | ((uint)entry[14] << 8) | entry[15];
        }
        else
        {
            ulong info = decoder.UInt64(entry, 8);
            symbol = (uint)(info >> 32);
            type = unchecked((uint)info);
        }

        long addend = hasAddend ? unchecked((long)decoder.UInt64(entry, 16)) : 0;
        return new ElfRelocation(offset, type, unchecked((int)symbol), addend, hasAddend);
    }

    private static ObjectFileError? CheckEntries(ElfFile file, ElfSection section, int entrySize)
    {
        if (section.EntrySize != (ulong)entrySize)
        {
            return file.Error(
                ObjectFileErrorCode.BadRelocation,
                section,
                $"{section.Description} has relocations of {section.EntrySize} bytes (sh_entsize), expected {entrySize}");
        }

        return section.Size % (ulong)entrySize == 0
            ? null
            : file.Error(
                ObjectFileErrorCode.Truncated,
                section,
                $"{section.Description} has 0x{section.Size:x} bytes, which is no multiple of the {entrySize} bytes of a relocation");
    }

    /// <summary>Without a linked symbol table, as in static executables, only symbol 0 (none) may be used.</summary>
    private static bool TryCountSymbols(ElfFile file, ElfSection section, out int count, [NotNullWhen(false)] out ObjectFileError? error)
    {
        count = 1;
        error = null;
        if (section.Link == 0)
        {
            return true;
        }

        ElfSection? table = file.SectionAt(section.Link);
        if (table?.Type is not (ElfSectionType.SymbolTable or ElfSectionType.DynamicSymbolTable))
        {
            error = file.Error(
                ObjectFileErrorCode.BadRelocation,
                section,
                $"{section.Description} links to section {section.Link} (sh_link), expected a symbol table");
            return false;
        }

        error = ElfSymbolTableReader.CheckTable(file, table);
        count = ElfSymbolTableReader.Count(file, table);
        return error is null;
    }

    /// <summary>Only in a relocatable object are offsets relative to a section.</summary>
    private static bool TryFindTargetSize(ElfFile file, ElfSection section, out ulong size, [NotNullWhen(false)] out ObjectFileError? error)
    {
        size = ulong.MaxValue;
        error = null;
        if (file.Type != ElfFileType.Relocatable)
        {
            return true;
        }

        if (section.Info == 0 || file.SectionAt(section.Info) is not ElfSection target)
        {
            error = file.Error(
                ObjectFileErrorCode.BadRelocation,
                section,
                $"{section.Description} relocates section {section.Info} (sh_info), but the file has {file.Sections.Count} sections");
            return false;
        }

        size = target.Size;
        if (!target.IsCompressed)
        {
            return true;
        }

        // Offsets count in the content as it is when decompressed.
        bool success = file.TryReadCompressionHeader(target, out ElfCompressionHeader header, out error);
        size = header.Size;
        return success;
    }

    private static ObjectFileError EntryError(ElfFile file, ElfSection section, int index, int entrySize, string message) => new(
        ObjectFileErrorCode.BadRelocation,
        file.Name,
        section.Offset + ((ulong)index * (ulong)entrySize),
        $"relocation {index} of {section.Description} {message}");
}
