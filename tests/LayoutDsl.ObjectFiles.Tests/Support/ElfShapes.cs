using System.Text;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>The four shapes of ELF files, and small files in them.</summary>
public static class ElfShapes
{
    public static TheoryData<ElfClass, ElfByteOrder> All => new()
    {
        { ElfClass.Elf32, ElfByteOrder.LittleEndian },
        { ElfClass.Elf32, ElfByteOrder.BigEndian },
        { ElfClass.Elf64, ElfByteOrder.LittleEndian },
        { ElfClass.Elf64, ElfByteOrder.BigEndian },
    };

    /// <summary>
    /// A well-formed object: sections 1 .text (16 bytes), 2 .strtab, 3 .symtab (none, "main" in .text, "tail" undefined), 4 relocations of .text.
    /// </summary>
    internal static ElfBuilder Object(ElfClass elfClass, ElfByteOrder byteOrder, bool hasAddend = true)
    {
        var builder = new ElfBuilder(elfClass, byteOrder);
        uint text = builder.Add(new BuiltSection(".text", ElfSectionType.ProgBits, new byte[16]) { Flags = 6, Alignment = 4 });

        // "tail" shares its bytes with "detail".
        uint strings = builder.Add(new BuiltSection(".strtab", ElfSectionType.StringTable, Encoding.ASCII.GetBytes("\0main\0detail\0")));
        byte[] symbols = builder.Writer()
            .Symbol(0, 0, 0, 0, 0, 0)
            .Symbol(1, 0x12, 2, (ushort)text, 4, 8)
            .Symbol(8, 0x20, 0, 0, 0, 0)
            .ToArray();
        uint table = builder.AddSymbols(strings, symbols);
        byte[] relocations = builder.Writer()
            .Relocation(4, 2, 10, hasAddend ? -4 : null)
            .Relocation(8, 1, 11, hasAddend ? 0x7fff : null)
            .ToArray();
        builder.AddRelocations(table, text, hasAddend, relocations);
        return builder;
    }
}
