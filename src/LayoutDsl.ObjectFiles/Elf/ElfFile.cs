using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// An ELF file of any class, byte order and machine. Reading checks the header, the section and program header tables and section
/// names; symbols, relocations and groups are read and checked when asked for. Contents are slices of the given bytes, never copies,
/// so the bytes must not change while the file is in use. Time and memory are bounded by the size of the file, whatever is in it.
/// Instances may be used from several threads.
/// </summary>
public sealed class ElfFile
{
    private readonly ElfHeader _header;
    private ElfSection[] _sections = [];
    private ElfSegment[] _segments = [];
    private ElfSymbol[]? _symbols;
    private ElfSymbol[]? _dynamicSymbols;

    private ElfFile(ReadOnlyMemory<byte> data, string name, ElfHeader header)
    {
        Data = data;
        Name = name;
        Decoder = new ElfDecoder(header.Class, header.ByteOrder);
        _header = header;
    }

    /// <summary>The name under which the file was read; it appears in errors.</summary>
    public string Name { get; }

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The width of addresses and sizes.</summary>
    public ElfClass Class => _header.Class;

    /// <summary>The byte order of the fields.</summary>
    public ElfByteOrder ByteOrder => _header.ByteOrder;

    /// <summary>The machine (e_machine).</summary>
    public ElfMachine Machine => _header.Machine;

    /// <summary>What the file is for (e_type).</summary>
    public ElfFileType Type => _header.Type;

    /// <summary>The address where the program starts, 0 if it has none (e_entry).</summary>
    public ulong Entry => _header.Entry;

    /// <summary>Flags that the processor supplement defines (e_flags).</summary>
    public uint Flags => _header.Flags;

    /// <summary>The operating system and ABI (EI_OSABI).</summary>
    public byte OsAbi => _header.OsAbi;

    /// <summary>All sections, the unused entry 0 included, so that section indices are indices of this list.</summary>
    public IReadOnlyList<ElfSection> Sections => _sections;

    /// <summary>All segments, in the order of the program header table.</summary>
    public IReadOnlyList<ElfSegment> Segments => _segments;

    internal ElfDecoder Decoder { get; }

    internal ElfHeader Header => _header;

    internal ElfSection[] SectionArray => _sections;

    internal ElfSegment[] SegmentArray => _segments;

    /// <summary>Reads the headers of a file.</summary>
    /// <param name="data">The whole file, for a member of an archive the member.</param>
    /// <param name="name">The name for errors.</param>
    /// <param name="file">The file, if it is well-formed as far as it was read.</param>
    /// <param name="error">Otherwise what is wrong with it.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> data, string name, [NotNullWhen(true)] out ElfFile? file, [NotNullWhen(false)] out ObjectFileError? error)
    {
        file = null;
        if (!ElfHeaderReader.TryRead(data.Span, name, out ElfHeader? header, out error))
        {
            return false;
        }

        var candidate = new ElfFile(data, name, header);
        if (!ElfSectionTableReader.TryRead(candidate, header, out candidate._sections, out error)
            || !ElfSegmentTableReader.TryRead(candidate, header, out candidate._segments, out error))
        {
            return false;
        }

        file = candidate;
        return true;
    }

    /// <summary>Reads the headers of a file.</summary>
    /// <exception cref="ObjectFileException">The file is malformed.</exception>
    public static ElfFile Read(ReadOnlyMemory<byte> data, string name) =>
        TryRead(data, name, out ElfFile? file, out ObjectFileError? error) ? file : throw new ObjectFileException(error);

    /// <summary>
    /// Reads the symbol table for linking, the first section of type SHT_SYMTAB; a file without one has no symbols. Read once.
    /// </summary>
    public bool TryReadSymbols(
        [NotNullWhen(true)] out IReadOnlyList<ElfSymbol>? symbols, [NotNullWhen(false)] out ObjectFileError? error) =>
        TryReadSymbolTable(ElfSectionType.SymbolTable, ref _symbols, out symbols, out error);

    /// <summary>
    /// Reads the symbol table for dynamic linking, the first section of type SHT_DYNSYM; a file without one has no symbols. Read once.
    /// </summary>
    public bool TryReadDynamicSymbols(
        [NotNullWhen(true)] out IReadOnlyList<ElfSymbol>? symbols, [NotNullWhen(false)] out ObjectFileError? error) =>
        TryReadSymbolTable(ElfSectionType.DynamicSymbolTable, ref _dynamicSymbols, out symbols, out error);

    /// <summary>
    /// Reads a section of type SHT_REL or SHT_RELA; of others it reports <see cref="ObjectFileErrorCode.Unsupported"/>. The symbols are
    /// those of the table that the section links to. In a relocatable object, offsets were checked to be in the section that is
    /// relocated (<see cref="ElfSection.Info"/>) or at its end; for a compressed section, in its content when decompressed. Read at
    /// each call.
    /// </summary>
    /// <exception cref="ArgumentException">The section is of another file.</exception>
    public bool TryReadRelocations(
        ElfSection relocationSection,
        [NotNullWhen(true)] out IReadOnlyList<ElfRelocation>? relocations,
        [NotNullWhen(false)] out ObjectFileError? error)
    {
        bool success = ElfRelocationReader.TryRead(this, Own(relocationSection), out ElfRelocation[]? array, out error);
        relocations = array;
        return success;
    }

    /// <summary>Reads all section groups, in the order of their sections. Read at each call.</summary>
    public bool TryReadSectionGroups(
        [NotNullWhen(true)] out IReadOnlyList<ElfSectionGroup>? groups, [NotNullWhen(false)] out ObjectFileError? error)
    {
        bool success = new ElfSectionGroupReader(this).TryRead(out ElfSectionGroup[]? array, out error);
        groups = array;
        return success;
    }

    /// <summary>Reads the header of a compressed section (gABI: Section Compression); decompressing is for the caller.</summary>
    /// <exception cref="ArgumentException">The section is of another file.</exception>
    public bool TryReadCompressionHeader(
        ElfSection section, out ElfCompressionHeader header, [NotNullWhen(false)] out ObjectFileError? error)
    {
        header = default;
        error = null;
        bool is64 = Decoder.Is64;
        int size = is64 ? 24 : 12;
        ReadOnlySpan<byte> data = Own(section).Data.Span;
        if (!section.IsCompressed || data.Length < size)
        {
            error = Error(
                ObjectFileErrorCode.BadSection,
                section,
                $"{section.Description} has no compression header: expected the flag SHF_COMPRESSED and at least {size} bytes");
            return false;
        }

        header = new ElfCompressionHeader(Decoder.UInt32(data, 0), Decoder.Word(data, is64 ? 8 : 4), Decoder.Word(data, is64 ? 16 : 8), size);
        return true;
    }

    /// <summary>
    /// Reads everything that can be read, checks what reading alone does not need (overlaps, links, alignments, order), and reports
    /// at most 100 mistakes. A file without mistakes adds nothing.
    /// </summary>
    public void Verify(ICollection<ObjectFileError> errors)
    {
        if (errors is null)
        {
            throw new ArgumentNullException(nameof(errors));
        }

        new ElfVerifier(this, errors).Verify();
    }

    internal ElfSection? SectionAt(uint index) => index < (uint)_sections.Length ? _sections[index] : null;

    internal ElfSection? FirstSection(ElfSectionType type) => Array.Find(_sections, section => section.Type == type);

    /// <summary>An error about a section, placed at its header.</summary>
    internal ObjectFileError Error(ObjectFileErrorCode code, ElfSection section, string message) =>
        new(code, Name, ElfSectionTableReader.HeaderOffset(_header.Sections, section.Index), message);

    private ElfSection Own(ElfSection section)
    {
        if (section is null)
        {
            throw new ArgumentNullException(nameof(section));
        }

        return ReferenceEquals(section.File, this)
            ? section
            : throw new ArgumentException("The section is of another file.", nameof(section));
    }

    private bool TryReadSymbolTable(
        ElfSectionType type,
        ref ElfSymbol[]? cache,
        [NotNullWhen(true)] out IReadOnlyList<ElfSymbol>? symbols,
        [NotNullWhen(false)] out ObjectFileError? error)
    {
        error = null;
        ElfSymbol[]? table = cache;
        if (table is null)
        {
            ElfSection? section = FirstSection(type);
            if (section is null)
            {
                table = [];
            }
            else if (!ElfSymbolTableReader.TryRead(this, section, out table, out error))
            {
                symbols = null;
                return false;
            }

            cache = table;
        }

        symbols = table;
        return true;
    }
}
