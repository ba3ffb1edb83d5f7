using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <summary>Checks that a file is an executable that can be trimmed, so that all that follows may count on it.</summary>
internal static class TrimmedFileCheck
{
    private const int ExtendedSegmentCount = 0xffff;
    private const ulong Addresses32 = 1UL << 32;

    /// <exception cref="ObjectFileException">It is none.</exception>
    public static void Check(ElfFile file)
    {
        if (file.Type != ElfFileType.Executable) throw ElfImageTrimmer.Unsupported(file, $"the file is of type {(int)file.Type} (e_type), expected 2, an executable with fixed addresses");
        var errors = new List<ObjectFileError>();
        file.Verify(errors);
        if (errors.Count > 0) throw new ObjectFileException(errors[0]);
        if (file.SectionArray.Length > TrimmedRanges.MostSections || file.SegmentArray.Length >= ExtendedSegmentCount)
        {
            throw ElfImageTrimmer.Unsupported(file, "executables with extended section or segment numbers are not trimmed");
        }

        ElfSegment[] loads = [.. file.SegmentArray.Where(s => s.Type == ElfSegmentType.Load && s.MemorySize > 0)];
        if (file.Class == ElfClass.Elf32 && loads.Any(s => s.VirtualAddress + s.MemorySize > Addresses32)) throw ElfImageTrimmer.Unsupported(file, "a segment ends beyond the address space");
        foreach (ElfSection section in file.SectionArray)
        {
            CheckType(file, section);
            CheckPlace(file, section, loads);
        }

        if (file.FirstSection(ElfSectionType.SymbolTable) is { } table) CheckNames(file, table);
    }

    private static void CheckType(ElfFile file, ElfSection section)
    {
        if (section.Type is ElfSectionType.Group or ElfSectionType.SymbolTableIndices or ElfSectionType.DynamicSymbolTable)
        {
            throw Unsupported(file, section, "is of a type that static executables do not have: section groups, extended section indices, and dynamic symbols are not trimmed");
        }

        // gABI: what is in memory is not compressed; symbols and names are read as they are.
        if (section.IsCompressed && (section.IsAllocated || section.Type is ElfSectionType.SymbolTable or ElfSectionType.StringTable))
        {
            throw Unsupported(file, section, "is compressed, which only contents may be that are not in memory");
        }

        if (section.Type is not (ElfSectionType.Rel or ElfSectionType.Rela)) return;
        if (!file.TryReadRelocations(section, out IReadOnlyList<ElfRelocation>? relocations, out ObjectFileError? error)) throw new ObjectFileException(error);
        if (relocations.Any(r => r.SymbolIndex != 0)) throw Unsupported(file, section, "has relocations of symbols, whose numbers would change; link without --emit-relocs");
    }

    /// <summary>A section with content in memory is where its segment has it.</summary>
    private static void CheckPlace(ElfFile file, ElfSection section, ElfSegment[] loads)
    {
        if (!section.IsAllocated || section.Size == 0) return;
        if (section.Type == ElfSectionType.SymbolTable || section.Index == file.Header.SectionNameTable) throw Unsupported(file, section, "is in memory, where it cannot change");
        if (file.Class == ElfClass.Elf32 && section.Address + section.Size > Addresses32) throw Unsupported(file, section, "ends beyond the address space");
        if (!section.HasFileContent) return;
        int next = Array.FindIndex(loads, s => s.VirtualAddress > section.Address);
        ElfSegment? load = next == 0 ? null : loads.ElementAtOrDefault((next < 0 ? loads.Length : next) - 1);
        bool isLoaded = load is not null
            && section.Offset >= load.Offset
            && section.Offset - load.Offset == section.Address - load.VirtualAddress
            && ByteRange.Fits(section.Address - load.VirtualAddress, section.Size, checked((int)load.FileSize));
        if (!isLoaded) throw Unsupported(file, section, "has content in memory that no segment loads there");
    }

    /// <summary>Names are written anew, so nothing else may refer to them.</summary>
    private static void CheckNames(ElfFile file, ElfSection table)
    {
        ElfSection? other = Array.Find(file.SectionArray, s => s.Index != 0 && s != table && (s.Link == table.Link || (s.Link != 0 && s.Link == (uint)file.Header.SectionNameTable)));
        if (other is not null) throw Unsupported(file, other, "uses the names of the symbol table or of the sections as well, which are written anew");
        if (file.SectionArray[table.Link].IsAllocated) throw Unsupported(file, table, "has its names in memory, where they cannot change");
    }

    private static ObjectFileException Unsupported(ElfFile file, ElfSection section, string message) =>
        new(file.Error(ObjectFileErrorCode.Unsupported, section, $"{section.Description} {message}"));
}
