using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Executables without ranges of memory: their tables, for every class and byte order. Real links and runs are in the link tests.</summary>
public sealed class ElfImageTrimmerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ElfShapes.All), MemberType = typeof(ElfShapes))]
    public void Trim_RangeInsideASegment_CutsSegmentSectionAndSymbols(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        ElfFile before = Program(elfClass, byteOrder);
        byte[] bytes = ElfImageTrimmer.Trim(before, [(0x10020, 0x10060)]);
        ElfFile after = Check(bytes);
        Assert.Equal(bytes, ElfImageTrimmer.Trim(before, [(0x10020, 0x10030), (0x10030, 0x10060)]));
        Assert.Equal((before.Entry, before.Flags, before.OsAbi, before.Machine), (after.Entry, after.Flags, after.OsAbi, after.Machine));
        Assert.Equal([(0x10000UL, 0x20UL, 0x20UL), (0x10060UL, 0x20UL, 0x20UL), (0x10080UL, 0x8UL, 0x28UL)], Loads(after));
        Assert.Equal(Enumerable.Range(1, 0x20), after.Segments[0].Data.ToArray().Select(b => (int)b));
        Assert.Equal(Enumerable.Range(0x61, 0x20), after.Segments[1].Data.ToArray().Select(b => (int)b));
        Assert.Equal(ElfSegmentType.GnuStack, after.Segments[3].Type);
        Assert.Equal([(0x10000UL, 0x20UL, 16UL), (0x10060UL, 0x20UL, 16UL)], after.Sections.Where(s => s.Name == ".text").Select(s => (s.Address, s.Size, s.Alignment)));
        Assert.Equal("note", Encoding.ASCII.GetString(after.Sections.Single(s => s.Name == ".comment").Data.Span));
        Assert.Equal(
            ["", "a.c", "here", "start", "detail", "tail"],
            Symbols(after).Select(s => s.Name));
        Assert.Equal([0UL, 0UL, 0x10010UL, 0x10000UL, 0x10070UL, 0x100a0UL], Symbols(after).Select(s => s.Value));
        Assert.Equal(["", "", ".text", ".text", ".text", ".bss"], Symbols(after).Select(s => s.IsDefinedInSection ? after.Sections[s.SectionIndex].Name : ""));
        Assert.Equal(0x10060UL, after.Sections[Symbols(after)[4].SectionIndex].Address);
        Assert.Equal(3U, after.Sections.Single(s => s.Type == ElfSectionType.SymbolTable).Info);

        // "tail" is in "detail", and the names of symbols and files that are gone are nowhere.
        string names = Encoding.ASCII.GetString(after.Sections.Single(s => s.Name == ".strtab").Data.Span);
        Assert.Equal(["a.c", "detail", "here", "start"], names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ElfShapes.All), MemberType = typeof(ElfShapes))]
    public void Trim_NoRange_KeepsSegmentsSectionsAndSymbols(ElfClass elfClass, ElfByteOrder byteOrder)
    {
        ElfFile before = Program(elfClass, byteOrder);
        ElfFile after = Check(ElfImageTrimmer.Trim(before, []));
        Assert.Equal(Loads(before), Loads(after));
        Assert.Equal(before.Sections.Where(s => !s.Name.EndsWith("strtab", StringComparison.Ordinal)).Select(Describe), after.Sections.Where(s => !s.Name.EndsWith("strtab", StringComparison.Ordinal)).Select(Describe));
        Assert.Equal(Symbols(before).Select(s => s.ToString()), Symbols(after).Select(s => s.ToString()));
    }

    [Theory]
    [InlineData(0x10000, 0x10080, "10080+8/28")]
    [InlineData(0x10040, 0x10084, "10000+40/40 10084+4/24")]
    [InlineData(0x10084, 0x10090, "10000+80/80 10080+4/4 10090+0/18")]
    [InlineData(0x10088, 0x100a8, "10000+80/80 10080+8/8")]
    [InlineData(0x10090, 0x10098, "10000+80/80 10080+8/10 10098+0/10")]
    [InlineData(0x10000, 0x20000, "")]
    [InlineData(0x20000, 0x30000, "10000+80/80 10080+8/28")]
    public void Trim_RangesAtEdgesAndInZeros_AreExact(ulong first, ulong end, string expected)
    {
        ElfFile after = Check(ElfImageTrimmer.Trim(Program(ElfClass.Elf64, ElfByteOrder.LittleEndian), [(first, end)]));
        Assert.Equal(expected, string.Join(' ', Loads(after).Select(l => $"{l.Address:x}+{l.FileSize:x}/{l.MemorySize:x}")));
        Assert.DoesNotContain(Symbols(after), s => s.IsDefinedInSection && s.Value >= first && s.Value < end);
    }

    [Fact]
    public void Trim_EndOfASectionThatIsGone_IsASymbolOfTheNextOrAbsolute()
    {
        ElfFile after = Check(ElfImageTrimmer.Trim(Program(ElfClass.Elf64, ElfByteOrder.LittleEndian, endOfText: 0x10080), [(0x10000, 0x10080)]));
        ElfSymbol end = Symbols(after).Single(s => s.Name == "end");
        Assert.Equal((0x10080UL, ".data"), (end.Value, after.Sections[end.SectionIndex].Name));
        after = Check(ElfImageTrimmer.Trim(Program(ElfClass.Elf64, ElfByteOrder.LittleEndian, endOfText: 0x30000), [(0x10000, 0x10080)]));
        Assert.True(Symbols(after).Single(s => s.Name == "end").IsAbsolute);
    }

    [Fact]
    public void Trim_ManyRanges_GivesUpTheSmallestUntilThereAreEnoughHeaders()
    {
        // 64 bytes for each of 80,000 parts: the shorter ranges are the odd ones.
        const int Parts = 80_000;
        var builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian) { Type = ElfFileType.Executable };
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read, 0x78, 0x10078, Parts * 64, Parts * 64, 1));
        builder.Add(new BuiltSection(".comment", ElfSectionType.ProgBits, new byte[Parts * 64]));
        ElfFile before = ElfFile.Read(builder.Build(), "before");
        (ulong, ulong)[] ranges = [.. Enumerable.Range(0, Parts - 1).Select(i => (0x10078 + ((ulong)i * 64) + 1, 0x10078 + ((ulong)i * 64) + (i % 2 == 0 ? 40UL : 20UL)))];
        ElfFile after = ElfFile.Read(ElfImageTrimmer.Trim(before, ranges), "after");
        Assert.Equal(0xfffe, after.Segments.Count);
        ulong[] starts = [.. after.Segments.Select(s => s.VirtualAddress).Skip(1)];
        Assert.All(ranges.Where((_, i) => i % 2 == 0), r => Assert.True(Array.BinarySearch(starts, r.Item2) >= 0));
    }

    [Fact]
    public void Trim_ManyRangesInASection_GivesUpTheSmallestUntilThereAreEnoughSections()
    {
        const int Parts = 65_500;
        var builder = new ElfBuilder(ElfClass.Elf32, ElfByteOrder.LittleEndian) { Type = ElfFileType.Executable };
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read, 0x58, 0x10058, Parts * 8, Parts * 8, 1));
        builder.Add(new BuiltSection(".text", ElfSectionType.ProgBits, new byte[Parts * 8]) { Flags = 2, Address = 0x10058 });
        ElfFile before = ElfFile.Read(builder.Build(), "before");
        ElfFile after = ElfFile.Read(ElfImageTrimmer.Trim(before, [.. Enumerable.Range(0, Parts - 1).Select(i => (0x1005c + ((ulong)i * 8), 0x10060 + ((ulong)i * 8)))]), "after");
        Assert.Equal(0xff00 - 1, after.Sections.Count);
    }

    [Fact]
    public void Trim_WhatItDoesNotKnow_IsRefused()
    {
        ElfFile program = Program(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        Assert.Throws<ArgumentNullException>(() => ElfImageTrimmer.Trim(null!, []));
        Assert.Throws<ArgumentNullException>(() => ElfImageTrimmer.Trim(program, null!));
        Assert.Throws<ArgumentException>(() => ElfImageTrimmer.Trim(program, [(0x2000, 0x3000), (0x1000, 0x2000)]));
        Assert.Throws<ArgumentException>(() => ElfImageTrimmer.Trim(program, [(0x2000, 0x2000)]));
        Assert.Throws<ArgumentException>(() => ElfImageTrimmer.Trim(program, [(0x2000, 0x3000), (0x2fff, 0x4000)]));
        AssertUnsupported("e_type", ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian).Build());
        var builder = new ElfBuilder(ElfClass.Elf64, ElfByteOrder.LittleEndian) { Type = ElfFileType.Executable };
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read, 0x78, 0x10078, 64, 64, 1));
        builder.Add(new BuiltSection(".text", ElfSectionType.ProgBits, new byte[64]) { Flags = 0x802, Address = 0x10078 });
        AssertUnsupported("compressed", builder.Build());
        _folder.Write("a.s", ".globl _start\n_start: call f\n.section .text.f\nf: ret\n");
        Tool.Run(_folder.FullPath, "as", "a.s", "-o", "a.o");
        Tool.Run(_folder.FullPath, "ld", "--emit-relocs", "a.o", "-o", "relocations");
        AssertUnsupported("--emit-relocs", _folder.Read("relocations"));
        _folder.Write("b.c", "int main(void) { return 0; }");
        Tool.Run(_folder.FullPath, "gcc", "-no-pie", "b.c", "-o", "dynamic");
        AssertUnsupported("dynamic symbols", _folder.Read("dynamic"));
    }

    [Fact]
    public void Trim_DamagedExecutables_OnlyThrowsItsException()
    {
        _folder.Write("program.c", Samples.Program);
        _folder.Write("hello.c", "#include <stdio.h>\nint main(void) { return puts(\"hello\"); }\n");
        Tool.Run(_folder.FullPath, "gcc", "-nostdlib", "-static", "-g", "program.c", "-o", "small");
        Tool.Run(_folder.FullPath, "gcc", "-nostdlib", "-static", "-Wl,-z,max-page-size=16,-z,noseparate-code", "program.c", "-o", "packed");
        Tool.Run(_folder.FullPath, "gcc", "-static", "hello.c", "-o", "hello");
        byte[][] bases =
        [
            _folder.Read("small"), _folder.Read("packed"), Program(ElfClass.Elf32, ElfByteOrder.BigEndian).Data.ToArray(), Program(ElfClass.Elf64, ElfByteOrder.BigEndian).Data.ToArray(),
            _folder.Read("hello"),
        ];
        var mutator = new Mutator(20220712, bases);
        var random = new Random(7);
        (int trimmed, int refused) = (0, 0);
        for (int i = 0; i < 3000; i++)
        {
            (int index, ReadOnlyMemory<byte> data) = mutator.Next();
            if (!ElfFile.TryRead(data, "input", out ElfFile? file, out _)) continue;
            (ulong First, ulong End)[] ranges = Ranges(ElfFile.Read(bases[index], "base"), random);
            try
            {
                byte[] result = ElfImageTrimmer.Trim(file, ranges);
                Assert.True(result.Length <= data.Length + (70 << 20));
                Check(result);
                trimmed++;
            }
            catch (ObjectFileException)
            {
                refused++;
            }
        }

        // Both must happen often, or the test tests nothing.
        Assert.True(trimmed > 300 && refused > 300, $"{trimmed} trimmed, {refused} refused");
    }

    /// <summary>A few ranges of the memory of a file, pages or any bytes.</summary>
    private static (ulong First, ulong End)[] Ranges(ElfFile file, Random random)
    {
        ulong unit = random.Next(2) == 0 ? 0x1000UL : 8UL;
        ElfSegment[] loads = [.. file.Segments.Where(s => s.Type == ElfSegmentType.Load)];
        var addresses = new SortedSet<ulong>();
        for (int i = 0; i < 8; i++)
        {
            ElfSegment load = loads[random.Next(loads.Length)];
            addresses.Add((load.VirtualAddress + (ulong)random.NextInt64((long)load.MemorySize + 1)) & ~(unit - 1));
        }

        ulong[] edges = [.. addresses];
        return [.. Enumerable.Range(0, edges.Length / 2).Select(i => (edges[2 * i], edges[(2 * i) + 1]))];
    }

    private static void AssertUnsupported(string text, byte[] bytes)
    {
        ObjectFileException exception = Assert.Throws<ObjectFileException>(() => ElfImageTrimmer.Trim(ElfFile.Read(bytes, "input"), []));
        Assert.Equal(ObjectFileErrorCode.Unsupported, exception.Error.Code);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Text at 0x10000 (bytes 1, 2, 3, ...), data and zeros at 0x10080; "here", "start" and "detail" stay in the tests, "gone" of b.c and "lost" are in the middle of the text.
    /// </summary>
    private static ElfFile Program(ElfClass elfClass, ElfByteOrder byteOrder, ulong? endOfText = null)
    {
        bool is64 = elfClass == ElfClass.Elf64;
        ulong offset = is64 ? 0x40UL + (3 * 56) : 0x38UL + (3 * 32);
        var builder = new ElfBuilder(elfClass, byteOrder) { Type = ElfFileType.Executable };
        ulong load = is64 ? 0xe8UL : 0x98UL;
        Assert.True(offset <= load);
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read | ElfSegmentFlags.Execute, load, 0x10000, 0x80, 0x80, 8));
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read | ElfSegmentFlags.Write, load + 0x80, 0x10080, 8, 0x28, 8));
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.GnuStack, ElfSegmentFlags.Read | ElfSegmentFlags.Write, 0, 0, 0, 0, 16));
        ushort text = (ushort)builder.Add(new BuiltSection(".text", ElfSectionType.ProgBits, [.. Enumerable.Range(1, 0x80).Select(i => (byte)i)]) { Flags = 6, Address = 0x10000, Alignment = 16 });
        builder.Add(new BuiltSection(".data", ElfSectionType.ProgBits, [1, 2, 3, 4, 5, 6, 7, 8]) { Flags = 3, Address = 0x10080, Alignment = 8 });
        ushort bss = (ushort)builder.Add(new BuiltSection(".bss", ElfSectionType.NoBits, []) { Flags = 3, Address = 0x10088, Size = 0x20, Alignment = 8 });
        builder.Add(new BuiltSection(".comment", ElfSectionType.ProgBits, [.. "note"u8]));
        const string Names = "\0a.c\0b.c\0here\0gone\0start\0lost\0detail\0end\0";
        uint strings = builder.Add(new BuiltSection(".strtab", ElfSectionType.StringTable, Encoding.ASCII.GetBytes(Names)));
        uint Name(string name) => (uint)Names.IndexOf(name + "\0", StringComparison.Ordinal);
        FieldWriter symbols = builder.Writer().Symbol(0, 0, 0, 0, 0, 0)
            .Symbol(Name("a.c"), 4, 0, 0xfff1, 0, 0).Symbol(Name("here"), 2, 0, text, 0x10010, 8)
            .Symbol(Name("b.c"), 4, 0, 0xfff1, 0, 0).Symbol(Name("gone"), 2, 0, text, 0x10020, 8)
            .Symbol(Name("start"), 0x12, 0, text, 0x10000, 8).Symbol(Name("lost"), 0x12, 0, text, 0x1005f, 1)
            .Symbol(Name("detail"), 0x12, 0, text, 0x10070, 8).Symbol(Name("tail"), 0x11, 0, bss, 0x100a0, 4);
        if (endOfText is { } end) symbols.Symbol(Name("end"), 0x10, 0, text, end, 0);
        builder.AddSymbols(strings, symbols.ToArray(), 5);
        return Check(builder.Build());
    }

    private static ElfFile Check(byte[] bytes)
    {
        ElfFile file = ElfFile.Read(bytes, "program");
        var errors = new List<ObjectFileError>();
        file.Verify(errors);
        Assert.Empty(errors);
        return file;
    }

    private static IReadOnlyList<ElfSymbol> Symbols(ElfFile file) => file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out ObjectFileError? error) ? symbols : throw new InvalidDataException(error.ToString());

    private static IEnumerable<(ulong Address, ulong FileSize, ulong MemorySize)> Loads(ElfFile file) =>
        file.Segments.Where(s => s.Type == ElfSegmentType.Load).Select(s => (s.VirtualAddress, s.FileSize, s.MemorySize));

    private static string Describe(ElfSection section) =>
        $"{section.Index} {section.Name} {section.Type} {section.Flags} {section.Address:x}+{section.Size:x} {section.Alignment} {section.EntrySize} {section.Link} {section.Info} {Convert.ToHexString(section.Type == ElfSectionType.SymbolTable ? [] : section.Data.Span)}";
}
