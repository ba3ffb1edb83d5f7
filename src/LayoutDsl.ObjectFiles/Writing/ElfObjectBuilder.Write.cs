using System;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <content>Writing the file.</content>
public sealed partial class ElfObjectBuilder
{
    private const ulong MostFileAlignment = 64;

    /// <summary>The content of the file.</summary>
    public byte[] Write()
    {
        NameSections();
        AppendSymbols();
        ulong[] offsets = new ulong[_sections.Count];
        var output = new ElfEncoder(_class, _byteOrder);
        output.Bytes(new byte[_decoder.HeaderSize]);
        for (int i = 1; i < offsets.Length; i++)
        {
            Section section = _sections[i];
            bool hasContent = section.Type is not (ElfSectionType.NoBits or ElfSectionType.Null);
            if (hasContent)
            {
                // The alignment is that in memory; in the file of an object it is a courtesy.
                output.Align(Math.Min(section.Alignment, MostFileAlignment));
            }

            offsets[i] = output.Position;
            if (hasContent)
            {
                output.Bytes(section.Content);
            }
        }

        output.Align(8);
        ulong table = output.Position;
        for (int i = 0; i < offsets.Length; i++)
        {
            Section section = _sections[i];
            output.SectionHeader(
                section.NameOffset, section.Type, section.Flags, section.Address, offsets[i], section.Size, section.Link, section.Info, section.Alignment, section.EntrySize);
        }

        byte[] file = output.ToArray();
        byte[] header = EncodeHeader(table);
        Array.Copy(header, file, header.Length);
        return file;
    }

    private void NameSections()
    {
        // A table that is also that of the symbols' names is appended to twice.
        var names = new NameTable(_sections[_sectionNames].Content);
        foreach (Section section in _sections.Skip(1).Where(s => s.IsNew && s.NameOffset == 0))
        {
            section.NameOffset = names.Add(section.Name);
        }

        SetContent(_sectionNames, names.ToArray());
    }

    private void AppendSymbols()
    {
        if (_added.Count == 0)
        {
            return;
        }

        Section table = _sections[_symbolTable];
        var names = new NameTable(_sections[(int)table.Link].Content);
        var encoder = new ElfEncoder(_class, _byteOrder);
        encoder.Bytes(table.Content);
        foreach (Symbol symbol in _added)
        {
            encoder.Symbol(names.Add(symbol.Name), symbol.Info, symbol.Other, symbol.Section, symbol.Value, symbol.Size);
        }

        SetContent((int)table.Link, names.ToArray());
        SetContent(_symbolTable, encoder.ToArray());
        _firstNewSymbol += _added.Count;
        _added.Clear();
    }

    private byte[] EncodeHeader(ulong table)
    {
        var header = new ElfEncoder(_class, _byteOrder);
        byte[] ident = [0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)_class, (byte)_byteOrder, 1, _osAbi, 0, 0, 0, 0, 0, 0, 0, 0];
        var sections = new ElfHeaderTable(checked((int)table), _sections.Count, _decoder.SectionHeaderSize);
        header.FileHeader(ident, ElfFileType.Relocatable, _machine, 0, _flags, default, sections, _sectionNames);
        return header.ToArray();
    }
}
