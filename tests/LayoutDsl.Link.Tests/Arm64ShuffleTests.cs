using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Analysis.Rewriting;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Libraries for AArch64 that stand somewhere else in each image, the C library among them: compiled, rewritten, linked, run by QEMU and compared page by page.</summary>
public sealed class Arm64ShuffleTests : IDisposable
{
    private const string Compiler = "aarch64-linux-gnu-gcc";

    private const string Frame = """
        layout Arm.Fleet;
        target aarch64 { page 4KiB; entry _start; headers 4MiB; }
        region ram (rwx) { origin 4MiB; length 124MiB; }
        section text (rx) { ".text" ".text.*" "__libc_freeres_fn" }
        section init (rx) { keep ".init" }
        section fini (rx) { keep ".fini" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section except (r) { ".gcc_except_table" ".gcc_except_table.*" }
        section notes (r) { keep ".note.ABI-tag" }
        section unwind (r) { keep ".eh_frame" }
        section relro (rw) { relro ".data.rel.ro" ".data.rel.ro.*" }
        section data (rw) { ".data" ".data.*" ".tm_clone_table" }
        section arrays (rw) { keep "__libc_IO_vtables" "__libc_atexit" "__libc_subfreeres" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        section ptrs (rw) { zero keep "__libc_freeres_ptrs" }
        section tdata (rw) { thread ".tdata" ".tdata.*" }
        section tbss (rw) { thread zero ".tbss" ".tbss.*" }
        section inits (rw) { table keep sort(".init_array.*") ".init_array" bounds __init_array_start __init_array_end }
        section finis (rw) { table keep sort(".fini_array.*") ".fini_array" bounds __fini_array_start __fini_array_end }
        section got (rw) { table ".got" ".got.plt" ".igot" ".igot.plt" reserve 4KiB }
        library crt { objects "crt1.o", "crti.o", "crtbeginT.o", "crtend.o", "crtn.o"; }
        library gcc { members "libgcc.a"; }
        library unwinder { members "libgcc_eh.a"; }
        library c { members "libc.a"; }
        library sys { objects "sys.o"; }
        library state { archive "libstate.a"; }
        library work { objects "work.o"; }
        library count { objects "count.o"; }
        image a { uses crt, gcc, unwinder, c, sys, state, work; objects "a.o"; }
        image b { uses crt, gcc, unwinder, c, sys, state, work; objects "b.o"; }
        image d { uses crt, gcc, unwinder, c, sys, state, work, count; objects "d.o"; }
        image e { uses crt, gcc, unwinder, c, sys, state, work, count; objects "e.o"; }
        place libraries in ram from 5MiB;
        place images after libraries;
        symbol __ehdr_start = 4MiB;
        symbol _end = align(endof(images), page);
        symbol __preinit_array_start = 0;
        symbol __preinit_array_end = 0;

        """;

    private const string Sys = "#include <stdio.h>\nextern const char *name(void); void print(const char *text) { printf(\"%s: %s\\n\", name(), text); }";

    private const string Count = """
        #include <errno.h>
        #include <stdlib.h>
        #include <stdio.h>
        extern __thread long shared; static __thread int own = 3; extern __thread int nowhere __attribute__((weak)); extern long s0; extern void print(const char *);
        static int order(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
        int count(int n)
        {
            int *v = malloc(n * sizeof *v); for (int i = 0; i < n; i++) v[i] = (i * 7919) % 101;
            qsort(v, n, sizeof *v, order); shared += own++; errno = 0; fprintf(stdout, "%d %d %ld\n", v[0], v[n - 1], shared + s0); print("counted");
            int last = v[n / 2]; free(v); return last + (&nowhere != 0);
        }
        """;

    private readonly TemporaryFolder folder = new();
    private readonly MovedFleet fleet;

    public Arm64ShuffleTests() => fleet = new MovedFleet(folder, "aarch64-linux-gnu-ld", "qemu-aarch64");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("-O2 -fPIC", 4)]
    [InlineData("-O0 -fPIE", 4)]
    [InlineData("-Os -fpic", 4)]
    [InlineData("-O2 -fPIC", 64)]
    public void Shuffle_OfSeveralSeeds_RunsAlikeAndSharesCode(string flags, int page)
    {
        Write(ShuffleSources.Work, flags);
        string frame = Frame.Replace("page 4KiB", $"page {page}KiB", StringComparison.Ordinal);
        string expected = fleet.RunAll(fleet.Link(frame).Plan);
        foreach (int seed in new[] { 1, 2 })
        {
            (BoundLayout layout, FactsFile facts, LayoutPlan plan) = fleet.Link(frame + $"aslr shuffle {{ seed {seed}; }}");
            Assert.Equal(expected, fleet.RunAll(plan));
            fleet.AssertVerified(facts, plan);
            IReadOnlyList<LibrarySharing> libraries = fleet.Count(layout, plan);
            Assert.Equal(8, libraries.Count);
            Assert.All(libraries.SelectMany(l => l.Sections).Where(s => s.Section is "text" or "rodata" or "linker_function_stubs"), s => Assert.Equal(s.Pages, s.Shared));
            Assert.Contains(libraries.Single(l => l.Name == "work").Sections, s => s.Section == "relro" && s.Shared == 0);

            // The C library of the distribution is compiled with -fpic.
            BlockTableSize table = BlockTableSize.Of(facts.Objects.Where(o => o.Path.Contains("/blocks/c/", StringComparison.Ordinal)));
            Assert.InRange(table.Words, 20, 512);
            Assert.Equal(16 * table.Stubs, table.StubBytes);
        }

        Assert.Equal(expected, fleet.RunAll(fleet.Link(frame + "aslr slide { seed 5; }").Plan));
    }

    /// <summary>Functions made at random on variables of another library: what they compute is what it was before they were rewritten.</summary>
    [Fact]
    public void Shuffle_OfRandomFunctions_ComputesTheSame()
    {
        string[] flags = ["-O2 -fPIE", "-O1 -fpic", "-O3 -fPIC"];
        for (int round = 0; round < flags.Length; round++)
        {
            Write(ShuffleSources.MakeWork(new Random(round)), flags[round]);
            Assert.Equal(fleet.RunAll(fleet.Link(Frame).Plan), fleet.RunAll(fleet.Link(Frame + $"aslr shuffle {{ seed {round}; tables apart; }}").Plan));
        }
    }

    /// <summary>Code for fixed addresses may call what is outside and take its address.</summary>
    [Fact]
    public void Shuffle_OfAddressesInFixedCode_ComputesTheSame()
    {
        const string source = ShuffleSources.Declarations + """
            static __attribute__((noipa)) long load(long *p) { return *p; }
            long *address(int n) { return n ? &array[5] : &array[2]; } long (*get(void))(void) { return state_sum; }
            long work(long x) { return load(&s1) + load(address(0)) * 3 + load(address(1)) + get()() + (x > 3 ? state_sum() : 0); }
            """;
        foreach (string flags in new[] { "-O0 -fno-pie", "-O2 -fno-pie" })
        {
            Write(source, flags);
            Assert.Equal(fleet.RunAll(fleet.Link(Frame).Plan), fleet.RunAll(fleet.Link(Frame + "aslr shuffle { seed 4; }").Plan));
        }
    }

    /// <summary>Objects with a byte changed anywhere: they are refused, or rewritten to what the linker takes or refuses, and nothing else happens.</summary>
    [Fact]
    public void Rewriting_OfDamagedObjects_NeverFailsOtherwise()
    {
        Write(ShuffleSources.Work, "-O2 -fpic");
        File.WriteAllText(folder["fleet.layout"], SmallFrame + "aslr shuffle { seed 1; }");
        byte[] original = File.ReadAllBytes(folder["work.o"]);
        var random = new Random(7);
        int written = 0;
        for (int i = 0; i < 120; i++)
        {
            byte[] damaged = (byte[])original.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder["work.o"], damaged);
            Result<FactsFile> facts = Measure();
            Assert.Equal(facts.HasErrors, facts.Value is null);
            if (facts.Value is null) continue;
            written++;
            string path = facts.Value.Objects.Select(o => o.Path).Single(p => p.EndsWith("/work/work.o", StringComparison.Ordinal));
            Assert.True(ElfFile.TryRead(File.ReadAllBytes(folder[path]), path, out _, out _));
        }

        Assert.InRange(written, 12, 119);
    }

    [Theory]
    [InlineData("long work(long x) { return s0 + x; }", "s0 at * of .text is a direct access to something that stands elsewhere in each image (and 1 others)")]
    [InlineData("__asm__(\"adrp x0, array\\n add x1, x0, :lo12:array\\n add x2, x0, :lo12:array+8\\n\");", "array at * of .text is a direct access to something that stands elsewhere in each image (and 2 others)")]
    [InlineData("__asm__(\"adrp x0, array\\n add x1, x0, :lo12:array\\n adrp x0, array+8\\n add x2, x0, :lo12:array+8\\n\");", "")]
    [InlineData("__asm__(\"cbz x0, state_sum\\n\");", "state_sum at * of .text is a conditional branch to something that stands elsewhere in each image")]
    [InlineData("__asm__(\"adr x0, s0\\n\");", "s0 at * of .text is a distance in code to something that stands elsewhere in each image")]
    [InlineData("__asm__(\"ldr x0, =s0\\n\");", "s0 at * of .text is an absolute address in code, which is another one in each image")]
    [InlineData("__asm__(\"movz x0, #:abs_g0_nc:s0\\n\");", "s0 at * of .text is an absolute address in code, which is another one in each image")]
    [InlineData("__asm__(\"ldr x0, :got:s0\\n\");", "s0 at * of .text is a relocation of type 309, which static code of the small model does not have")]
    [InlineData("__asm__(\"adrp x0, :got:s0\\n ldr xzr, [x0, :got_lo12:s0]\\n\");", "s0 at * of .text is a load of an address in a form that is not known")]
    [InlineData("__asm__(\".section .rodata; .word s0 - .; .text\");", "s0 at * of .rodata is a distance in data to something that stands elsewhere in each image")]
    [InlineData("__asm__(\".section .rodata; .xword s0; .text\");", "s0 at * of .rodata is an absolute address in read-only data, which is another one in each image")]
    public void Rewriting_OfWhatCannotMove_IsRefusedWithTheReason(string source, string message)
    {
        Write(ShuffleSources.Declarations + source, "-O2 -fno-pie");
        File.WriteAllText(folder["fleet.layout"], SmallFrame + "aslr shuffle { seed 1; }");
        Result<FactsFile> facts = Measure();
        Assert.Equal(message.Length == 0 ? [] : ["LAY4601"], facts.Diagnostics.Select(d => d.Id));
        if (message.Length > 0) Assert.Matches(Regex.Escape("work.o cannot be moved on its own: the reference to " + message).Replace("\\*", "0x[0-9a-f]+", StringComparison.Ordinal), facts.Diagnostics.Single().Message);
    }

    /// <summary>Code for -fpic knows one page of 4 KiB with words.</summary>
    [Fact]
    public void Rewriting_OfMoreWordsThanOnePageHas_IsRefused()
    {
        string many = string.Concat(Enumerable.Range(0, 520).Select(i => FormattableString.Invariant($"extern int v{i}; int *p{i}(void) {{ return &v{i}; }}\n")));
        Write(ShuffleSources.Declarations + many, "-O1 -fpic");
        File.WriteAllText(folder["fleet.layout"], SmallFrame + "aslr shuffle { seed 1; }");
        Diagnostic found = Assert.Single(Measure().Diagnostics);
        Assert.Equal("LAY4603", found.Id);
        Assert.Contains("'work' needs 520 words, and code for -fpic in it finds only the 512 on the first page of its table", found.Message, StringComparison.Ordinal);

        Compile("work", ShuffleSources.Declarations + many, "-O1 -fPIC");
        Assert.Empty(Measure().Diagnostics);
    }

    /// <summary>Without the C library: measuring is quick.</summary>
    private static string SmallFrame => string.Join('\n', Frame.Split('\n').Where(l => !Regex.IsMatch(l, "^library (crt|gcc|unwinder|c|sys|count) |^image [bde] "))).Replace("crt, gcc, unwinder, c, sys, ", "", StringComparison.Ordinal);

    private void Write(string work, string flags)
    {
        foreach (string file in new[] { "crt1.o", "crti.o", "crtbeginT.o", "crtend.o", "crtn.o", "libgcc.a", "libgcc_eh.a", "libc.a" })
        {
            File.Delete(folder[file]);
            File.CreateSymbolicLink(folder[file], Path.GetFullPath(Tool.Run(folder.Path, Compiler, $"-print-file-name={file}").Trim()));
        }

        Compile("sys", Sys + " __thread long shared = 40;", "-O2 -fPIC");
        Compile("count", Count, "-O2 -fPIC");
        Compile("state", ShuffleSources.State, "-O2 -fPIC");
        File.Delete(folder["libstate.a"]);
        Tool.Run(folder.Path, "aarch64-linux-gnu-ar", "rcs", "libstate.a", "state.o");
        Compile("work", work, flags);
        foreach (string name in new[] { "a", "b", "d", "e" })
        {
            string pad = name is "a" or "d" ? "" : "static char pad[5000]; void *use(int n) { return pad + n; }";
            string counting = name is "a" or "b" ? "" : "extern int count(int); static void more(void) { printf(\"%d\\n\", count(50)); }\n#define MORE more();";
            Compile(name, $$"""
                #include <stdio.h>
                extern long work(long); extern long state_sum(void); {{pad}} {{counting}}
                #ifndef MORE
                #define MORE
                #endif
                const char *name(void) { return "{{name}}"; }
                int main(void) { for (long i = 0; i < 20; i++) { printf("%lx", work(i)); printf(" %lx\n", state_sum()); } MORE return 0; }
                """, "-O1 -fno-pie");
        }
    }

    private void Compile(string name, string source, string flags)
    {
        folder.Write($"{name}.c", source + "\n");
        Tool.Run(folder.Path, Compiler, ["-c", "-fno-stack-protector", "-ftls-model=initial-exec", "-w", .. flags.Split(' '), $"{name}.c"]);
    }

    private Result<FactsFile> Measure() => ObjectMeasurer.Measure(LayoutFiles.Load(folder["fleet.layout"]).Bound!, folder.Path, null, default);
}
