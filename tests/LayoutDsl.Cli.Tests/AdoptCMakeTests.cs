using System;
using System.IO;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>A project of CMake, which calls compilers and tools by their full paths.</summary>
public sealed class AdoptCMakeTests
{
    [Fact]
    public void Adopt_CMakeBuild_ProgramsAreTheSameAndStripped()
    {
        using var folder = new TemporaryFolder();
        folder.Write("CMakeLists.txt", """
            cmake_minimum_required(VERSION 3.20)
            project(tools C)
            add_library(words STATIC words/count.c words/split.c)
            add_library(report OBJECT report/report.c)
            foreach(name one two)
                add_executable(${name} ${name}.c)
                target_link_libraries(${name} words report)
                add_custom_command(TARGET ${name} POST_BUILD COMMAND ${CMAKE_STRIP} $<TARGET_FILE:${name}>)
            endforeach()

            """);
        folder.Write("words/count.c", "int split(const char *); int count(const char *t) { return split(t) + 1; }\n");
        folder.Write("words/split.c", "int split(const char *t) { int n = 0; for (; *t; t++) n += *t == ' '; return n; }\n");
        folder.Write("report/report.c", "#include <stdio.h>\nvoid report(const char *what, int n) { printf(\"%s: %d\\n\", what, n); }\n");
        folder.Write("one.c", "int count(const char *); void report(const char *, int); int main(void) { report(\"one\", count(\"a b c\")); return 3; }\n");
        folder.Write("two.c", "int count(const char *); void report(const char *, int); int main(void) { report(\"two\", count(\"a b c d\")); return 4; }\n");
        Tool.Run(folder.Path, "cmake", "-S", ".", "-B", "build", "-DCMAKE_EXE_LINKER_FLAGS=-static -no-pie", "-DCMAKE_C_FLAGS=-fno-pie");
        Assert.Contains("captured 2 links, 0 relocatable ones and 2 runs of other tools", Layout(folder, "capture", "--tool", "strip", "--", "cmake", "--build", "build", "--clean-first"), StringComparison.Ordinal);
        Assert.Contains("2 programs", Layout(folder, "adopt", "layout-capture", "-o", "fleet.layout"), StringComparison.Ordinal);
        string layout = File.ReadAllText(folder["fleet.layout"]);
        foreach (string library in new[] { "words", "report" }) Assert.Matches($@"library {library}\s", layout);
        string linked = Layout(folder, "relink", "fleet.layout", "-o", "out", "--verify");
        Assert.Contains("verified 2 of 2 images: all as planned", linked, StringComparison.Ordinal);
        Assert.Contains("compared 2 of 2 programs with the originals: sections, segments, symbols, bounds and entry are those of the build", linked, StringComparison.Ordinal);
        foreach ((string name, int code, string said) in new[] { ("one", 3, "one: 3\n"), ("two", 4, "two: 4\n") })
        {
            string product = $"out/{name}/{name}";
            Assert.Equal((code, said), Tool.TryRun(folder.Path, folder[product]));
            Assert.Equal((code, said), Tool.TryRun(folder.Path, folder[$"build/{name}"]));
            Assert.DoesNotContain(ElfFile.Read(File.ReadAllBytes(folder[product]), product).Sections, s => s.Name == ".symtab");
            Assert.Contains(ElfFile.Read(File.ReadAllBytes(folder[$"out/{name}.elf"]), name).Sections, s => s.Name == ".symtab");
        }
    }

    private static string Layout(TemporaryFolder folder, params string[] arguments) =>
        Tool.TryRun(folder.Path, "dotnet", [Path.Combine(AppContext.BaseDirectory, "layout.dll"), .. arguments]) is var (code, output) && code == 0 ? output : throw new InvalidOperationException($"layout {string.Join(' ', arguments)} ended with {code}:\n{output}");
}
