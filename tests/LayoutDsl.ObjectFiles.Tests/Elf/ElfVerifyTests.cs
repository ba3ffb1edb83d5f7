using System;
using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>What <see cref="ElfFile.Verify"/> finds in files that can be read.</summary>
public sealed class ElfVerifyTests
{
    [Fact]
    public void Verify_OverlappingContents_NamesBoth()
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        builder.Add(new BuiltSection(".inside", ElfSectionType.ProgBits, []) { Offset = 72, Size = 4 });
        AssertFinds(builder, ObjectFileErrorCode.Overlap, "section 5 (.inside) begins at 0x48, before the end of section 1 (.text)");
        builder = ElfShapes.Object(ElfClass.Elf32, ElfByteOrder.LittleEndian);
        builder.Add(new BuiltSection(".header", ElfSectionType.ProgBits, []) { Offset = 16, Size = 4 });
        AssertFinds(builder, ObjectFileErrorCode.Overlap, "section 5 (.header) begins at 0x10, before the end of the ELF header");
    }

    [Fact]
    public void Verify_OddSections_AreTold()
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        builder.Add(new BuiltSection(".odd", ElfSectionType.ProgBits, [1]) { Alignment = 3 });
        builder.Add(new BuiltSection(".off", ElfSectionType.ProgBits, [1]) { Flags = 2, Alignment = 16, Address = 8 });
        builder.Add(new BuiltSection(".end", ElfSectionType.NoBits, []) { Flags = 2, Address = ulong.MaxValue - 15, Size = 32 });
        builder.Add(new BuiltSection(".link", ElfSectionType.ProgBits, [1]) { Link = 77 });
        builder.Add(new BuiltSection(".info", ElfSectionType.ProgBits, [1]) { Info = 78, Flags = 0x40 });
        builder.Add(new BuiltSection(".strings", ElfSectionType.StringTable, [1, 2]));
        builder.Add(new BuiltSection(".packed", ElfSectionType.ProgBits, [1, 2]) { Flags = 0x800 });
        AssertFinds(builder, ObjectFileErrorCode.BadSection, "(.odd) has alignment 3");
        AssertFinds(builder, ObjectFileErrorCode.BadSection, "(.off) has address 0x8, which is no multiple of its alignment 0x10");
        AssertFinds(builder, ObjectFileErrorCode.BadSection, "(.end) has 0x20 bytes at 0xfffffffffffffff0: it ends beyond");
        AssertFinds(builder, ObjectFileErrorCode.BadSection, "(.link) links to section 77");
        AssertFinds(builder, ObjectFileErrorCode.BadSection, "(.info) refers to section 78");
        AssertFinds(builder, ObjectFileErrorCode.BadStringOffset, "(.strings) is a string table");
        AssertFinds(builder, ObjectFileErrorCode.BadSection, "(.packed) has no compression header");
    }

    [Fact]
    public void Verify_OddSegments_AreTold()
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        BuiltSegment good = new(ElfSegmentType.Load, ElfSegmentFlags.Read, 0, 0x4000, 16, 0x2000, 0x1000);
        builder.Segments.Add(good);
        builder.Segments.Add(good with { Address = 0x5000 });
        builder.Segments.Add(good with { Address = 0x1000 });
        builder.Segments.Add(good with { Address = 0x9000, FileSize = 16, MemorySize = 8 });
        builder.Segments.Add(good with { Address = 0xa010 });
        builder.Segments.Add(good with { Address = 0xd000, Alignment = 24 });
        builder.Segments.Add(good with { Address = 0xffff_ffff_ffff_f000, MemorySize = ulong.MaxValue });
        AssertFinds(builder, ObjectFileErrorCode.Overlap, "segment 1 is at 0x5000, inside segment 0");
        AssertFinds(builder, ObjectFileErrorCode.BadSegment, "segment 2 is at 0x1000, before segment 1");
        AssertFinds(builder, ObjectFileErrorCode.BadSegment, "segment 3 has 0x10 bytes in the file");
        AssertFinds(builder, ObjectFileErrorCode.BadSegment, "segment 4 has address 0xa010 and offset 0x0");
        AssertFinds(builder, ObjectFileErrorCode.BadSegment, "segment 5 has alignment 24");
        AssertFinds(builder, ObjectFileErrorCode.BadSegment, "segment 6 has 0xffffffffffffffff bytes");
    }

    [Fact]
    public void Verify_OddSymbolTables_AreTold()
    {
        var builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        uint strings = builder.Add(new BuiltSection(".strtab", ElfSectionType.StringTable, [0]));
        byte[] symbols = builder.Writer().Symbol(0, 0, 0, 0, 0, 0).Symbol(0, 0x10, 0, 0, 0, 0).Symbol(0, 0, 0, 0, 0, 0).ToArray();
        builder.AddSymbols(strings, symbols, locals: 1);
        builder.AddSymbols(strings, symbols, locals: 1);
        AssertFinds(builder, ObjectFileErrorCode.BadSymbol, "symbol 2 on the wrong side of symbol 1");
        AssertFinds(builder, ObjectFileErrorCode.BadSymbol, "one of several symbol tables");
        builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        strings = builder.Add(new BuiltSection(".strtab", ElfSectionType.StringTable, [0]));
        builder.AddSymbols(strings, symbols, locals: 4);
        AssertFinds(builder, ObjectFileErrorCode.BadSymbol, "has symbol 4 as the first that is not local");
    }

    [Fact]
    public void Verify_OddHeader_IsTold()
    {
        byte[] data = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian).Build();
        data[20] = 9;
        data[52] = 65;
        var errors = new List<ObjectFileError>();
        ElfFile.Read(data, "odd.o").Verify(errors);
        Assert.Equal([ObjectFileErrorCode.BadHeader, ObjectFileErrorCode.BadHeader], errors.ConvertAll(error => error.Code));
    }

    [Fact]
    public void Verify_FileWhereAllIsWrong_ReportsABoundedNumber()
    {
        var builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        for (int i = 0; i < 5000; i++)
        {
            builder.Add(new BuiltSection(".s", ElfSectionType.ProgBits, []) { Alignment = 3, Link = 1_000_000 });
        }

        var errors = new List<ObjectFileError>();
        ElfFile.Read(builder.Build(), "wrong.o").Verify(errors);
        Assert.Equal(100, errors.Count);
    }

    [Theory]
    [InlineData(ElfClass.Elf32)]
    [InlineData(ElfClass.Elf64)]
    public void Verify_FileOfNothingButHeaders_TakesMemoryInProportion(ElfClass elfClass)
    {
        var builder = new ElfBuilder(elfClass, ElfByteOrder.LittleEndian) { UsesExtendedNumbers = true };
        for (int i = 0; i < 100_000; i++)
        {
            builder.Add(new BuiltSection(i % 2 == 0 ? "even" : "odd", ElfSectionType.Group, []));
        }

        byte[] data = builder.Build();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var errors = new List<ObjectFileError>();
        Everything.Read(data, errors);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16L * data.Length);
        Assert.NotEmpty(errors);
    }

    private static void AssertFinds(ElfBuilder builder, ObjectFileErrorCode code, string message)
    {
        var errors = new List<ObjectFileError>();
        ElfFile.Read(builder.Build(), "odd.o").Verify(errors);
        Assert.Contains(errors, error => error.Code == code && error.Message.Contains(message, StringComparison.Ordinal));
    }
}
