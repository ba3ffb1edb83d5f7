using System;
using System.IO;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Programs over the static C and C++ libraries of the machine, without what they do not reach.</summary>
public sealed class UnreachedRuntimeTests
{
    private const string Layout = """
        layout Test.Runtime;
        target x86_64 { entry _start; headers 4MiB; unreached kept; }
        region memory (rwx) { origin 4MiB; length 508MiB; }
        section text (rx) { ".text" ".text.*" "__libc_freeres_fn" }
        section init (rx) { keep ".init" }
        section fini (rx) { keep ".fini" }
        section rodata (r) { ".rodata" ".rodata.*" ".stapsdt.base" }
        section except (r) { ".gcc_except_table" ".gcc_except_table.*" }
        section notes (r) { keep ".note.ABI-tag" }
        section unwind (r) { unwind ".eh_frame" }
        section relro (rw) { relro ".data.rel.ro" ".data.rel.ro.*" }
        section vtables (rw) { relro keep "__libc_IO_vtables" "__libc_atexit" "__libc_subfreeres" }
        section data (rw) { ".data" ".data.*" ".tm_clone_table" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        section ptrs (rw) { zero keep "__libc_freeres_ptrs" }
        section tdata (rw) { thread ".tdata" ".tdata.*" }
        section tbss (rw) { thread zero ".tbss" ".tbss.*" }
        section inits (rw) { table keep sort(".init_array.*") ".init_array" bounds __init_array_start __init_array_end }
        section finis (rw) { table keep sort(".fini_array.*") ".fini_array" bounds __fini_array_start __fini_array_end }
        section got (rw) { table ".got" ".got.plt" ".igot" ".igot.plt" reserve 1KiB }
        discard ".note.gnu.property";
        library crt { objects "crt1.o", "crti.o", "crtbeginT.o", "crtend.o", "crtn.o"; }
        library gcc { members "libgcc.a"; }
        library unwinder { members "libgcc_eh.a"; }
        library c { members "libc.a"; }
        library math { members "libm-2.a"; }
        library cxx { members "libstdc++.a"; }
        image plain { uses crt, gcc, unwinder, c; objects "plain.o"; }
        image pattern { uses crt, gcc, unwinder, c; objects "pattern.o"; }
        image thrown { uses crt, gcc, unwinder, c, cxx, math; objects "thrown.o"; }
        place libraries in memory from 5MiB;
        place images after libraries;
        symbol __ehdr_start = 4MiB;
        symbol _end = align(endof(images), page);
        symbol __preinit_array_start = 0;
        symbol __preinit_array_end = 0;
        """;

    [Fact]
    public void Programs_OverCAndCxx_RunWithoutMostOfIt()
    {
        using var folder = new TemporaryFolder();
        string Find(string name) => Path.GetFullPath(Tool.Run(folder.Path, "gcc", "-print-file-name=" + name).Trim());
        string libm = Directory.GetFiles(Path.GetDirectoryName(Find("libm.a"))!, "libm-2*.a").Single();
        string text = string.Join('"', Layout.Split('"').Select(p => p == "libm-2.a" ? libm : p.StartsWith("crt", StringComparison.Ordinal) && p.EndsWith(".o", StringComparison.Ordinal) || p.StartsWith("lib", StringComparison.Ordinal) ? Find(p) : p));
        folder.Write("plain.c", "#include <stdio.h>\n#include <string.h>\nint main(int n, char **a) { printf(\"plain %d %zu\\n\", n, strlen(a[0]) > 0 ? strlen(\"abc\") : 0); return 0; }");
        folder.Write("pattern.c", "#include <regex.h>\n#include <stdio.h>\nint main(void) { regex_t r; if (regcomp(&r, \"a+(b|c)$\", REG_EXTENDED)) return 1; puts(regexec(&r, \"xaac\", 0, 0, 0) ? \"no\" : \"matches\"); regfree(&r); return 0; }");
        folder.Write("thrown.cc", """
            #include <cstdio>
            #include <map>
            #include <stdexcept>
            #include <string>
            struct noisy { ~noisy() { std::puts("unwound"); } };
            __attribute__((noinline)) static int fail(const std::map<std::string, int> &m) { noisy n; return m.at("none"); }
            int main() { try { return fail({ { "some", 1 } }); } catch (const std::out_of_range &e) { std::puts("caught"); return 0; } }
            """);
        Tool.Run(folder.Path, "gcc", "-c", "-O1", "-fno-pic", "plain.c", "pattern.c");
        Tool.Run(folder.Path, "g++", "-c", "-O1", "-fno-pic", "thrown.cc");
        var fleet = new MovedFleet(folder, "ld", null);
        long whole = Count(fleet, fleet.Link(text).Plan);
        (_, FactsFile facts, LayoutPlan plan) = fleet.Link(text.Replace("unreached kept", "unreached dropped", StringComparison.Ordinal));
        Assert.Equal("matches\nplain 1 3\nunwound\ncaught\n", fleet.RunAll(plan));
        fleet.AssertVerified(facts, plan);
        Assert.InRange(Count(fleet, plan), 0, whole - (64 * 1024));
        bool HasPattern(string image) => Tool.Run(folder.Path, "nm", $"out/{image}.elf").Contains(" regcomp\n", StringComparison.Ordinal);
        Assert.Equal([true, false, false], plan.Images.Select(i => HasPattern(i.Name)));
    }

    private static long Count(MovedFleet fleet, LayoutPlan plan) => plan.Images.Sum(i => fleet.Read(i).Segments.Where(s => s.Type == ElfSegmentType.Load).Sum(s => (long)s.FileSize));
}
