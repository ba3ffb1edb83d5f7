using System;
using System.Collections.Generic;
using System.Globalization;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>
/// Follows the lines of <c>readelf -SWslr</c> about one file and compares each with what we read. Every header, section, segment,
/// symbol and relocation that one side has and the other has not, or has otherwise, is a difference.
/// </summary>
internal sealed class ReadelfComparison
{
    private readonly ElfFile _file;
    private readonly Action<string> _report;
    private IReadOnlyList<ElfSymbol> _symbols = [];
    private IReadOnlyList<ElfSymbol> _dynamicSymbols = [];
    private IReadOnlyList<ElfSymbol> _listedSymbols = [];
    private IReadOnlyList<ElfSymbol> _relocatedSymbols = [];
    private IReadOnlyList<ElfRelocation> _relocations = [];
    private Listing _listing;
    private int _sections;
    private int _segments;
    private int _index;
    private int _relocationSections;

    public ReadelfComparison(ElfFile file, Action<string> report)
    {
        _file = file;
        _report = report;
        ReadSymbols();
    }

    private enum Listing
    {
        None,
        Sections,
        Segments,
        Symbols,
        Relocations,
    }

    /// <summary>How many sections, segments, symbols and relocations were compared.</summary>
    public long Compared { get; private set; }

    public void Line(string line)
    {
        if (line.Length == 0)
        {
            EndListing();
        }
        else if (line.StartsWith("Section Header", StringComparison.Ordinal))
        {
            _listing = Listing.Sections;
        }
        else if (line.StartsWith("Program Header", StringComparison.Ordinal))
        {
            _listing = Listing.Segments;
        }
        else if (line.StartsWith("Symbol table '", StringComparison.Ordinal))
        {
            StartSymbols(line);
        }
        else if (line.StartsWith("Relocation section '", StringComparison.Ordinal))
        {
            StartRelocations(line);
        }
        else
        {
            Entry(line);
        }
    }

    public void End()
    {
        EndListing();
        Check(_sections == _file.Sections.Count, $"{_sections} sections are listed, we have {_file.Sections.Count}");
        Check(_segments == _file.Segments.Count, $"{_segments} segments are listed, we have {_file.Segments.Count}");
        int ours = 0;
        foreach (ElfSection section in _file.Sections)
        {
            ours += section.Type is ElfSectionType.Rel or ElfSectionType.Rela && section.Size != 0 ? 1 : 0;
        }

        Check(_relocationSections == ours, $"{_relocationSections} relocation sections are listed, we have {ours}");
    }

    private void ReadSymbols()
    {
        bool success = _file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out ObjectFileError? error);
        Check(success, error?.ToString());
        _symbols = symbols ?? [];
        success = _file.TryReadDynamicSymbols(out symbols, out error);
        Check(success, error?.ToString());
        _dynamicSymbols = symbols ?? [];
        Check(_file.TryReadSectionGroups(out _, out error), error?.ToString());
    }

    private void Entry(string line)
    {
        switch (_listing)
        {
            case Listing.Sections when line.StartsWith("  [", StringComparison.Ordinal) && char.IsAsciiDigit(line[line.IndexOf(']', 3) - 1]):
                Section(line);
                break;
            case Listing.Segments when line.Contains(" 0x", StringComparison.Ordinal):
                Segment(line);
                break;
            case Listing.Symbols when !line.StartsWith("   Num:", StringComparison.Ordinal):
                Symbol(line);
                break;
            case Listing.Relocations when char.IsAsciiHexDigitLower(line[0]):
                Relocation(line);
                break;
            default:
                break;
        }
    }

    private void Section(string line)
    {
        int index = _sections++;
        if (index >= _file.Sections.Count)
        {
            return;
        }

        ElfSection section = _file.Sections[index];
        Check(ReadelfEntries.IsSection(line, section), $"section {section} is listed as {line}");
        Compared++;
    }

    private void Segment(string line)
    {
        int index = _segments++;
        if (index >= _file.Segments.Count)
        {
            return;
        }

        ElfSegment segment = _file.Segments[index];
        Check(ReadelfEntries.IsSegment(line, segment), $"segment {index} {segment} is listed as {line}");
        Compared++;
    }

    private void StartSymbols(string line)
    {
        int end = line.LastIndexOf('\'');
        string name = line["Symbol table '".Length..end];
        var tokens = new Tokens(line.AsSpan(end + 1));
        tokens.Next();
        ReadOnlySpan<char> count = tokens.Next();
        ElfSection? dynamic = First(_file.Sections, ElfSectionType.DynamicSymbolTable);
        _listedSymbols = dynamic is not null && name == ReadelfNames.Printed(dynamic.Name) ? _dynamicSymbols : _symbols;
        Check(Tokens.IsDecimal(count, (ulong)_listedSymbols.Count), $"we have {_listedSymbols.Count} symbols: {line}");
        _listing = Listing.Symbols;
        _index = 0;
    }

    private void Symbol(string line)
    {
        int index = _index++;
        if (index >= _listedSymbols.Count)
        {
            return;
        }

        ElfSymbol symbol = _listedSymbols[index];
        Check(ReadelfEntries.IsSymbol(line, _file, symbol), $"symbol {symbol} is listed as {line}");
        Compared++;
    }

    private void StartRelocations(string line)
    {
        var tokens = new Tokens(line.AsSpan(line.IndexOf("' at offset ", StringComparison.Ordinal) + "' at offset ".Length));
        ReadOnlySpan<char> offset = tokens.Next();
        tokens.Next();
        ReadOnlySpan<char> count = tokens.Next();
        foreach (ElfSection section in _file.Sections)
        {
            if (section.Type is (ElfSectionType.Rel or ElfSectionType.Rela) && section.Size != 0 && Tokens.IsHex(offset, section.Offset))
            {
                bool success = _file.TryReadRelocations(section, out IReadOnlyList<ElfRelocation>? relocations, out ObjectFileError? error);
                Check(success, error?.ToString());
                _relocations = relocations ?? [];
                bool isDynamic = section.Link != 0 && _file.Sections[(int)section.Link].Type == ElfSectionType.DynamicSymbolTable;
                _relocatedSymbols = isDynamic ? _dynamicSymbols : _symbols;
                Check(Tokens.IsDecimal(count, (ulong)_relocations.Count), $"we have {_relocations.Count} relocations: {line}");
                _listing = Listing.Relocations;
                _index = 0;
                _relocationSections++;
                return;
            }
        }

        // Packed relative relocations (SHT_RELR) are announced in the same way; we do not read them.
        _listing = Listing.None;
    }

    private void Relocation(string line)
    {
        int index = _index++;
        if (index >= _relocations.Count)
        {
            return;
        }

        ElfRelocation relocation = _relocations[index];
        ElfSymbol symbol = relocation.SymbolIndex < _relocatedSymbols.Count ? _relocatedSymbols[relocation.SymbolIndex] : default;
        Check(ReadelfEntries.IsRelocation(line, _file, relocation, symbol), $"{relocation} is listed as {line}");
        Compared++;
    }

    private static ElfSection? First(IReadOnlyList<ElfSection> sections, ElfSectionType type)
    {
        foreach (ElfSection section in sections)
        {
            if (section.Type == type)
            {
                return section;
            }
        }

        return null;
    }

    private void EndListing()
    {
        if (_listing == Listing.Symbols)
        {
            Check(_index == _listedSymbols.Count, $"{_index} symbols are listed, we have {_listedSymbols.Count}");
        }
        else if (_listing == Listing.Relocations)
        {
            Check(_index == _relocations.Count, $"{_index} relocations are listed, we have {_relocations.Count}");
        }

        _listing = Listing.None;
    }

    private void Check(bool condition, string? message)
    {
        if (!condition)
        {
            _report(string.Create(CultureInfo.InvariantCulture, $"{_file.Name}: {message}"));
        }
    }
}
