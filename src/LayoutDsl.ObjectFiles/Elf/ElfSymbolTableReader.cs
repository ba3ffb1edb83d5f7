using System;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>Reads a symbol table (gABI: Symbol Table) with its extended section indices (gABI: Section Types, SHT_SYMTAB_SHNDX).</summary>
internal ref struct ElfSymbolTableReader
{
    private const ushort ReservedIndices = 0xff00;
    private const ushort AbsoluteIndex = 0xfff1;
    private const ushort CommonIndex = 0xfff2;
    private const ushort ExtendedIndex = 0xffff;

    /// <summary>x86-64 psABI: common blocks of the large code model.</summary>
    private const ushort X86_64LargeCommon = 0xff02;

    /// <summary>MIPS psABI: common blocks that the global pointer reaches, and undefined symbols that it reaches.</summary>
    private const ushort MipsSmallCommon = 0xff03;
    private const ushort MipsSmallUndefined = 0xff04;

    private readonly ElfFile _file;
    private readonly ElfSection _table;
    private readonly ElfStringTable _names;
    private readonly ReadOnlySpan<byte> _extendedIndices;
    private ObjectFileError? _error;

    private ElfSymbolTableReader(ElfFile file, ElfSection table)
    {
        _file = file;
        _table = table;
        _names = new ElfStringTable(file, file.SectionAt(table.Link));
        _extendedIndices = ExtendedIndices(file, table);
    }

    /// <summary>The number of symbols in a table whose entry size was checked.</summary>
    public static int Count(ElfFile file, ElfSection table) => (int)(table.Size / (ulong)file.Decoder.SymbolSize);

    public static ObjectFileError? CheckTable(ElfFile file, ElfSection table)
    {
        int entrySize = file.Decoder.SymbolSize;
        if (table.EntrySize != (ulong)entrySize)
        {
            return file.Error(
                ObjectFileErrorCode.BadSymbol,
                table,
                $"{table.Description} has symbols of {table.EntrySize} bytes (sh_entsize), expected {entrySize}");
        }

        return table.Size % (ulong)entrySize == 0
            ? null
            : file.Error(
                ObjectFileErrorCode.Truncated,
                table,
                $"{table.Description} has 0x{table.Size:x} bytes, which is no multiple of the {entrySize} bytes of a symbol");
    }

    public static bool TryRead(
        ElfFile file, ElfSection table, [NotNullWhen(true)] out ElfSymbol[]? symbols, [NotNullWhen(false)] out ObjectFileError? error)
    {
        symbols = null;
        error = CheckTable(file, table);
        if (error is not null)
        {
            return false;
        }

        if (file.SectionAt(table.Link)?.Type != ElfSectionType.StringTable)
        {
            error = file.Error(
                ObjectFileErrorCode.BadStringOffset,
                table,
                $"{table.Description} links to section {table.Link} (sh_link), expected a string table");
            return false;
        }

        var reader = new ElfSymbolTableReader(file, table);
        symbols = reader.Read();
        error = reader._error;
        if (error is not null)
        {
            symbols = null;
        }

        return symbols is not null;
    }

    private static ReadOnlySpan<byte> ExtendedIndices(ElfFile file, ElfSection table)
    {
        foreach (ElfSection section in file.SectionArray)
        {
            if (section.Type == ElfSectionType.SymbolTableIndices && section.Link == (uint)table.Index)
            {
                return section.Data.Span;
            }
        }

        return default;
    }

    private ElfSymbol[]? Read()
    {
        ElfDecoder decoder = _file.Decoder;
        ReadOnlySpan<byte> data = _table.Data.Span;
        int entrySize = decoder.SymbolSize;
        var symbols = new ElfSymbol[data.Length / entrySize];
        for (int i = 0; i < symbols.Length; i++)
        {
            var raw = new RawElfSymbol(decoder, data.Slice(i * entrySize, entrySize));
            if (!_names.TryMeasure(raw.Name, out int nameLength, out _error))
            {
                return null;
            }

            ElfSymbolPlace place = Place(raw.SectionIndex);
            int sectionIndex = 0;
            if (place == ElfSymbolPlace.Section && !TryResolveSection(raw.SectionIndex, i, out sectionIndex))
            {
                return null;
            }

            symbols[i] = new ElfSymbol(raw, i, _names, nameLength, place, sectionIndex);
        }

        return symbols;
    }

    private readonly ElfSymbolPlace Place(ushort index)
    {
        if (index is > 0 and < ReservedIndices)
        {
            return ElfSymbolPlace.Section;
        }

        return (index, _file.Machine) switch
        {
            (0, _) => ElfSymbolPlace.Undefined,
            (ExtendedIndex, _) => ElfSymbolPlace.Section,
            (AbsoluteIndex, _) => ElfSymbolPlace.Absolute,
            (CommonIndex, _) => ElfSymbolPlace.Common,
            (X86_64LargeCommon, ElfMachine.X86_64) => ElfSymbolPlace.Common,
            (MipsSmallCommon, ElfMachine.Mips) => ElfSymbolPlace.Common,
            (MipsSmallUndefined, ElfMachine.Mips) => ElfSymbolPlace.Undefined,
            _ => ElfSymbolPlace.Reserved,
        };
    }

    private bool TryResolveSection(ushort raw, int symbol, out int sectionIndex)
    {
        uint index = raw;
        sectionIndex = 0;
        if (raw == ExtendedIndex)
        {
            if (symbol >= _extendedIndices.Length / sizeof(uint))
            {
                _error = SymbolError(symbol, "has an extended section index (SHN_XINDEX), but no SHT_SYMTAB_SHNDX section has an entry for it");
                return false;
            }

            index = _file.Decoder.UInt32(_extendedIndices, symbol * sizeof(uint));
        }

        if (index == 0 || index >= (uint)_file.SectionArray.Length)
        {
            _error = SymbolError(symbol, $"is in section {index}, but the file has {_file.SectionArray.Length} sections");
            return false;
        }

        sectionIndex = (int)index;
        return true;
    }

    private readonly ObjectFileError SymbolError(int symbol, string message) => new(
        ObjectFileErrorCode.BadSymbol,
        _file.Name,
        _table.Offset + ((ulong)symbol * (ulong)_file.Decoder.SymbolSize),
        $"symbol {symbol} of {_table.Description} {message}");
}
