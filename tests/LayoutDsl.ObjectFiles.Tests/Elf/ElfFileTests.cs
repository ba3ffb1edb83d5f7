using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Well-formed files of all classes and byte orders, built byte by byte.</summary>
public sealed class ElfFileTests
{
    public static TheoryData<ElfClass, ElfByteOrder> Shapes => ElfShapes.All;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Read_EachShape_GivesTheHeader(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        ElfFile file = ElfFile.Read(ElfShapes.Object(elfClass, byteOrder).Build(), "a.o");
        Assert.Equal("a.o", file.Name);
        Assert.Equal(elfClass, file.Class);
        Assert.Equal(byteOrder, file.ByteOrder);
        Assert.Equal(ElfMachine.RiscV, file.Machine);
        Assert.Equal(ElfFileType.Relocatable, file.Type);
        Assert.Equal(0x1234ul, file.Entry);
        Assert.Equal(0xabcdu, file.Flags);
        Assert.Equal(3, file.OsAbi);
        AssertClean(file);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Read_EachShape_GivesTheSections(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        ElfFile file = ElfFile.Read(ElfShapes.Object(elfClass, byteOrder).Build(), "a.o");
        Assert.Equal(["", ".text", ".strtab", ".symtab", ".rela", ".shstrtab"], file.Sections.Select(section => section.Name));
        ElfSection text = file.Sections[1];
        Assert.Equal(1, text.Index);
        Assert.Equal(ElfSectionType.ProgBits, text.Type);
        Assert.Equal(ElfSectionFlags.Allocate | ElfSectionFlags.Execute, text.Flags);
        Assert.Equal(4ul, text.Alignment);
        Assert.Equal(16ul, text.Size);
        Assert.Equal(16, text.Data.Length);
        Assert.True(text.IsAllocated);
        Assert.True(text.HasFileContent);
        Assert.Equal(2u, file.Sections[3].Link);
        Assert.False(file.Sections[0].HasFileContent);
        Assert.False(file.Sections[2].IsAllocated);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TryReadSymbols_EachShape_GivesThemWithSharedNames(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        ElfFile file = ElfFile.Read(ElfShapes.Object(elfClass, byteOrder).Build(), "a.o");
        Assert.True(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _));
        Assert.Equal(["", "main", "tail"], symbols.Select(symbol => symbol.Name));
        ElfSymbol main = symbols[1];
        Assert.Equal(4ul, main.Value);
        Assert.Equal(8ul, main.Size);
        Assert.Equal(ElfSymbolBinding.Global, main.Binding);
        Assert.Equal(ElfSymbolType.Function, main.Type);
        Assert.Equal(ElfSymbolVisibility.Hidden, main.Visibility);
        Assert.True(main.IsDefinedInSection);
        Assert.Equal(1, main.SectionIndex);
        Assert.True(symbols[2].IsUndefined);
        Assert.Equal(ElfSymbolBinding.Weak, symbols[2].Binding);
        Assert.Equal("main"u8.ToArray(), main.NameBytes.ToArray());
        Assert.Equal("", default(ElfSymbol).Name);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TryReadRelocations_EachShape_GivesRelAndRela(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        ElfFile rela = ElfFile.Read(ElfShapes.Object(elfClass, byteOrder, hasAddend: true).Build(), "a.o");
        Assert.True(rela.TryReadRelocations(rela.Sections[4], out IReadOnlyList<ElfRelocation>? relocations, out _));
        Assert.Equal([new ElfRelocation(4, 10, 2, -4, true), new ElfRelocation(8, 11, 1, 0x7fff, true)], relocations);
        ElfFile rel = ElfFile.Read(ElfShapes.Object(elfClass, byteOrder, hasAddend: false).Build(), "a.o");
        Assert.True(rel.TryReadRelocations(rel.Sections[4], out relocations, out _));
        Assert.Equal([new ElfRelocation(4, 10, 2, 0, false), new ElfRelocation(8, 11, 1, 0, false)], relocations);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Read_EachShape_GivesTheSegments(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        ElfBuilder builder = ElfShapes.Object(elfClass, byteOrder);
        builder.Type = ElfFileType.Executable;
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read | ElfSegmentFlags.Execute, 0, 0x10000, 32, 64, 4096));
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.GnuStack, ElfSegmentFlags.Read | ElfSegmentFlags.Write, 0, 0, 0, 0, 16));
        ElfFile file = ElfFile.Read(builder.Build(), "a.elf");
        ElfSegment segment = file.Segments[0];
        Assert.Equal(2, file.Segments.Count);
        Assert.Equal(ElfSegmentType.Load, segment.Type);
        Assert.Equal(ElfSegmentFlags.Read | ElfSegmentFlags.Execute, segment.Flags);
        Assert.Equal(0x10000ul, segment.VirtualAddress);
        Assert.Equal(0x10000ul, segment.PhysicalAddress);
        Assert.Equal(64ul, segment.MemorySize);
        Assert.Equal(4096ul, segment.Alignment);
        Assert.Equal(file.Data[..32].ToArray(), segment.Data.ToArray());
        Assert.Equal(ElfSegmentType.GnuStack, file.Segments[1].Type);
        AssertClean(file);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Read_ExtendedNumbers_AreTakenFromSectionHeader0(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        ElfBuilder builder = ElfShapes.Object(elfClass, byteOrder);
        builder.UsesExtendedNumbers = true;
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read, 0, 0, 32, 32, 1));
        ElfFile file = ElfFile.Read(builder.Build(), "a.o");
        Assert.Equal(6, file.Sections.Count);
        Assert.Equal(".text", file.Sections[1].Name);
        Assert.Single(file.Segments);
        AssertClean(file);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TryReadSymbols_SpecialIndices_AreTold(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        var builder = new ElfBuilder(elfClass, byteOrder) { Machine = ElfMachine.X86_64 };
        uint strings = builder.Add(new BuiltSection(".strtab", ElfSectionType.StringTable, [0]));
        FieldWriter symbols = builder.Writer();
        foreach (ushort index in new ushort[] { 0, 0xfff1, 0xfff2, 0xffff, 0xff02, 0xff20 })
        {
            symbols.Symbol(0, 0, 0, index, 8, 4);
        }

        uint table = builder.AddSymbols(strings, symbols.ToArray(), locals: 6);
        byte[] indices = builder.Writer().U32(0).U32(0).U32(0).U32(strings).U32(0).U32(0).ToArray();
        builder.Add(new BuiltSection(".symtab_shndx", ElfSectionType.SymbolTableIndices, indices) { Link = table, EntrySize = 4 });
        ElfFile file = ElfFile.Read(builder.Build(), "a.o");
        Assert.True(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? read, out _));
        ElfSymbolPlace[] places =
        [
            ElfSymbolPlace.Undefined, ElfSymbolPlace.Absolute, ElfSymbolPlace.Common, ElfSymbolPlace.Section, ElfSymbolPlace.Common,
            ElfSymbolPlace.Reserved,
        ];
        Assert.Equal(places, read.Select(symbol => symbol.Place));
        Assert.Equal([0, 0, 0, (int)strings, 0, 0], read.Select(symbol => symbol.SectionIndex));
        Assert.True(read[1].IsAbsolute);
        Assert.True(read[2].IsCommon);
        AssertClean(file);
    }

    [Theory]
    [InlineData(ElfByteOrder.LittleEndian)]
    [InlineData(ElfByteOrder.BigEndian)]
    public void TryReadRelocations_Mips64_GivesItsFieldsInBothByteOrders(ElfByteOrder byteOrder)
    {
        var builder = new ElfBuilder(ElfClass.Elf64, byteOrder) { Machine = ElfMachine.Mips };
        uint text = builder.Add(new BuiltSection(".text", ElfSectionType.ProgBits, new byte[16]));
        uint strings = builder.Add(new BuiltSection(".strtab", ElfSectionType.StringTable, [0]));
        uint symbols = builder.AddSymbols(strings, builder.Writer().Symbol(0, 0, 0, 0, 0, 0).Symbol(0, 0x10, 0, 0, 0, 0).ToArray());
        byte[] relocation = builder.Writer().U64(8).U32(1).Bytes(4, 3, 2, 1).U64(unchecked((ulong)-2L)).ToArray();
        uint section = builder.AddRelocations(symbols, text, true, relocation);
        ElfFile file = ElfFile.Read(builder.Build(), "a.o");
        Assert.True(file.TryReadRelocations(file.Sections[(int)section], out IReadOnlyList<ElfRelocation>? relocations, out _));
        Assert.Equal([new ElfRelocation(8, 0x04030201, 1, -2, true)], relocations);
    }

    [Theory]
    [InlineData(ElfClass.Elf32, uint.MaxValue)]
    [InlineData(ElfClass.Elf64, ulong.MaxValue - 0xfff)]
    public void Read_HugeSectionWithoutContent_IsFine(ElfClass elfClass, ulong size)
    {
        ElfBuilder builder = ElfShapes.Object(elfClass, ElfByteOrder.LittleEndian);
        uint index = builder.Add(new BuiltSection(".bss", ElfSectionType.NoBits, []) { Size = size, Flags = 3 });
        ElfFile file = ElfFile.Read(builder.Build(), "a.o");
        ElfSection bss = file.Sections[(int)index];
        Assert.Equal(size, bss.Size);
        Assert.True(bss.Data.IsEmpty);
        Assert.False(bss.HasFileContent);
        AssertClean(file);
    }

    [Fact]
    public void Read_NamesThatAreNotUtf8_StayDifferent()
    {
        var builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        builder.Add(new BuiltSection("a\u00ff", ElfSectionType.ProgBits, []));
        builder.Add(new BuiltSection("a\u00fe", ElfSectionType.ProgBits, []));
        builder.Add(new BuiltSection(Encoding.Latin1.GetString("gr\u00fc\u00df"u8), ElfSectionType.ProgBits, []));
        ElfFile file = ElfFile.Read(builder.Build(), "a.o");
        Assert.Equal(["", "a\\xff", "a\\xfe", "gr\u00fc\u00df", ".shstrtab"], file.Sections.Select(section => section.Name));
    }

    [Fact]
    public void Read_DataThatIsNoArray_IsNotNeeded()
    {
        byte[] data = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian).Build();
        using var memory = new NativeMemory(data);
        ElfFile file = ElfFile.Read(memory.Memory, "mapped");
        Assert.Equal(".text", file.Sections[1].Name);
        AssertClean(file);
    }

    [Fact]
    public void Sections_Data_IsTheFileItselfAndNotACopy()
    {
        byte[] data = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian).Build();
        ElfFile file = ElfFile.Read(data, "a.o");
        ElfSection text = file.Sections[1];
        data[(int)text.Offset] = 0x5a;
        Assert.Equal(0x5a, text.Data.Span[0]);
    }

    [Fact]
    public void TryReadSymbols_FileWithoutTables_GivesNone()
    {
        ElfFile file = ElfFile.Read(new ElfBuilder(ElfClass.Elf32, ElfByteOrder.BigEndian).Build(), "a.o");
        Assert.True(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _));
        Assert.True(file.TryReadDynamicSymbols(out IReadOnlyList<ElfSymbol>? dynamicSymbols, out _));
        Assert.True(file.TryReadSectionGroups(out IReadOnlyList<ElfSectionGroup>? groups, out _));
        Assert.Empty(symbols);
        Assert.Empty(dynamicSymbols);
        Assert.Empty(groups);
    }

    [Fact]
    public void TryReadRelocations_SectionOfAnotherFile_IsAMistakeOfTheCaller()
    {
        ElfFile one = ElfFile.Read(ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian).Build(), "a.o");
        ElfFile two = ElfFile.Read(ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian).Build(), "b.o");
        Assert.Throws<ArgumentException>(() => one.TryReadRelocations(two.Sections[4], out _, out _));
        Assert.Throws<ArgumentNullException>(() => one.TryReadRelocations(null!, out _, out _));
        Assert.Throws<ArgumentNullException>(() => one.Verify(null!));
    }

    private static void AssertClean(ElfFile file)
    {
        var errors = new List<ObjectFileError>();
        file.Verify(errors);
        Assert.Empty(errors);
    }
}
