using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Malformed and hostile files: each ends in the error that says what is wrong and where.</summary>
public sealed class MalformedElfTests
{
    public static TheoryData<ElfClass, ElfByteOrder> Shapes => ElfShapes.All;

    [Theory]
    [InlineData("", ObjectFileErrorCode.NotElf)]
    [InlineData("not an object file", ObjectFileErrorCode.NotElf)]
    [InlineData("\u007fELF", ObjectFileErrorCode.Truncated)]
    [InlineData("\u007fELF\u0003\u0001\u0001\0\0\0\0\0\0\0\0\0", ObjectFileErrorCode.BadHeader)]
    [InlineData("\u007fELF\u0001\u0003\u0001\0\0\0\0\0\0\0\0\0", ObjectFileErrorCode.BadHeader)]
    [InlineData("\u007fELF\u0001\u0001\u0001\0\0\0\0\0\0\0\0\0", ObjectFileErrorCode.Truncated)]
    public void TryRead_BadStart_IsTold(string start, ObjectFileErrorCode code)
    {
        byte[] data = Encoding.Latin1.GetBytes(start);
        Assert.False(ElfFile.TryRead(data, "bad.o", out ElfFile? file, out ObjectFileError? error));
        Assert.Null(file);
        Assert.Equal(code, error.Code);
        Assert.Equal("bad.o", error.File);
        Assert.Equal(code, Assert.Throws<ObjectFileException>(() => ElfFile.Read(data, "bad.o")).Error.Code);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TryRead_EachTruncation_GivesAnErrorAndNoException(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        byte[] data = ElfShapes.Object(elfClass, byteOrder).Build();
        for (int length = 0; length < data.Length; length++)
        {
            // The section header table is at the end, so that every cut is noticed.
            Assert.False(ElfFile.TryRead(data.AsMemory(0, length), "cut.o", out _, out ObjectFileError? error), $"at {length}");
            Assert.InRange(error.Offset, 0ul, (ulong)data.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TryRead_OtherClassOrByteOrder_GivesAnError(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        byte[] data = ElfShapes.Object(elfClass, byteOrder).Build();
        data[4] ^= 3;
        Assert.False(ElfFile.TryRead(data, "class.o", out _, out _));
        data[4] ^= 3;
        data[5] ^= 3;
        Assert.False(ElfFile.TryRead(data, "order.o", out _, out _));
    }

    [Theory]
    [InlineData(ElfClass.Elf32, 1000)]
    [InlineData(ElfClass.Elf32, uint.MaxValue)]
    [InlineData(ElfClass.Elf64, 1000)]
    [InlineData(ElfClass.Elf64, 0x0400_0000_0000_0001)]
    [InlineData(ElfClass.Elf64, ulong.MaxValue)]
    public void TryRead_MoreSectionsThanFit_AllocatesNothingForThem(ElfClass elfClass, ulong count)
    {
        ElfBuilder builder = ElfShapes.Object(elfClass, ElfByteOrder.LittleEndian);
        builder.UsesExtendedNumbers = true;
        builder.ClaimedSections = count;
        byte[] data = builder.Build();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(ElfFile.TryRead(data, "huge.o", out _, out ObjectFileError? error));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal(ObjectFileErrorCode.TableOutOfBounds, error.Code);
    }

    [Theory]
    [InlineData(16ul, ulong.MaxValue - 7)]
    [InlineData(ulong.MaxValue - 7, 16ul)]
    [InlineData(0x1_0000_0000ul, 0x1_0000_0000ul)]
    [InlineData(0x8000_0000_0000_0000ul, 0x8000_0000_0000_0000ul)]
    public void TryRead_SectionOutsideTheFile_IsTold(ulong offset, ulong size)
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.BigEndian);
        builder.Add(new BuiltSection(".far", ElfSectionType.ProgBits, []) { Offset = offset, Size = size });
        Assert.Equal(ObjectFileErrorCode.TableOutOfBounds, ReadError(builder).Code);
    }

    [Fact]
    public void TryRead_SegmentOutsideTheFile_IsTold()
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read, 8, 0, ulong.MaxValue - 4, ulong.MaxValue, 1));
        Assert.Equal(ObjectFileErrorCode.TableOutOfBounds, ReadError(builder).Code);
    }

    [Fact]
    public void TryRead_ContentsLargerThanTheFileTogether_Overlap()
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        for (int i = 0; i < 3; i++)
        {
            builder.Add(new BuiltSection(".again", ElfSectionType.Rela, []) { Offset = 0, Size = 480, EntrySize = 24 });
        }

        Assert.Equal(ObjectFileErrorCode.Overlap, ReadError(builder).Code);
        builder = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        for (int i = 0; i < 3; i++)
        {
            builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read, 0, 0, 700, 700, 1));
        }

        Assert.Equal(ObjectFileErrorCode.Overlap, ReadError(builder).Code);
    }

    [Fact]
    public void TryRead_NamesLargerThanTheFileAllows_AreTooLarge()
    {
        // Twenty sections share a name of a megabyte; a thousand would share a gigabyte.
        var builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        builder.Add(new BuiltSection(new string('x', 1 << 20), ElfSectionType.ProgBits, []));
        for (uint i = 0; i < 20; i++)
        {
            builder.Add(new BuiltSection("", ElfSectionType.ProgBits, []) { NameOffset = 1 + i });
        }

        Assert.Equal(ObjectFileErrorCode.TooLarge, ReadError(builder).Code);
    }

    [Theory]
    [InlineData(0x7fffffffu)]
    [InlineData(0xffffffffu)]
    [InlineData(500u)]
    public void TryRead_NameOutsideItsTable_IsTold(uint offset)
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf32, ElfByteOrder.LittleEndian);
        builder.Add(new BuiltSection(".odd", ElfSectionType.ProgBits, []) { NameOffset = offset });
        Assert.Equal(ObjectFileErrorCode.BadStringOffset, ReadError(builder).Code);
    }

    [Fact]
    public void TryReadSymbols_NameThatDoesNotEnd_IsTold()
    {
        var builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        uint strings = builder.Add(new BuiltSection(".strtab", ElfSectionType.StringTable, "\0name"u8.ToArray()));
        builder.AddSymbols(strings, builder.Writer().Symbol(1, 0, 0, 0, 0, 0).ToArray());
        Assert.Equal(ObjectFileErrorCode.BadStringOffset, SymbolError(builder).Code);
    }

    [Theory]
    [InlineData(9, "has 4 sections")]
    [InlineData(0xffff, "SHN_XINDEX")]
    public void TryReadSymbols_SectionThatDoesNotExist_IsTold(int index, string expected)
    {
        var builder = new ElfBuilder(ElfClass.Elf32, ElfByteOrder.BigEndian);
        uint strings = builder.Add(new BuiltSection(".strtab", ElfSectionType.StringTable, [0]));
        builder.AddSymbols(strings, builder.Writer().Symbol(0, 0, 0, (ushort)index, 0, 0).ToArray());
        ObjectFileError error = SymbolError(builder);
        Assert.Equal(ObjectFileErrorCode.BadSymbol, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryReadSymbols_TableOfNoStringTableOrOddSize_IsTold()
    {
        var builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        builder.AddSymbols(1, builder.Writer().Symbol(0, 0, 0, 0, 0, 0).ToArray());
        Assert.Equal(ObjectFileErrorCode.BadStringOffset, SymbolError(builder).Code);
        builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        builder.AddSymbols(1, new byte[25]);
        Assert.Equal(ObjectFileErrorCode.Truncated, SymbolError(builder).Code);
        builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        builder.Add(new BuiltSection(".symtab", ElfSectionType.SymbolTable, new byte[24]) { EntrySize = 0 });
        Assert.Equal(ObjectFileErrorCode.BadSymbol, SymbolError(builder).Code);
    }

    [Theory]
    [InlineData(0, 3u)]
    [InlineData(17, 2u)]
    public void TryReadRelocations_OutOfRange_IsTold(ulong offset, uint symbol)
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        uint index = builder.AddRelocations(3, 1, true, builder.Writer().Relocation(offset, symbol, 1, 0).ToArray());
        Assert.Equal(ObjectFileErrorCode.BadRelocation, RelocationError(builder, index).Code);
    }

    [Theory]
    [InlineData(1u, 1u)]
    [InlineData(3u, 0u)]
    [InlineData(3u, 99u)]
    [InlineData(99u, 1u)]
    public void TryReadRelocations_BadLinks_AreTold(uint symbols, uint target)
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf32, ElfByteOrder.LittleEndian);
        uint index = builder.AddRelocations(symbols, target, true, builder.Writer().Relocation(0, 0, 1, 0).ToArray());
        Assert.Equal(ObjectFileErrorCode.BadRelocation, RelocationError(builder, index).Code);
    }

    [Fact]
    public void TryReadRelocations_SectionOfAnotherType_IsUnsupported() =>
        Assert.Equal(ObjectFileErrorCode.Unsupported, RelocationError(ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian), 1).Code);

    [Theory]
    [InlineData("1 99", "member, but the file has")]
    [InlineData("1 0", "member, but the file has")]
    [InlineData("1 1 1", "in a group already")]
    [InlineData("1 5", "itself a group")]
    [InlineData("", "a word of flags")]
    public void TryReadSectionGroups_BadMembers_AreTold(string words, string expected)
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf32, ElfByteOrder.BigEndian);
        FieldWriter content = builder.Writer();
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            content.U32(uint.Parse(word, null));
        }

        builder.Add(new BuiltSection(".group", ElfSectionType.Group, content.ToArray()) { Link = 3, Info = 1, EntrySize = 4 });
        ElfFile file = ElfFile.Read(builder.Build(), "group.o");
        Assert.False(file.TryReadSectionGroups(out _, out ObjectFileError? error));
        Assert.Equal(ObjectFileErrorCode.BadGroup, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static ObjectFileError ReadError(ElfBuilder builder)
    {
        Assert.False(ElfFile.TryRead(builder.Build(), "bad.o", out _, out ObjectFileError? error));
        return error;
    }

    private static ObjectFileError SymbolError(ElfBuilder builder)
    {
        ElfFile file = ElfFile.Read(builder.Build(), "bad.o");
        Assert.False(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out ObjectFileError? error));
        Assert.Null(symbols);
        AssertVerifyFinds(file, error);
        return error;
    }

    private static ObjectFileError RelocationError(ElfBuilder builder, uint section)
    {
        ElfFile file = ElfFile.Read(builder.Build(), "bad.o");
        Assert.False(file.TryReadRelocations(file.Sections[(int)section], out IReadOnlyList<ElfRelocation>? relocations, out ObjectFileError? error));
        Assert.Null(relocations);
        if (error.Code != ObjectFileErrorCode.Unsupported)
        {
            AssertVerifyFinds(file, error);
        }

        return error;
    }

    private static void AssertVerifyFinds(ElfFile file, ObjectFileError error)
    {
        var errors = new List<ObjectFileError>();
        file.Verify(errors);
        Assert.Contains(error, errors);
        Assert.True(errors.All(found => found.File == "bad.o"));
    }
}
