using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// Writes a small relocatable object for x86-64: one section whose relocations, all at its start, refer to weak symbols that other objects may define (gABI: ELF Header,
/// Sections, Symbol Table, Relocation). Equal arguments give equal bytes.
/// </summary>
public static class ElfObjectWriter
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;

    /// <summary>Writes an object.</summary>
    /// <param name="section">Name of its section, which is writable data.</param>
    /// <param name="size">Bytes of the section, all zero.</param>
    /// <param name="relocationType">Type of the relocations (psABI).</param>
    /// <param name="symbols">The symbols, one relocation each, in this order.</param>
    /// <returns>The content of the file.</returns>
    public static byte[] Write(string section, int size, uint relocationType, IReadOnlyList<string> symbols)
    {
        if (section is null) throw new ArgumentNullException(nameof(section));
        if (symbols is null) throw new ArgumentNullException(nameof(symbols));
        string[] names = ["", section, ".rela" + section, ".symtab", ".strtab", ".note.GNU-stack", ".shstrtab"];
        (byte[] strings, int[] offsets) = Strings(symbols);
        (byte[] sectionNames, int[] nameOffsets) = Strings(names.Skip(1).ToArray());
        byte[][] contents = [[], new byte[size], Relocations(relocationType, symbols.Count), Symbols(offsets), strings, [], sectionNames];

        // Type, flags, link, info, alignment, entry size of each section.
        ulong[][] headers =
        [
            [0, 0, 0, 0, 0, 0],
            [1, 3, 0, 0, 8, 0],
            [4, 0x40, 3, 1, 8, 24],
            [2, 0, 4, 1, 8, SymbolSize],
            [3, 0, 0, 0, 1, 0],
            [1, 0, 0, 0, 1, 0],
            [3, 0, 0, 0, 1, 0],
        ];
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var places = new ulong[contents.Length];
        stream.Position = HeaderSize;
        for (int i = 1; i < contents.Length; i++)
        {
            Align(writer);
            places[i] = (ulong)stream.Position;
            writer.Write(contents[i]);
        }

        Align(writer);
        ulong table = (ulong)stream.Position;
        for (int i = 0; i < contents.Length; i++)
        {
            ulong[] header = headers[i];
            writer.Write(i == 0 ? 0u : (uint)nameOffsets[i - 1]);
            writer.Write((uint)header[0]);
            writer.Write(header[1]);
            writer.Write(0UL);
            writer.Write(places[i]);
            writer.Write((ulong)contents[i].Length);
            writer.Write((uint)header[2]);
            writer.Write((uint)header[3]);
            writer.Write(header[4]);
            writer.Write(header[5]);
        }

        stream.Position = 0;
        WriteHeader(writer, table, contents.Length);
        return stream.ToArray();
    }

    private static void WriteHeader(BinaryWriter writer, ulong table, int sections)
    {
        writer.Write(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)ElfClass.Elf64, (byte)ElfByteOrder.LittleEndian, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
        writer.Write((ushort)ElfFileType.Relocatable);
        writer.Write((ushort)ElfMachine.X86_64);
        writer.Write(1u);
        writer.Write(0UL);
        writer.Write(0UL);
        writer.Write(table);
        writer.Write(0u);
        writer.Write((ushort)HeaderSize);
        writer.Write((ushort)0);
        writer.Write((ushort)0);
        writer.Write((ushort)SectionHeaderSize);
        writer.Write((ushort)sections);
        writer.Write((ushort)(sections - 1));
    }

    private static byte[] Relocations(uint type, int count)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        for (int i = 1; i <= count; i++)
        {
            writer.Write(0UL);
            writer.Write(((ulong)i << 32) | type);
            writer.Write(0L);
        }

        return stream.ToArray();
    }

    private static byte[] Symbols(int[] names)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(new byte[SymbolSize]);
        foreach (int name in names)
        {
            writer.Write((uint)name);
            writer.Write((byte)((int)ElfSymbolBinding.Weak << 4));
            writer.Write(new byte[SymbolSize - 5]);
        }

        return stream.ToArray();
    }

    private static (byte[] Table, int[] Offsets) Strings(IReadOnlyList<string> texts)
    {
        using var stream = new MemoryStream();
        stream.WriteByte(0);
        var offsets = new int[texts.Count];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = (int)stream.Position;
            byte[] bytes = Encoding.UTF8.GetBytes(texts[i]);
            stream.Write(bytes, 0, bytes.Length);
            stream.WriteByte(0);
        }

        return (stream.ToArray(), offsets);
    }

    private static void Align(BinaryWriter writer)
    {
        while (writer.BaseStream.Position % 8 != 0) writer.Write((byte)0);
    }
}
