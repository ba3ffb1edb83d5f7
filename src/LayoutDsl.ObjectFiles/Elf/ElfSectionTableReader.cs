using System;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>Reads the section header table (gABI: Sections) so that every section that results has valid content and a valid name.</summary>
internal static class ElfSectionTableReader
{
    public static bool TryRead(
        ElfFile file, ElfHeader header, out ElfSection[] sections, [NotNullWhen(false)] out ObjectFileError? error)
    {
        // The table was checked to be inside the file, which bounds this allocation.
        sections = new ElfSection[header.Sections.Count];
        error = null;
        ReadOnlySpan<byte> data = file.Data.Span;
        int length = data.Length;
        ulong contentSize = 0;
        for (int i = 0; i < sections.Length; i++)
        {
            ulong headerOffset = HeaderOffset(header.Sections, i);
            var section = new ElfSection(file, i, data.Slice((int)headerOffset, header.Sections.EntrySize));
            sections[i] = section;
            if (!section.HasFileContent)
            {
                continue;
            }

            if (section.Size != 0 && !ByteRange.Fits(section.Offset, section.Size, length))
            {
                error = new ObjectFileError(
                    ObjectFileErrorCode.TableOutOfBounds,
                    file.Name,
                    headerOffset,
                    $"section {i} has 0x{section.Size:x} bytes at 0x{section.Offset:x}, outside the file of 0x{length:x} bytes");
                return false;
            }

            contentSize += section.Size;
        }

        // Contents do not overlap (gABI: Sections), so together they are no larger than the file. This bounds the work of every reader
        // of all tables or all contents; which sections overlap is for Verify to say.
        if (contentSize > (ulong)length)
        {
            error = new ObjectFileError(
                ObjectFileErrorCode.Overlap,
                file.Name,
                (ulong)header.Sections.Offset,
                $"the sections have 0x{contentSize:x} bytes of content, more than the file of 0x{length:x} bytes: they overlap");
            return false;
        }

        return TryReadNames(file, header, sections, out error);
    }

    public static ulong HeaderOffset(ElfHeaderTable table, int index) =>
        checked((ulong)table.Offset + ((ulong)index * (ulong)table.EntrySize));

    private static bool TryReadNames(
        ElfFile file, ElfHeader header, ElfSection[] sections, [NotNullWhen(false)] out ObjectFileError? error)
    {
        error = null;
        if (header.SectionNameTable == 0)
        {
            return true;
        }

        ElfSection table = sections[header.SectionNameTable];
        if (table.Type != ElfSectionType.StringTable)
        {
            error = new ObjectFileError(
                ObjectFileErrorCode.BadStringOffset,
                file.Name,
                HeaderOffset(header.Sections, table.Index),
                $"section {table.Index} should contain the section names (e_shstrndx) but is of type 0x{(uint)table.Type:x}, not a string table");
            return false;
        }

        var names = new ElfStringTable(file, table);
        foreach (ElfSection section in sections)
        {
            if (!names.TryMeasure(section.NameOffset, out int nameLength, out error))
            {
                return false;
            }

            section.SetName(names, nameLength);
        }

        return true;
    }
}
