using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <summary>Writes an executable without ranges of memory: headers, loaded contents, other contents, section headers.</summary>
internal sealed class TrimmedFile(ElfFile file, TrimmedHeaders headers, TrimmedLoads loads, TrimmedSegments segments, TrimmedSections sections)
{
    private const ulong MostFileAlignment = 64;

    private readonly Dictionary<int, SharedTailNames> _names = [];

    public byte[] Write(AddressRanges dropped, AddressRanges unnamed)
    {
        TrimmedSymbols? symbols = WriteTables(dropped, unnamed);
        ulong table = Align(PlaceContents(), 8);
        bool hasTable = file.SectionArray.Length > 0;
        var sectionTable = new ElfHeaderTable(hasTable ? (int)Math.Min(table, int.MaxValue) : 0, sections.Items.Count, file.Decoder.SectionHeaderSize);
        var segmentTable = new ElfHeaderTable(segments.Count > 0 ? file.Decoder.HeaderSize : 0, segments.Count, file.Decoder.SegmentHeaderSize);
        ulong size = table + ((ulong)sectionTable.Count * (ulong)sectionTable.EntrySize);
        if (size > int.MaxValue) throw ElfImageTrimmer.Refuse(file, ObjectFileErrorCode.TooLarge, "the result has more than 2 GiB");
        byte[] bytes = new byte[(int)size];
        foreach (TrimmedLoad load in loads.Items) load.Content.Span.CopyTo(bytes.AsSpan((int)Math.Min(load.Offset, table)));
        WriteHeaders(bytes, sectionTable, segmentTable);
        foreach (TrimmedSection section in sections.Items.Where(s => s.HasContent)) section.Content.Span.CopyTo(bytes.AsSpan((int)section.Offset));
        foreach (TrimmedSection section in sections.Items.Where(s => sections.IsMoved(s.Old))) section.Old.Data.Span.CopyTo(bytes.AsSpan((int)section.Offset));
        EncodeSections(symbols?.Locals ?? 0).CopyTo(bytes, (int)table);
        return bytes;
    }

    /// <summary>Writes the symbol table and the tables of names, which only have what is used.</summary>
    private TrimmedSymbols? WriteTables(AddressRanges dropped, AddressRanges unnamed)
    {
        if (file.Header.SectionNameTable != 0)
        {
            SharedTailNames names = Names(file.Header.SectionNameTable);
            foreach (TrimmedSection section in sections.Items) names.Add(section.Old.NameBytes);
        }

        TrimmedSymbols? symbols = null;
        if (file.FirstSection(ElfSectionType.SymbolTable) is { } table)
        {
            if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? all, out ObjectFileError? error)) throw new ObjectFileException(error);
            symbols = new TrimmedSymbols(file, all, v => dropped.Contains(v) || unnamed.Contains(v), sections);
            SharedTailNames names = Names((int)table.Link);
            foreach (ElfSymbol symbol in symbols.Items) names.Add(symbol.NameBytes);
            sections.Find(table.Index)!.SetContent(symbols.Encode(names));
        }

        foreach (KeyValuePair<int, SharedTailNames> names in _names) sections.Find(names.Key)!.SetContent(names.Value.Content());
        return symbols;
    }

    private SharedTailNames Names(int section)
    {
        if (!_names.TryGetValue(section, out SharedTailNames? names)) _names.Add(section, names = new SharedTailNames());
        return names;
    }

    /// <returns>Where the contents end.</returns>
    private ulong PlaceContents()
    {
        ulong position = loads.End;
        foreach (TrimmedSection section in sections.Items)
        {
            if (section.HasContent)
            {
                // The alignment is that in memory; in the file it is a courtesy.
                position = Align(position, Math.Min(Math.Max(section.Old.Alignment, 1), MostFileAlignment));
                section.Offset = position;
                position += section.Size;
            }
            else if (section.Old.IsAllocated && loads.Find(section.Address) is { } load)
            {
                section.Offset = load.Offset + Math.Min(section.Address - load.Address, load.FileSize);
            }
        }

        return position;
    }

    private void WriteHeaders(byte[] bytes, ElfHeaderTable sectionTable, ElfHeaderTable segmentTable)
    {
        if (headers.Segment is not null) Array.Clear(bytes, 0, (int)Math.Max(headers.OldEnd, headers.NewEnd(segments.Count)));
        var encoder = new ElfEncoder(file.Class, file.ByteOrder);
        uint names = sections.Number((uint)file.Header.SectionNameTable);
        encoder.FileHeader(file.Data.Slice(0, 16), file.Type, file.Machine, file.Entry, file.Flags, segmentTable, sectionTable, (int)names);
        encoder.Bytes(segments.Encode(sections.Items));
        encoder.ToArray().CopyTo(bytes, 0);
    }

    private byte[] EncodeSections(uint locals)
    {
        var encoder = new ElfEncoder(file.Class, file.ByteOrder);
        foreach (TrimmedSection section in sections.Items)
        {
            ElfSection old = section.Old;
            uint name = file.Header.SectionNameTable == 0 ? 0 : Names(file.Header.SectionNameTable).Offset(old.NameBytes);
            if (section.IsPartOfTable)
            {
                encoder.SectionHeader(
                    name, ElfSectionType.ProgBits, old.Flags & ~ElfSectionFlags.InfoLink, section.Address, section.Offset, section.Size, 0, 0, section.Alignment, 0);
                continue;
            }

            (uint info, ElfSectionFlags flags) = Info(old, locals);
            encoder.SectionHeader(name, old.Type, flags, section.Address, section.Offset, section.Size, sections.Number(old.Link), info, section.Alignment, old.EntrySize);
        }

        return encoder.ToArray();
    }

    /// <summary>The field whose meaning depends on the type (gABI: Sections, sh_link and sh_info Interpretation).</summary>
    private (uint Info, ElfSectionFlags Flags) Info(ElfSection old, uint locals)
    {
        if (old.Type == ElfSectionType.SymbolTable) return (locals, old.Flags);
        if ((old.Flags & ElfSectionFlags.InfoLink) == 0 && old.Type is not (ElfSectionType.Rel or ElfSectionType.Rela)) return (old.Info, old.Flags);
        uint info = sections.Number(old.Info);
        return (info, info == 0 ? old.Flags & ~ElfSectionFlags.InfoLink : old.Flags);
    }

    private static ulong Align(ulong value, ulong alignment) => checked((value + alignment - 1) & ~(alignment - 1));
}
