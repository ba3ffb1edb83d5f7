using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>What gcc, as and ld make.</summary>
public sealed class CompiledElfTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Symbols_OfACObject_HaveTheirKinds()
    {
        ElfFile file = Compile("sample.c", Samples.C, "gcc", "-c", "-fcommon", "-ffunction-sections", "-fno-pic");
        IReadOnlyList<ElfSymbol> symbols = Symbols(file);
        ElfSymbol Symbol(string name) => symbols.Single(symbol => symbol.Name == name);
        Assert.True(Symbol("common_block").IsCommon);
        Assert.Equal(48ul, Symbol("common_block").Size);
        Assert.Equal(32ul, Symbol("common_block").Value);
        Assert.Equal(".data", file.Sections[Symbol("initialised").SectionIndex].Name);
        Assert.Equal(".text.use", file.Sections[Symbol("use").SectionIndex].Name);
        Assert.Equal(ElfSymbolType.Tls, Symbol("thread_value").Type);
        Assert.Equal(ElfSymbolBinding.Local, Symbol("hidden_counter").Binding);
        Assert.Equal(ElfSymbolVisibility.Hidden, Symbol("hidden_function").Visibility);
        Assert.Equal(ElfSymbolBinding.Weak, Symbol("weak_function").Binding);
        Assert.True(Symbol("elsewhere").IsUndefined);
        Assert.Equal(ElfSymbolBinding.Weak, Symbol("elsewhere").Binding);
        Assert.Equal(ElfSymbolType.GnuIndirectFunction, Symbol("indirect_function").Type);
        Assert.True(Symbol("sample.c").IsAbsolute);
        Assert.Equal(ElfSymbolType.File, Symbol("sample.c").Type);
        Assert.All(symbols.Select((symbol, i) => (symbol, i)), item => Assert.Equal(item.i, item.symbol.Index));
    }

    [Fact]
    public void Relocations_OfACObject_NameTheirSymbols()
    {
        ElfFile file = Compile("sample.c", Samples.C, "gcc", "-c", "-fno-pic");
        IReadOnlyList<ElfSymbol> symbols = Symbols(file);
        ElfSection section = file.Sections.Single(item => item.Name == ".rela.text");
        Assert.Equal(".text", file.Sections[(int)section.Info].Name);
        Assert.True(file.TryReadRelocations(section, out IReadOnlyList<ElfRelocation>? relocations, out _));
        Assert.Contains(relocations, relocation => symbols[relocation.SymbolIndex].Name == "elsewhere" && relocation.HasAddend);
        Assert.Contains(relocations, relocation => relocation.Addend == -4);
        Assert.All(relocations, relocation => Assert.True(relocation.Offset < file.Sections[(int)section.Info].Size));
    }

    [Fact]
    public void Relocations_OfA32BitObject_HaveNoAddends()
    {
        _folder.Write("any.s", Samples.AnyMachine);
        Tool.Run(_folder.FullPath, "as", "--32", "any.s", "-o", "any.o");
        ElfFile file = ReadClean("any.o");
        Assert.Equal(ElfClass.Elf32, file.Class);
        Assert.Equal(ElfMachine.I386, file.Machine);
        ElfSection section = file.Sections.Single(item => item.Name == ".rel.text");
        Assert.True(file.TryReadRelocations(section, out IReadOnlyList<ElfRelocation>? relocations, out _));
        ElfRelocation relocation = Assert.Single(relocations);
        Assert.False(relocation.HasAddend);
        Assert.Equal("external", Symbols(file)[relocation.SymbolIndex].Name);
    }

    [Fact]
    public void Groups_OfAnObject_HaveSignatureAndMembers()
    {
        ElfFile file = Compile("groups.s", Samples.Groups, "gcc", "-c");
        Assert.True(file.TryReadSectionGroups(out IReadOnlyList<ElfSectionGroup>? groups, out _));
        Assert.Equal(["signature_one", "signature_two"], groups.Select(group => group.Signature));
        Assert.All(groups, group => Assert.True(group.IsComdat));
        Assert.Equal(
            [".text.first", ".rodata.first", ".rela.rodata.first"], groups[0].Members.Select(index => file.Sections[index].Name));
        Assert.Equal("signature_one", groups[0].SignatureSymbol.Name);
        Assert.Equal(".group", groups[0].Section.Name);
        Assert.True((file.Sections[groups[1].Members[0]].Flags & ElfSectionFlags.Group) != 0);
    }

    [Fact]
    public void Sections_MoreThan16BitsCanCount_AreAllRead()
    {
        const int Count = 0x10100;
        _folder.Write("many.s", Samples.ManySections(Count));
        Tool.Run(_folder.FullPath, "as", "many.s", "-o", "many.o");
        ElfFile file = ReadClean("many.o");
        Assert.True(file.Sections.Count > Count, $"{file.Sections.Count} sections");
        Dictionary<string, ElfSymbol> symbols = Symbols(file).Where(symbol => symbol.Name.StartsWith('g')).ToDictionary(symbol => symbol.Name);
        Assert.Equal(Count, symbols.Count);
        Assert.All(symbols.Values, symbol => Assert.Equal(".s" + symbol.Name[1..], file.Sections[symbol.SectionIndex].Name));
        Assert.Contains(symbols.Values, symbol => symbol.RawSectionIndex == 0xffff);
    }

    [Fact]
    public void Program_Static_HasSegmentsOverItsSections()
    {
        ElfFile file = Compile("program.c", Samples.Program, "gcc", "-nostdlib", "-static", "-no-pie");
        Assert.Equal(ElfFileType.Executable, file.Type);
        Assert.Equal(Symbols(file).Single(symbol => symbol.Name == "_start").Value, file.Entry);
        ElfSection bss = file.Sections.Single(section => section.Name == ".bss");
        Assert.True(bss.Size >= 16384 && bss.Data.IsEmpty);
        ElfSection data = file.Sections.Single(section => section.Name == ".data");
        ElfSegment segment = file.Segments.Single(item => item.Type == ElfSegmentType.Load && item.Flags.HasFlag(ElfSegmentFlags.Write));
        Assert.True(segment.MemorySize >= segment.FileSize + 16384);
        Assert.Equal(data.Data.ToArray(), segment.Data.Slice((int)(data.Offset - segment.Offset), data.Data.Length).ToArray());
    }

    [Fact]
    public void SharedObject_DynamicSymbols_AreRead()
    {
        ElfFile file = Compile("program.c", Samples.Program, "gcc", "-nostdlib", "-shared", "-fPIC");
        Assert.Equal(ElfFileType.SharedObject, file.Type);
        Assert.True(file.TryReadDynamicSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _));
        Assert.Contains(symbols, symbol => symbol.Name == "shared_value" && symbol.Size == 4);
    }

    [Fact]
    public void Sections_Compressed_AreRecognised()
    {
        ElfFile file = Compile("sample.c", Samples.C, "gcc", "-c", "-g", "-gz");
        ElfSection section = file.Sections.First(item => item.IsCompressed);
        Assert.True(file.TryReadCompressionHeader(section, out ElfCompressionHeader header, out _));
        Assert.Equal(1u, header.Algorithm);
        Assert.Equal(24, header.HeaderSize);
        Assert.True(header.Size > section.Size);
        Assert.False(file.TryReadCompressionHeader(file.Sections[1], out _, out ObjectFileError? error));
        Assert.Equal(ObjectFileErrorCode.BadSection, error.Code);
    }

    /// <summary>Machines of both widths and byte orders; the compiler's collection of machines is not on every machine.</summary>
    [Fact]
    public void Objects_OfOtherMachines_AgreeWithReadelf()
    {
        if (!Tool.Exists("llvm-mc"))
        {
            return;
        }

        string[] targets =
        [
            "aarch64", "aarch64_be", "arm", "armeb", "mips", "mipsel", "mips64", "mips64el", "powerpc", "powerpc64", "powerpc64le", "riscv32", "riscv64",
            "s390x", "sparc", "sparcv9", "i386", "x86_64", "m68k",
        ];
        _folder.Write("any.s", Samples.AnyMachine);
        var agreement = new ReadelfAgreement();
        foreach (string target in targets)
        {
            Tool.Run(_folder.FullPath, "llvm-mc", "-triple", target + "-linux-gnu", "-filetype=obj", "any.s", "-o", target + ".o");
            ReadClean(target + ".o");
            agreement.Compare(_folder.File(target + ".o"));
        }

        Assert.Empty(agreement.Reported);
        Assert.Equal(targets.Length, agreement.Objects);
        Assert.True(agreement.Entries > 15 * targets.Length, $"{agreement.Entries} entries were compared");
    }

    private ElfFile Compile(string name, string text, params string[] command)
    {
        _folder.Write(name, text);
        Tool.Run(_folder.FullPath, command[0], [.. command[1..], name, "-o", "output"]);
        return ReadClean("output");
    }

    private ElfFile ReadClean(string name)
    {
        ElfFile file = ElfFile.Read(_folder.Read(name), name);
        var errors = new List<ObjectFileError>();
        file.Verify(errors);
        Assert.Empty(errors);
        return file;
    }

    private static IReadOnlyList<ElfSymbol> Symbols(ElfFile file)
    {
        Assert.True(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out ObjectFileError? error), error?.ToString());
        return symbols;
    }
}
