using System;
using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles;

/// <summary>Checks a file against the gABI, beyond what reading it needs.</summary>
internal sealed class ElfVerifier(ElfFile file, ICollection<ObjectFileError> errors)
{
    /// <summary>Bounds the memory for a file in which everything is wrong.</summary>
    public const int MaximumErrors = 100;

    private int _count;

    public void Verify()
    {
        VerifyHeader();
        VerifyOverlaps();
        foreach (ElfSection section in file.SectionArray)
        {
            // Entry 0 carries extended numbers in fields that mean something else elsewhere.
            if (section.Type != ElfSectionType.Null)
            {
                VerifySection(section);
            }

            if (_count >= MaximumErrors)
            {
                return;
            }
        }

        VerifyContents();
        new ElfSegmentVerifier(file, Report).Verify();
    }

    private static bool IsPowerOfTwoOrZero(ulong value) => (value & unchecked(value - 1)) == 0;

    private void VerifyHeader()
    {
        ElfHeader header = file.Header;
        if (header.IdentVersion != 1 || header.Version != 1)
        {
            Report(ObjectFileErrorCode.BadHeader, 6, $"the version is {header.IdentVersion} (EI_VERSION) and {header.Version} (e_version), expected 1");
        }

        if (header.HeaderSize != file.Decoder.HeaderSize)
        {
            Report(
                ObjectFileErrorCode.BadHeader,
                file.Decoder.Is64 ? 52u : 40u,
                $"the size of the ELF header (e_ehsize) is {header.HeaderSize}, expected {file.Decoder.HeaderSize}");
        }
    }

    /// <summary>No two parts of a file overlap (gABI: Sections); segments describe the same bytes once more and do not count.</summary>
    private void VerifyOverlaps()
    {
        var parts = new List<(ulong Offset, ulong Size, int Section)> { (0, (ulong)file.Decoder.HeaderSize, -1) };
        AddTable(parts, file.Header.Sections, -2);
        AddTable(parts, file.Header.Segments, -3);
        foreach (ElfSection section in file.SectionArray)
        {
            if (section.HasFileContent && section.Size != 0)
            {
                parts.Add((section.Offset, section.Size, section.Index));
            }
        }

        parts.Sort();
        for (int i = 1; i < parts.Count && _count < MaximumErrors; i++)
        {
            (ulong offset, ulong size, int section) = parts[i - 1];
            if (parts[i].Offset < offset + size)
            {
                Report(
                    ObjectFileErrorCode.Overlap,
                    parts[i].Offset,
                    $"{Describe(parts[i].Section)} begins at 0x{parts[i].Offset:x}, before the end of {Describe(section)} at 0x{offset + size:x}");
            }
        }
    }

    private static void AddTable(List<(ulong Offset, ulong Size, int Section)> parts, ElfHeaderTable table, int part)
    {
        if (table.Count != 0)
        {
            parts.Add(((ulong)table.Offset, (ulong)table.Count * (ulong)table.EntrySize, part));
        }
    }

    private string Describe(int part) => part switch
    {
        -1 => "the ELF header",
        -2 => "the section header table",
        -3 => "the program header table",
        _ => file.SectionArray[part].Description,
    };

    private void VerifySection(ElfSection section)
    {
        if (section.Link >= (uint)file.SectionArray.Length)
        {
            Report(ObjectFileErrorCode.BadSection, section, $"links to section {section.Link} (sh_link), but the file has {file.Sections.Count}");
        }

        if ((section.Flags & ElfSectionFlags.InfoLink) != 0 && section.Info >= (uint)file.SectionArray.Length)
        {
            Report(
                ObjectFileErrorCode.BadSection,
                section,
                $"refers to section {section.Info} (sh_info with SHF_INFO_LINK), but the file has {file.Sections.Count}");
        }

        if (!IsPowerOfTwoOrZero(section.Alignment))
        {
            Report(ObjectFileErrorCode.BadSection, section, $"has alignment {section.Alignment} (sh_addralign), expected a power of two or 0");
        }
        else if (section.IsAllocated && section.Alignment > 1 && section.Address % section.Alignment != 0)
        {
            Report(
                ObjectFileErrorCode.BadSection,
                section,
                $"has address 0x{section.Address:x}, which is no multiple of its alignment 0x{section.Alignment:x}");
        }

        if (section.IsAllocated && section.Address > ulong.MaxValue - section.Size)
        {
            Report(ObjectFileErrorCode.BadSection, section, $"has 0x{section.Size:x} bytes at 0x{section.Address:x}: it ends beyond the address space");
        }

        if (section.Type == ElfSectionType.StringTable && !section.Data.IsEmpty && !section.IsCompressed)
        {
            ReadOnlySpan<byte> strings = section.Data.Span;
            if (strings[0] != 0 || strings[strings.Length - 1] != 0)
            {
                Report(ObjectFileErrorCode.BadStringOffset, section, "is a string table, whose first and last bytes must be NUL");
            }
        }
    }

    private void VerifyContents()
    {
        Add(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out ObjectFileError? error), error);
        VerifyLocals(symbols, ElfSectionType.SymbolTable);
        Add(file.TryReadDynamicSymbols(out symbols, out error), error);
        VerifyLocals(symbols, ElfSectionType.DynamicSymbolTable);
        Add(file.TryReadSectionGroups(out _, out error), error);
        foreach (ElfSection section in file.SectionArray)
        {
            if (section.Type is ElfSectionType.Rel or ElfSectionType.Rela)
            {
                Add(file.TryReadRelocations(section, out _, out error), error);
            }

            if (section.IsCompressed && section.HasFileContent)
            {
                Add(file.TryReadCompressionHeader(section, out _, out error), error);
            }

            if (_count >= MaximumErrors)
            {
                return;
            }
        }
    }

    /// <summary>Local symbols come first, and sh_info is the index of the first other one (gABI: Symbol Table).</summary>
    private void VerifyLocals(IReadOnlyList<ElfSymbol>? symbols, ElfSectionType type)
    {
        ElfSection? table = file.FirstSection(type);
        if (table is null || symbols is null)
        {
            return;
        }

        if (Array.FindLastIndex(file.SectionArray, section => section.Type == type) != table.Index)
        {
            Report(ObjectFileErrorCode.BadSymbol, table, "is one of several symbol tables of its type; a file has at most one");
        }

        if (table.Info > (uint)symbols.Count)
        {
            Report(
                ObjectFileErrorCode.BadSymbol, table, $"has symbol {table.Info} as the first that is not local (sh_info), but only {symbols.Count}");
            return;
        }

        for (int i = 0; i < symbols.Count; i++)
        {
            bool isLocal = symbols[i].Binding == ElfSymbolBinding.Local;
            if (isLocal != (uint)i < table.Info)
            {
                Report(
                    ObjectFileErrorCode.BadSymbol,
                    table,
                    $"has symbol {i} on the wrong side of symbol {table.Info}, the first that is not local (sh_info)");
                return;
            }
        }
    }

    private void Add(bool success, ObjectFileError? error)
    {
        if (!success && error is not null)
        {
            Report(error);
        }
    }

    private void Report(ObjectFileErrorCode code, ElfSection section, string message) =>
        Report(file.Error(code, section, $"{section.Description} {message}"));

    private void Report(ObjectFileErrorCode code, ulong offset, string message) =>
        Report(new ObjectFileError(code, file.Name, offset, message));

    private void Report(ObjectFileError error)
    {
        if (_count < MaximumErrors)
        {
            _count++;
            errors.Add(error);
        }
    }
}
