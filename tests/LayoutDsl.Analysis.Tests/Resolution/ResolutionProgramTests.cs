using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;
using Xunit.Abstractions;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>Static programs over the libraries of the machine: everything as ld does it.</summary>
public class ResolutionProgramTests(ITestOutputHelper output)
{
    private static readonly ConcurrentDictionary<string, byte[]> Contents = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("hello", "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 0; }", "libc.a", "")]
    [InlineData("math", "#include <math.h>\n#include <stdio.h>\nint main(int c, char **v) { printf(\"%f\", sin(c) + pow(c, 1.5)); return 0; }", "libm-2.36.a", "-lm")]
    [InlineData("thread", "#include <pthread.h>\nstatic void *f(void *p) { return p; }\nint main(void) { pthread_t t; pthread_create(&t, 0, f, 0); return pthread_join(t, 0); }", "libc.a", "-pthread")]
    [InlineData("zlib", "#include <zlib.h>\nint main(void) { unsigned char a[99], b[99]; unsigned long n = 99; return compress(b, &n, a, 99); }", "libz.a", "-lz")]
    [InlineData("sqlite", "#include <sqlite3.h>\nint main(void) { sqlite3 *d; return sqlite3_open(\":memory:\", &d); }", "libsqlite3.a", "-lsqlite3 -lm -lpthread -ldl")]
    [InlineData("lua", "#include <lua5.4/lauxlib.h>\n#include <lua5.4/lualib.h>\nint main(void) { lua_State *s = luaL_newstate(); luaL_openlibs(s); return luaL_dostring(s, \"return 1\"); }", "liblua5.4.a", "-llua5.4 -lm -ldl")]
    [InlineData("zstd", "#include <zstd.h>\nint main(void) { char a[99] = {0}, b[999]; return ZSTD_isError(ZSTD_compress(b, 999, a, 99, 3)); }", "libzstd.a", "-lzstd")]
    [InlineData("pcre2", "#define PCRE2_CODE_UNIT_WIDTH 8\n#include <pcre2.h>\nint main(void) { int e; size_t o; return !pcre2_compile((PCRE2_SPTR)\"a+\", 2, 0, &e, &o, 0); }", "libpcre2-8.a", "-lpcre2-8")]
    [InlineData("c++", "#include <iostream>\n#include <map>\n#include <string>\nint main() { std::map<std::string, int> m; m[\"a\"]++; for (auto &p : m) std::cout << p.first << std::endl; try { throw 1; } catch (int) { return 0; } }", "libstdc++.a", "")]
    public void Resolve_StaticProgram_AgreesWithLd(string name, string source, string library, string libraries)
    {
        bool isCpp = name == "c++";
        using var link = new LinkCase();
        string compiler = isCpp ? "g++" : "gcc";
        string archive = link.Run(compiler, $"-print-file-name={library}").Trim();
        if (!Path.IsPathRooted(archive))
        {
            // libc and libstdc++ must be there: the test would prove nothing without them.
            Assert.True(library is not ("libc.a" or "libstdc++.a"), $"{library} is not installed");
            output.WriteLine($"skipped: {library} is not installed");
            return;
        }

        _ = isCpp ? link.Cpp("main", source, "-O2") : link.C("main", source, "-O2");
        string[] arguments = [compiler, "-static", "main.o", .. libraries.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-o", "out.elf"];
        string log = link.Run(compiler, [.. arguments[1..], "-Wl,-t,-t,-Map=out.map,--no-demangle"]);
        LinkJudge judge = LinkJudge.Read(log, File.ReadAllText(Path.Combine(link.Folder, "out.map")), ElfFile.Read(link.Read("out.elf")!.Value, "out.elf"));
        var files = new LinkFiles(path => File.Exists(path) ? Contents.GetOrAdd(path, File.ReadAllBytes) : link.Read(path));
        CommandLine line = new CommandLine(files, ResolutionOptions.GnuDefault).Parse(GccLine.Linker(link.Run(compiler, [.. arguments[1..], "-###"])));
        LinkResolution ours = SymbolResolver.Resolve(files, line.Inputs, line.Options);
        Assert.Empty(ours.Errors);
        judge.AssertAgrees(ours);
        Assert.True(judge.ComparedDefinitions > ours.Globals.Count() * 9 / 10, $"only {judge.ComparedDefinitions} definitions were compared");
        Assert.Contains(ours.Objects, o => Path.GetFileName(o.Object.Path) == library);
        output.WriteLine($"{name}: {ours.Objects.Count} objects, {ours.Globals.Count()} globals, {judge.ComparedDefinitions} compared by address");
        AssertSame(ours, SymbolResolver.Resolve(files, line.Inputs, line.Options));
    }

    private static void AssertSame(LinkResolution first, LinkResolution second)
    {
        Assert.Equal(first.Objects.Select(o => o.ToString()), second.Objects.Select(o => o.ToString()));
        Assert.Equal(first.Globals.Select(Text), second.Globals.Select(Text));

        static string Text(SymbolDefinition d) => $"{d} {d.SymbolIndex} {d.Value} {d.Size} {d.Visibility}";
    }
}
