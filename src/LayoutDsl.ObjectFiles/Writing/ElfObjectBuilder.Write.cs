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
            WriteHeader(output, _sections[i], offsets[i]);
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
            encoder.UInt32(names.Add(symbol.Name));
            if (!_decoder.Is64)
            {
                encoder.Word(symbol.Value);
                encoder.Word(symbol.Size);
            }

            encoder.UInt8(symbol.Info);
            encoder.UInt8(symbol.Other);
            encoder.UInt16(symbol.Section);
            if (_decoder.Is64)
            {
                encoder.Word(symbol.Value);
                encoder.Word(symbol.Size);
            }
        }

        SetContent((int)table.Link, names.ToArray());
        SetContent(_symbolTable, encoder.ToArray());
        _firstNewSymbol += _added.Count;
        _added.Clear();
    }

    private static void WriteHeader(ElfEncoder output, Section section, ulong offset)
    {
        output.UInt32(section.NameOffset);
        output.UInt32((uint)section.Type);
        output.Word((ulong)section.Flags);
        output.Word(section.Address);
        output.Word(offset);
        output.Word(section.Size);
        output.UInt32(section.Link);
        output.UInt32(section.Info);
        output.Word(section.Alignment);
        output.Word(section.EntrySize);
    }

    private byte[] EncodeHeader(ulong table)
    {
        var header = new ElfEncoder(_class, _byteOrder);
        header.Bytes(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)_class, (byte)_byteOrder, 1, _osAbi, 0, 0, 0, 0, 0, 0, 0, 0 });
        header.UInt16((ushort)ElfFileType.Relocatable);
        header.UInt16((ushort)_machine);
        header.UInt32(1);
        header.Word(0);
        header.Word(0);
        header.Word(table);
        header.UInt32(_flags);
        header.UInt16((ushort)_decoder.HeaderSize);
        header.UInt16(0);
        header.UInt16(0);
        header.UInt16((ushort)_decoder.SectionHeaderSize);
        header.UInt16((ushort)_sections.Count);
        header.UInt16((ushort)_sectionNames);
        return header.ToArray();
    }
}
