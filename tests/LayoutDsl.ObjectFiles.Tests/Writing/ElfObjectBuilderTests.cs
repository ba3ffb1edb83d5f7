using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Objects that are written: read again by us, by readelf, and by the linker.</summary>
public sealed class ElfObjectBuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_ObjectsOfTheMachine_ReadAsTheyWere()
    {
        int objects = 0;
        foreach (string path in MachineFiles.Sample(40_000_000, 8_000_000, ObjectFileKind.Archive).Concat(MachineFiles.Sample(4_000_000, 2_000_000, ObjectFileKind.Elf)))
        {
            foreach (ElfFile file in ReadAll(path).Where(f => f.Type == ElfFileType.Relocatable))
            {
                objects++;
                AssertSame(file, ElfFile.Read(ElfObjectBuilder.From(file).Write(), file.Name));
            }
        }

        Assert.True(objects > 500, $"only {objects} objects were found");
    }

    [Fact]
    public void Write_ObjectsOfAProgram_LinkToTheSameBytes()
    {
        _folder.Write("a.c", "#include <stdio.h>\n__thread int t = 3; extern int more(int); static int z[100]; int main(int c, char **v) { printf(\"%d %s\\n\", more(c) + t + z[c], v[0]); return 0; }");
        _folder.Write("b.cc", "#include <string>\ntemplate <class T> struct box { T t; T twice() { return t + t; } }; extern \"C\" int more(int n) { box<int> b{n}; try { return std::string(n, 'x').at(b.twice()); } catch (...) { return 7; } }");
        Tool.Run(_folder.FullPath, "gcc", "-c", "-g", "-O2", "a.c");
        Tool.Run(_folder.FullPath, "g++", "-c", "-g", "-O0", "-ffunction-sections", "b.cc");
        Tool.Run(_folder.FullPath, "g++", "-no-pie", "-Wl,--build-id=none", "a.o", "b.o", "-o", "before");
        foreach (string name in new[] { "a.o", "b.o" })
        {
            string path = _folder.File(name);
            File.WriteAllBytes(path, ElfObjectBuilder.From(ElfFile.Read(File.ReadAllBytes(path), name)).Write());
            Assert.Equal("", Warnings(name));
        }

        Tool.Run(_folder.FullPath, "g++", "-no-pie", "-Wl,--build-id=none", "a.o", "b.o", "-o", "after");
        Assert.Equal(File.ReadAllBytes(_folder.File("before")), File.ReadAllBytes(_folder.File("after")));
    }

    [Fact]
    public void Write_ChangedObject_HasOtherContentSymbolsAndRelocations()
    {
        _folder.Write("a.s", ".globl _start\n_start: call old\nret\n.data\n.quad 5\n");
        Tool.Run(_folder.FullPath, "as", "a.s", "-o", "a.o");
        ElfFile file = ElfFile.Read(File.ReadAllBytes(_folder.File("a.o")), "a.o");
        ElfSection text = file.Sections.Single(s => s.Name == ".text");
        ElfSection table = file.Sections.Single(s => s.Type == ElfSectionType.Rela && s.Info == (uint)text.Index);
        var builder = ElfObjectBuilder.From(file);
        int other = builder.AddSymbol("elsewhere", ElfSymbolBinding.Global, ElfSymbolType.None, ElfSymbolVisibility.Hidden, 0, 0, 0);
        builder.SetContent(text.Index, new byte[] { 0xe8, 0, 0, 0, 0, 0xe8, 0, 0, 0, 0, 0xc3 });
        builder.SetRelocations(table.Index, [new ElfRelocation(1, 4, other, -4, true), new ElfRelocation(6, 4, other, -4, true)]);
        int added = builder.AddSection(".text.more", ElfSectionType.ProgBits, ElfSectionFlags.Allocate | ElfSectionFlags.Execute, new byte[] { 0xc3 }, 16);
        builder.AddSymbol("more", ElfSymbolBinding.Weak, ElfSymbolType.Function, ElfSymbolVisibility.Default, added, 0, 1);
        byte[] bytes = builder.Write();
        Assert.Equal(bytes, builder.Write());
        File.WriteAllBytes(_folder.File("b.o"), bytes);
        Assert.Equal("", Warnings("b.o"));
        Assert.Equal(2, Tool.Run(_folder.FullPath, "readelf", "-rW", "b.o").Split('\n').Count(l => l.Contains("R_X86_64_PLT32", StringComparison.Ordinal) && l.Contains("elsewhere - 4", StringComparison.Ordinal)));
        Assert.Matches("WEAK +DEFAULT +[0-9]+ more", Tool.Run(_folder.FullPath, "readelf", "-sW", "b.o"));
        Tool.Run(_folder.FullPath, "ld", "b.o", "--defsym=elsewhere=0x401000", "--defsym=old=0", "-o", "program");
    }

    [Theory]
    [InlineData(ElfMachine.I386, ElfClass.Elf32, ElfByteOrder.LittleEndian)]
    [InlineData(ElfMachine.AArch64, ElfClass.Elf64, ElfByteOrder.LittleEndian)]
    [InlineData(ElfMachine.Mips, ElfClass.Elf32, ElfByteOrder.BigEndian)]
    [InlineData(ElfMachine.S390, ElfClass.Elf64, ElfByteOrder.BigEndian)]
    public void Write_NewObjectOfEachKind_IsReadByReadelf(ElfMachine machine, ElfClass elfClass, ElfByteOrder order)
    {
        var builder = new ElfObjectBuilder(machine, elfClass, order);
        int data = builder.AddSection(".data", ElfSectionType.ProgBits, ElfSectionFlags.Allocate | ElfSectionFlags.Write, new byte[16], 8);
        int symbol = builder.AddSymbol("there", ElfSymbolBinding.Global, ElfSymbolType.None, ElfSymbolVisibility.Default, 0, 0, 0);
        builder.AddSymbol("here", ElfSymbolBinding.Global, ElfSymbolType.Object, ElfSymbolVisibility.Hidden, data, 8, 8);
        builder.AddRelocations(data, [new ElfRelocation(8, 1, symbol, 12, true)]);
        byte[] bytes = builder.Write();
        File.WriteAllBytes(_folder.File("a.o"), bytes);
        Assert.Equal("", Warnings("a.o"));
        ElfFile file = ElfFile.Read(bytes, "a.o");
        var errors = new List<ObjectFileError>();
        file.Verify(errors);
        Assert.Empty(errors);
        Assert.True(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _));
        Assert.Equal(["", "there", "here"], symbols.Select(s => s.Name));
        Assert.Equal((8UL, 8UL, data), (symbols[2].Value, symbols[2].Size, symbols[2].SectionIndex));
        Assert.True(file.TryReadRelocations(file.Sections.Single(s => s.Type == ElfSectionType.Rela), out IReadOnlyList<ElfRelocation>? relocations, out _));
        Assert.Equal([new ElfRelocation(8, 1, symbol, 12, true)], relocations);
    }

    [Fact]
    public void From_AnythingButAnObject_Throws()
    {
        _folder.Write("a.s", ".globl _start\n_start: ret\n");
        Tool.Run(_folder.FullPath, "as", "a.s", "-o", "a.o");
        Tool.Run(_folder.FullPath, "ld", "a.o", "-o", "a");
        Assert.Throws<ArgumentException>(() => ElfObjectBuilder.From(ElfFile.Read(File.ReadAllBytes(_folder.File("a")), "a")));
        Assert.Throws<ArgumentNullException>(() => ElfObjectBuilder.From(null!));
        var builder = new ElfObjectBuilder(ElfMachine.X86_64, ElfClass.Elf64, ElfByteOrder.LittleEndian);
        Assert.Throws<ArgumentException>(() => builder.AddSymbol("x", ElfSymbolBinding.Local, ElfSymbolType.None, ElfSymbolVisibility.Default, 0, 0, 0));
        Assert.Throws<ArgumentException>(() => builder.SetRelocations(1, []));
    }

    private static void AssertSame(ElfFile before, ElfFile after)
    {
        Assert.Equal((before.Class, before.ByteOrder, before.Machine, before.Flags, before.OsAbi, before.Sections.Count), (after.Class, after.ByteOrder, after.Machine, after.Flags, after.OsAbi, after.Sections.Count));
        foreach ((ElfSection old, ElfSection made) in before.Sections.Zip(after.Sections))
        {
            Assert.Equal((old.Name, old.Type, old.Flags, old.Size, old.Alignment, old.EntrySize, old.Link, old.Info), (made.Name, made.Type, made.Flags, made.Size, made.Alignment, made.EntrySize, made.Link, made.Info));
            Assert.True(old.Data.Span.SequenceEqual(made.Data.Span), $"{old} of {before.Name} differs");
        }

        var errors = new List<ObjectFileError>();
        before.Verify(errors);
        if (errors.Count > 0) return;
        after.Verify(errors);
        Assert.Empty(errors);
    }

    private static IEnumerable<ElfFile> ReadAll(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        IEnumerable<(ReadOnlyMemory<byte> Data, string Name)> parts = ObjectFileKinds.Detect(bytes) == ObjectFileKind.Elf
            ? [(bytes, path)]
            : ArchiveFile.Read(bytes, path).Members.Select(m => (m.Data, m.QualifiedName));
        foreach ((ReadOnlyMemory<byte> data, string name) in parts)
        {
            if (ObjectFileKinds.Detect(data.Span) == ObjectFileKind.Elf && ElfFile.TryRead(data, name, out ElfFile? file, out _)) yield return file;
        }
    }

    /// <summary>What readelf has to say against an object.</summary>
    private string Warnings(string name) => string.Join("\n", Tool.Run(_folder.FullPath, "bash", "-c", $"readelf -aW {name} 2>&1 >/dev/null").Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
