using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>
/// Builds ELF files byte by byte, well-formed ones and, where told to, malformed ones: header, program headers, contents, section
/// headers. Section 0 and a table of section names are added.
/// </summary>
internal sealed class ElfBuilder(ElfClass elfClass, ElfByteOrder byteOrder)
{
    private readonly List<BuiltSection> _sections = [];

    public List<BuiltSegment> Segments { get; } = [];

    public ElfMachine Machine { get; set; } = ElfMachine.RiscV;

    public ElfFileType Type { get; set; } = ElfFileType.Relocatable;

    /// <summary>Whether counts are kept in section header 0 (gABI: extended numbering).</summary>
    public bool UsesExtendedNumbers { get; set; }

    /// <summary>Claims another number of sections, in section header 0.</summary>
    public ulong? ClaimedSections { get; set; }

    public bool Is64 => elfClass == ElfClass.Elf64;

    public FieldWriter Writer() => new(elfClass, byteOrder);

    /// <summary>Adds a section and returns its index.</summary>
    public uint Add(BuiltSection section)
    {
        _sections.Add(section);
        return (uint)_sections.Count;
    }

    public uint AddSymbols(uint strings, byte[] symbols, uint locals = 1) =>
        Add(new BuiltSection(".symtab", ElfSectionType.SymbolTable, symbols)
        {
            Link = strings, Info = locals, EntrySize = Is64 ? 24u : 16u, Alignment = 8,
        });

    public uint AddRelocations(uint symbols, uint target, bool hasAddend, byte[] relocations)
    {
        uint words = hasAddend ? 3u : 2u;
        return Add(new BuiltSection(hasAddend ? ".rela" : ".rel", hasAddend ? ElfSectionType.Rela : ElfSectionType.Rel, relocations)
        {
            Link = symbols, Info = target, EntrySize = words * (Is64 ? 8u : 4u), Alignment = 8,
        });
    }

    public byte[] Build()
    {
        (byte[] names, List<uint> nameOffsets) = Names();
        List<BuiltSection> sections = [.. _sections, new(".shstrtab", ElfSectionType.StringTable, names)];
        int headerSize = Is64 ? 64 : 52;
        FieldWriter body = Writer();
        body.Bytes(new byte[headerSize + (Segments.Count * (Is64 ? 56 : 32))]);
        var offsets = new List<int>();
        foreach (BuiltSection section in sections)
        {
            body.PadTo(8);
            offsets.Add(body.Length);
            body.Bytes(section.Content);
        }

        body.PadTo(8);
        int tableOffset = body.Length;
        WriteFirstHeader(body, sections.Count + 1);
        for (int i = 0; i < sections.Count; i++)
        {
            WriteHeader(body, sections[i], nameOffsets[i], offsets[i]);
        }

        byte[] file = body.ToArray();
        Header(tableOffset, sections.Count + 1).CopyTo(file, 0);
        SegmentTable().CopyTo(file, headerSize);
        return file;
    }

    private (byte[] Names, List<uint> Offsets) Names()
    {
        var names = new List<byte> { 0 };
        var offsets = new List<uint>();
        foreach (string name in _sections.Select(section => section.Name).Append(".shstrtab"))
        {
            offsets.Add((uint)names.Count);
            names.AddRange(Encoding.Latin1.GetBytes(name));
            names.Add(0);
        }

        return ([.. names], offsets);
    }

    private byte[] Header(int tableOffset, int count)
    {
        FieldWriter header = Writer();
        header.Bytes(0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)elfClass, (byte)byteOrder, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0);
        header.U16((ushort)Type).U16((ushort)Machine).U32(1).Word(0x1234).Word(Segments.Count == 0 ? 0 : (Is64 ? 64u : 52u)).Word((ulong)tableOffset);
        header.U32(0xabcd).U16(Is64 ? (ushort)64 : (ushort)52).U16(Is64 ? (ushort)56 : (ushort)32);
        header.U16(UsesExtendedNumbers ? (ushort)0xffff : (ushort)Segments.Count).U16(Is64 ? (ushort)64 : (ushort)40);
        header.U16(UsesExtendedNumbers ? (ushort)0 : (ushort)count).U16(UsesExtendedNumbers ? (ushort)0xffff : (ushort)(count - 1));
        return header.ToArray();
    }

    private byte[] SegmentTable()
    {
        FieldWriter table = Writer();
        foreach (BuiltSegment segment in Segments)
        {
            table.U32((uint)segment.Type);
            if (Is64)
            {
                table.U32((uint)segment.Flags);
            }

            table.Word(segment.Offset).Word(segment.Address).Word(segment.Address).Word(segment.FileSize).Word(segment.MemorySize);
            if (!Is64)
            {
                table.U32((uint)segment.Flags);
            }

            table.Word(segment.Alignment);
        }

        return table.ToArray();
    }

    private void WriteFirstHeader(FieldWriter body, int count)
    {
        bool extended = UsesExtendedNumbers;
        body.U32(0).U32(0).Word(0).Word(0).Word(0);
        body.Word(extended ? ClaimedSections ?? (ulong)count : 0).U32(extended ? (uint)(count - 1) : 0);
        body.U32(extended ? (uint)Segments.Count : 0).Word(0).Word(0);
    }

    private static void WriteHeader(FieldWriter body, BuiltSection section, uint nameOffset, int offset)
    {
        body.U32(section.NameOffset ?? nameOffset).U32((uint)section.Type).Word(section.Flags).Word(section.Address);
        body.Word(section.Offset ?? (ulong)offset).Word(section.Size ?? (ulong)section.Content.Length);
        body.U32(section.Link).U32(section.Info).Word(section.Alignment).Word(section.EntrySize);
    }
}
