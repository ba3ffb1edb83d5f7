using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Asks a file for everything it can tell.</summary>
internal static class Everything
{
    /// <summary>Reads an ELF file or an archive with its members; returns how many things were read, so that nothing is optimised away.</summary>
    public static long Read(System.ReadOnlyMemory<byte> data, ICollection<ObjectFileError> errors)
    {
        if (!ArchiveFile.TryRead(data, "input", out ArchiveFile? archive, out ObjectFileError? error))
        {
            return error.Code == ObjectFileErrorCode.NotArchive ? ReadElf(data, errors) : Add(errors, error);
        }

        long count = 0;
        foreach (ArchiveSymbol symbol in archive.SymbolIndex)
        {
            count += symbol.Name.Length + archive.Members[symbol.MemberIndex].Index;
        }

        foreach (ArchiveMember member in archive.Members)
        {
            count += member.Name.Length + (archive.IsThin ? 0 : ReadElf(member.Data, errors));
        }

        return count;
    }

    private static long ReadElf(System.ReadOnlyMemory<byte> data, ICollection<ObjectFileError> errors)
    {
        if (!ElfFile.TryRead(data, "input", out ElfFile? file, out ObjectFileError? error))
        {
            return Add(errors, error);
        }

        long count = file.Sections.Count + file.Segments.Count;
        foreach (ElfSegment segment in file.Segments)
        {
            count += segment.Data.Length;
        }

        foreach (ElfSection section in file.Sections)
        {
            count += section.Name.Length + section.Data.Length;
            if (section.Type is ElfSectionType.Rel or ElfSectionType.Rela)
            {
                count += file.TryReadRelocations(section, out IReadOnlyList<ElfRelocation>? relocations, out error)
                    ? relocations.Count
                    : Add(errors, error);
            }

            if (section.IsCompressed && !file.TryReadCompressionHeader(section, out _, out error))
            {
                Add(errors, error);
            }
        }

        count += file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out error) ? Symbols(file, symbols) : Add(errors, error);
        count += file.TryReadDynamicSymbols(out symbols, out error) ? Symbols(file, symbols) : Add(errors, error);
        count += file.TryReadSectionGroups(out IReadOnlyList<ElfSectionGroup>? groups, out error) ? Groups(groups) : Add(errors, error);
        file.Verify(errors);
        return count;
    }

    private static long Symbols(ElfFile file, IReadOnlyList<ElfSymbol> symbols)
    {
        long count = 0;
        foreach (ElfSymbol symbol in symbols)
        {
            count += symbol.Name.Length + file.Sections[symbol.IsDefinedInSection ? symbol.SectionIndex : 0].Index;
        }

        return count;
    }

    private static long Groups(IReadOnlyList<ElfSectionGroup> groups)
    {
        long count = 0;
        foreach (ElfSectionGroup group in groups)
        {
            count += group.Signature.Length + group.Members.Count;
        }

        return count;
    }

    private static long Add(ICollection<ObjectFileError> errors, ObjectFileError error)
    {
        errors.Add(error);
        return 0;
    }
}
