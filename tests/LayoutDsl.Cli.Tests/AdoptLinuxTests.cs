using System;
using System.IO;
using System.Linq;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>Static programs of the system's C library and the linker's own script.</summary>
public sealed class AdoptLinuxTests
{
    [Fact]
    public void Adopt_StaticPrograms_KeepProtectionAndLeaveOutWhatTheBuildDoes()
    {
        using TemporaryFolder folder = Sources("-ffunction-sections");
        Layout(folder, "capture", "-o", "cap", "--", "make", "-j4");
        Assert.Contains("2 programs", Layout(folder, "adopt", "cap", "-o", "tools.layout"), StringComparison.Ordinal);
        Assert.Contains("library ab ", File.ReadAllText(folder["tools.layout"]), StringComparison.Ordinal);
        string linked = Layout(folder, "relink", "tools.layout", "-o", "out", "--verify");
        Assert.Contains("verified 2 of 2 images: all as planned", linked, StringComparison.Ordinal);
        Assert.Contains("compared 2 of 2 programs with the originals: sections, segments, symbols, bounds and entry are those of the build", linked, StringComparison.Ordinal);
        foreach (string name in new[] { "one", "two" })
        {
            string program = $"out/{name}.elf";
            Assert.Equal(Tool.TryRun(folder.Path, folder[name]), Tool.TryRun(folder.Path, folder[program]));

            // Killed by SIGSEGV: the table is not to be written to.
            Assert.Equal((139, 139), (Tool.TryRun(folder.Path, folder[name], "write").Code, Tool.TryRun(folder.Path, folder[program], "write").Code));
            ElfFile file = ElfFile.Read(File.ReadAllBytes(folder[program]), program);
            Assert.Single(file.Segments, s => s.Type == ElfSegmentType.GnuRelro);
            Assert.Empty(AddressesOf(file, "unused"));
        }

        ElfFile[] files = [.. new[] { "one", "two" }.Select(n => ElfFile.Read(File.ReadAllBytes(folder[$"out/{n}.elf"]), n))];
        foreach (string symbol in new[] { "a", "b", "table", "printf", "_IO_2_1_stdout_" }) Assert.Equal(AddressesOf(files[0], symbol), AddressesOf(files[1], symbol));
    }

    [Fact]
    public void Adopt_CodeOfTheCompilersOwnKind_SaysWhatToDo()
    {
        using TemporaryFolder folder = Sources("-flto");
        Layout(folder, "capture", "-o", "cap", "--", "make", "one");
        (int code, string output) = TryLayout(folder, "adopt", "cap", "-o", "tools.layout");
        Assert.Equal(1, code);
        Assert.Contains("error LAY4504:", output, StringComparison.Ordinal);
        Assert.Contains("build without -flto", output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["tools.layout"]));
    }

    /// <summary>Two programs of an archive that names its objects only.</summary>
    private static TemporaryFolder Sources(string options)
    {
        var folder = new TemporaryFolder();
        folder.Write("Makefile", $$"""
            all: one two
            sub/%.o: %.c
            	mkdir -p sub; gcc -O1 -fno-pie {{options}} -c -o $@ $<
            one.o: main.c
            	gcc -O1 -fno-pie {{options}} -DRESULT=1 -c -o $@ $<
            two.o: main.c
            	gcc -O1 -fno-pie {{options}} -DRESULT=2 -c -o $@ $<
            libab.a: sub/a.o sub/b.o
            	rm -f $@; gcc-ar rcsT $@ $^
            one two: %: %.o libab.a
            	gcc -O1 {{options}} -static -no-pie -Wl,--gc-sections -o $@ $^

            """.Replace("\r\n", "\n", StringComparison.Ordinal));
        folder.Write("a.c", "int b(void); int a(void) { return b() + 1; } int unused(void) { return 7; } __attribute__((section(\".data.rel.ro\"))) int (*table[1])(void) = { a };\n");
        folder.Write("b.c", "int b(void) { return 2; }\n");
        folder.Write("main.c", "#include <stdio.h>\nextern int (*table[1])(void); int main(int n, char **v) { (void)v; if (n > 1) { table[0] = 0; return 9; } printf(\"%d\\n\", table[0]() + RESULT); return RESULT; }\n");
        return folder;
    }

    private static ulong[] AddressesOf(ElfFile file, string symbol)
    {
        Assert.True(file.TryReadSymbols(out System.Collections.Generic.IReadOnlyList<ElfSymbol>? symbols, out _));
        return [.. symbols.Where(s => s.Name == symbol).Select(s => s.Value)];
    }

    private static (int Code, string Output) TryLayout(TemporaryFolder folder, params string[] arguments) => Tool.TryRun(folder.Path, "dotnet", [Path.Combine(AppContext.BaseDirectory, "layout.dll"), .. arguments]);

    private static string Layout(TemporaryFolder folder, params string[] arguments) =>
        TryLayout(folder, arguments) is var (code, output) && code == 0 ? output : throw new InvalidOperationException($"layout {string.Join(' ', arguments)} ended with {code}:\n{output}");
}
