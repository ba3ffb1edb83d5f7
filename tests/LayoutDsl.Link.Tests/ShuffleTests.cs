using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Libraries that stand somewhere else in each image: compiled, rewritten, linked by the real linker, run and compared page by page.</summary>
public sealed class ShuffleTests : IDisposable
{
    private const string Frame = """
        layout Small.Fleet;
        target x86_64 { entry _start; }
        region ram (rwx) { origin 4MiB; length 64MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section relro (rw) { relro ".data.rel.ro" ".data.rel.ro.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        section got (rw) { table ".got" ".got.plt" ".igot" ".igot.plt" reserve 1KiB }
        discard ".note.gnu.property";
        library sys { objects "sys.o"; }
        library state { archive "libstate.a"; }
        library work { members "libwork.a"; }
        image a { uses sys, state, work; objects "a.o"; }
        image b { uses sys, state, work; objects "b.o"; }
        place libraries in ram from 8MiB;

        """;

    private readonly TemporaryFolder folder = new();
    private readonly MovedFleet fleet;

    public ShuffleTests() => fleet = new MovedFleet(folder, "ld", null);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("-O2 -fPIE")]
    [InlineData("-O0 -fPIE")]
    [InlineData("-O2 -fPIC")]
    [InlineData("-Os -fPIE -mno-direct-extern-access")]
    public void Shuffle_OfSeveralSeeds_RunsAlikeAndSharesCode(string flags)
    {
        Write(ShuffleSources.Work, flags);
        string expected = RunAll(Link("none", 0), "none");
        foreach (int seed in new[] { 1, 2 })
        {
            (BoundLayout layout, FactsFile facts, LayoutPlan plan) = Link("shuffle", seed);
            Assert.Equal(expected, RunAll((layout, facts, plan), "shuffle"));
            fleet.AssertVerified(facts, plan);
            IReadOnlyList<LibrarySharing> libraries = fleet.Count(layout, plan);
            Assert.All(libraries.SelectMany(l => l.Sections).Where(s => s.Section is "text" or "rodata" or "bss"), s => Assert.Equal(s.Pages, s.Shared));
            Assert.Contains(libraries.Single(l => l.Name == "work").Sections, s => s.Section == "relro" && s.Shared == 0);
            Assert.All(plan.GetLibraries(plan.Images[0]), l => Assert.NotEqual(l.GetSlots(plan.Images[0]).First().Address, l.GetSlots(plan.Images[1]).First().Address));
        }

        (BoundLayout, FactsFile, LayoutPlan Plan) slid = Link("slide", 5);
        Assert.Equal(expected, RunAll(slid, "slide"));
        fleet.AssertVerified(slid.Item2, slid.Plan);
    }

    /// <summary>
    /// Libraries with few words have them, and their pointers, on one page that each block has at its own distance: its copies are equal in an image, also in one that lacks a library, and what runs uses them.
    /// </summary>
    [Fact]
    public void Shuffle_OfSmallLibraries_HasOnePageOfTablesInEachImage()
    {
        Write(ShuffleSources.Work, "-O2 -fPIE");
        Compile("c", "extern long state_sum(void); int run(void) { return state_sum() == 0; }", "-O1 -fno-pic");
        string frame = Frame.Replace("place libraries", "image c { uses sys, state; objects \"c.o\"; }\nplace libraries", StringComparison.Ordinal);
        string expected = RunAll(fleet.Link(frame + Aslr("none", 0)), "none");
        foreach ((string tables, bool isPacked) in new[] { ("packed", true), ("apart", false) })
        {
            (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan) linked = fleet.Link(frame + $"aslr shuffle {{ seed 9; tables {tables}; }}");
            Assert.Equal(expected, RunAll(linked, "shuffle"));
            fleet.AssertVerified(linked.Facts, linked.Plan);
            foreach (ImagePlan image in linked.Plan.Images)
            {
                MemoryImage memory = MemoryImage.Load(fleet.Read(image), linked.Plan.Page);
                PageContent[] pages = linked.Plan.GetLibraries(image)
                    .SelectMany(l => l.GetSlots(image))
                    .Where(s => s.Section == "relro" && s.Size > 0)
                    .Select(s => memory.Pages.Single(p => p.Address == s.Address).Content)
                    .ToArray();
                Assert.Equal(image.Libraries.Count, pages.Length);
                Assert.Equal(isPacked ? 1 : pages.Length, pages.Distinct().Count());
            }

            // In this much room no chance puts a library at one address twice.
            Assert.All(fleet.Count(linked.Layout, linked.Plan).SelectMany(l => l.Sections).Where(s => s.Section is "text" or "rodata"), s => Assert.Equal(s.Pages, s.Shared));
        }
    }

    /// <summary>Functions made at random, with all kinds of instructions on variables of another library: what they compute is what it was before they were rewritten.</summary>
    [Fact]
    public void Shuffle_OfRandomFunctions_ComputesTheSame()
    {
        for (int round = 0; round < 4; round++)
        {
            Write(ShuffleSources.MakeWork(new Random(round)), round % 2 == 0 ? "-O2 -fPIE" : "-O1 -fPIE -mavx2");
            string expected = RunAll(Link("none", 0), "none");
            Assert.Equal(expected, RunAll(Link("shuffle", round), "shuffle"));
        }
    }

    /// <summary>Objects with a byte changed anywhere: they are refused, or rewritten to what the linker takes or refuses, and nothing else happens.</summary>
    [Fact]
    public void Rewriting_OfDamagedObjects_NeverFailsOtherwise()
    {
        Write(ShuffleSources.Work, "-O2 -fPIE");
        File.WriteAllText(folder["fleet.layout"], Frame.Replace("members \"libwork.a\"", "objects \"work.o\"", StringComparison.Ordinal) + Aslr("shuffle", 1));
        byte[] original = File.ReadAllBytes(folder["work.o"]);
        var random = new Random(7);
        int written = 0;
        for (int i = 0; i < 120; i++)
        {
            byte[] damaged = (byte[])original.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder["work.o"], damaged);
            BoundLayout layout = LayoutFiles.Load(folder["fleet.layout"]).Bound!;
            Result<FactsFile> facts = ObjectMeasurer.Measure(layout, folder.Path, null, default);
            Assert.Equal(facts.HasErrors, facts.Value is null);
            if (facts.Value is null) continue;
            written++;
            string path = facts.Value.Objects.Select(o => o.Path).Single(p => p.EndsWith("/work/work.o", StringComparison.Ordinal));
            Assert.True(ElfFile.TryRead(File.ReadAllBytes(folder[path]), path, out _, out _));
        }

        Assert.InRange(written, 12, 119);
    }

    [Theory]
    [InlineData("long work(long x) { return s0 + x; }", "-O2 -fno-pic", "")]
    [InlineData("int table[4]; long work(long x) { return table[x & 3] + s0; }", "-O2 -fno-pic", "libwork.a(work.o) cannot be moved on its own: the reference to table at * of .text is an absolute address in code")]
    [InlineData("long work(long x) { __asm__(\"pushq s0(%%rip)\\n popq %0\" : \"=r\"(x)); return x; }", "-O2 -fPIE", "libwork.a(work.o) cannot be moved on its own: the reference to s0 at * of .text is an instruction that cannot be moved")]
    [InlineData("__asm__(\".section .rodata; .long s0 - .; .text\"); long work(long x) { return x; }", "-O2 -fPIE", "libwork.a(work.o) cannot be moved on its own: the reference to s0 at * of .rodata is a distance in data to something that stands elsewhere in each image")]
    [InlineData("__asm__(\".section .rodata; .quad s0; .text\"); long work(long x) { return x; }", "-O2 -fPIE", "libwork.a(work.o) cannot be moved on its own: the reference to s0 at * of .rodata is an absolute address in read-only data")]
    public void Rewriting_OfWhatCannotMove_IsRefusedWithTheReason(string source, string flags, string message)
    {
        Write(ShuffleSources.Declarations + source, flags);
        File.WriteAllText(folder["fleet.layout"], Frame + Aslr("shuffle", 1));
        Result<FactsFile> facts = ObjectMeasurer.Measure(LayoutFiles.Load(folder["fleet.layout"]).Bound!, folder.Path, null, default);
        Assert.Equal(message.Length == 0 ? [] : ["LAY4601"], facts.Diagnostics.Select(d => d.Id));
        if (message.Length > 0) Assert.Matches(System.Text.RegularExpressions.Regex.Escape(message).Replace("\\*", "0x[0-9a-f]+", StringComparison.Ordinal), facts.Diagnostics.Single().Message);

        // What cannot move may stay.
        File.WriteAllText(folder["fleet.layout"], Frame + "aslr shuffle { seed 1; fixed work; }");
        IEnumerable<Diagnostic> staying = ObjectMeasurer.Measure(LayoutFiles.Load(folder["fleet.layout"]).Bound!, folder.Path, null, default).Diagnostics;
        if (message.Contains("absolute", StringComparison.Ordinal)) Assert.Empty(staying);
    }

    private static string Aslr(string mode, int seed) => FormattableString.Invariant($"aslr {mode} {{ seed {seed}; }}");

    private void Write(string work, string flags)
    {
        Compile("sys", SmallFleet.Runtime + "extern int run(void); void begin(void) { finish(run()); }\n__asm__(\".globl _start\\n_start: andq $-16, %rsp\\n call begin\\n\");", "-O2 -fPIE");
        Compile("state", ShuffleSources.State, "-O2 -fPIE");
        Compile("work", work, flags);
        foreach (string name in new[] { "a", "b" })
        {
            string pad = name == "a" ? "" : "static char pad[5000]; void *use(int n) { return pad + n; }";
            Compile(name, $$"""
                extern void print(const char *); extern long work(long); extern long state_sum(void); {{pad}}
                static void number(unsigned long n) { char t[20]; for (int i = 0; i < 16; i++) t[i] = "0123456789abcdef"[n >> (60 - 4 * i) & 15]; t[16] = '\n'; t[17] = 0; print(t); }
                int run(void) { print("{{name}}\n"); for (long i = 0; i < 20; i++) { number(work(i)); number(state_sum()); } return 0; }
                """, "-O1 -fno-pic");
        }

        foreach (string name in new[] { "state", "work" })
        {
            File.Delete(folder[$"lib{name}.a"]);
            Tool.Run(folder.Path, "ar", "rcs", $"lib{name}.a", $"{name}.o");
        }
    }

    private void Compile(string name, string source, string flags)
    {
        folder.Write($"{name}.c", source);
        string[] common = ["-c", "-ffreestanding", "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-fcf-protection=none", "-w"];
        Tool.Run(folder.Path, "gcc", [.. common, .. flags.Split(' '), $"{name}.c"]);
    }

    private (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan) Link(string mode, int seed) => fleet.Link(Frame + Aslr(mode, seed));

    private string RunAll((BoundLayout, FactsFile, LayoutPlan Plan) linked, string mode)
    {
        Assert.Equal(mode != "none", linked.Plan.Aslr is not null);
        return fleet.RunAll(linked.Plan);
    }
}
