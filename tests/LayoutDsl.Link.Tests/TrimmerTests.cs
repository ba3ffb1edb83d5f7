using System;
using System.IO;
using System.Linq;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Real executables without pages that they do not need: they run as before, and the pages are gone.</summary>
public sealed class TrimmerTests : IDisposable
{
    private const int Crash = 128 + 11;

    private readonly TemporaryFolder folder = new();

    public TrimmerTests()
    {
        folder.Write("program.c", TrimmerSources.Source);
        Compile(4096, "-fno-toplevel-reorder");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("separate-code")]
    [InlineData("noseparate-code")]
    public void Trim_MappedProgram_RunsWithoutItsPages(string code)
    {
        Gcc("-static", "-nostdlib", "program.o", "-o", "program", $"-Wl,-z,max-page-size=4096,-z,{code},--build-id=none");
        AssertRuns("program", false);
        var trimmed = new TrimmedProgram(folder, "program", Page("second"), Page("third"), Page("fifth"));
        Assert.Equal(TrimmedProgram.Loads(trimmed.Before).Length + 2, TrimmedProgram.Loads(trimmed.After).Length);
        Assert.True(trimmed.Before.Data.Length - trimmed.After.Data.Length > 3 * 4000);
        trimmed.Check();
        trimmed.CheckPadding();
        AssertRuns(trimmed.Name, true);
        AssertRuns(trimmed.Name + ".stripped", true);
    }

    [Fact]
    public void Trim_ProgramWithAByteForItsHeaders_MovesItToTheEndOfTheTable()
    {
        LinkWithHeaders("");
        AssertRuns("program", false);
        var trimmed = new TrimmedProgram(folder, "program", Page("second"), Page("third"), Page("fifth"));
        ElfSection old = trimmed.Before.Sections.Single(s => s.Name == ".headers");
        ElfSection moved = trimmed.After.Sections.Single(s => s.Name == ".headers");
        Assert.Equal((old.Address + (2 * 56), 1UL), (moved.Address, moved.Size));
        Assert.Equal(64UL + (ulong)(56 * trimmed.After.Segments.Count), moved.Offset);
        Assert.Equal(moved.Offset + 1, TrimmedProgram.Loads(trimmed.After)[0].FileSize);
        trimmed.Check();
        trimmed.CheckPadding();
        AssertRuns(trimmed.Name, true);
    }

    [Fact]
    public void Trim_TableWithoutRoom_GivesUpTheSmallestRanges()
    {
        // Behind the headers there is room for one more.
        LinkWithHeaders(".behind 0x400000 + SIZEOF_HEADERS + 60 : { LONG(7) } :headers");
        (ulong First, ulong End) second = Page("second");
        (ulong First, ulong End) fifth = Page("fifth");
        var trimmed = new TrimmedProgram(folder, "program", second, fifth);
        ulong[] starts = [.. TrimmedProgram.Loads(trimmed.After).Select(s => s.VirtualAddress)];
        Assert.Equal(TrimmedProgram.Loads(trimmed.Before).Length + 1, starts.Length);
        Assert.Contains(fifth.End, starts);
        Assert.DoesNotContain(second.End, starts);
        AssertRuns(trimmed.Name, false);

        // "second" and "third" are one range, larger than that of "fifth".
        trimmed = new TrimmedProgram(folder, "program", second, Page("third"));
        trimmed.Check();
        AssertRuns(trimmed.Name, true);
        trimmed = new TrimmedProgram(folder, "program", second, Page("third"), fifth);
        Assert.Contains(Page("third").End, TrimmedProgram.Loads(trimmed.After).Select(s => s.VirtualAddress));
        Assert.Contains(trimmed.After.Sections, s => s.Address <= fifth.First && s.Address + s.Size >= fifth.End);
        AssertRuns(trimmed.Name, true);
    }

    [Fact]
    public void Trim_NotesBehindTheHeaders_StayWithAllRangesThatWouldNeedAHeader()
    {
        Gcc("-static", "-nostdlib", "program.o", "-o", "program", "-Wl,-z,max-page-size=4096,--build-id=sha1");
        var trimmed = new TrimmedProgram(folder, "program", (0x400000, 0x401000), Page("second"));
        Assert.Equal(TrimmedProgram.Loads(trimmed.Before).Select(s => s.ToString()), TrimmedProgram.Loads(trimmed.After).Select(s => s.ToString()));
        AssertRuns(trimmed.Name, false);
    }

    [Fact]
    public void Trim_BytesThatOtherHeadersDescribe_StayButForUnwindingTables()
    {
        string functions = string.Concat(Enumerable.Range(0, 900).Select(i => $".cfi_startproc\nf{i}: nop\n.cfi_endproc\n"));
        folder.Write("tables.s", $".globl _start\n_start: movl $60, %eax\n xorl %edi, %edi\n syscall\n{functions}.section .tdata,\"awT\",@progbits\n.skip 9000, 1\n.section .tbss,\"awT\",@nobits\n.globl t\nt: .skip 9000\n.data\n.long 1\n");
        Gcc("-static", "-nostdlib", "tables.s", "-o", "tables", "-Wl,-z,max-page-size=4096,--eh-frame-hdr,--build-id=none");
        ElfFile file = ElfFile.Read(File.ReadAllBytes(folder["tables"]), "tables");
        ElfSegment unwind = file.Segments.Single(s => s.Type == ElfSegmentType.GnuEhFrame);
        Assert.True(unwind.MemorySize > 4096);

        // What is behind its first bytes: the header speaks of what is before it. Its first bytes: there is no header.
        var trimmed = new TrimmedProgram(folder, "tables", (unwind.VirtualAddress + 16, unwind.VirtualAddress + 4096));
        ElfSegment clipped = trimmed.After.Segments.Single(s => s.Type == ElfSegmentType.GnuEhFrame);
        Assert.Equal((unwind.VirtualAddress, 16UL, 16UL), (clipped.VirtualAddress, clipped.FileSize, clipped.MemorySize));
        trimmed.Check();
        trimmed = new TrimmedProgram(folder, "tables", (unwind.VirtualAddress, unwind.VirtualAddress + 4096));
        Assert.DoesNotContain(trimmed.After.Segments, s => s.Type == ElfSegmentType.GnuEhFrame);
        trimmed.Check();
        Tool.Run(folder.Path, folder[trimmed.Name]);

        // The template of thread-local storage stays whole; addresses of its zeros are those of what follows it.
        ElfSegment tls = file.Segments.Single(s => s.Type == ElfSegmentType.Tls);
        trimmed = new TrimmedProgram(folder, "tables", (tls.VirtualAddress + 4096, tls.VirtualAddress + 4100));
        ElfSegment kept = trimmed.After.Segments.Single(s => s.Type == ElfSegmentType.Tls);
        Assert.Equal((tls.VirtualAddress, tls.FileSize, tls.MemorySize), (kept.VirtualAddress, kept.FileSize, kept.MemorySize));
        Assert.True(tls.Data.Span.SequenceEqual(kept.Data.Span));
        Assert.Equal(TrimmedProgram.Loads(trimmed.Before).Select(s => s.ToString()), TrimmedProgram.Loads(trimmed.After).Select(s => s.ToString()));

        // A range that touches it goes all the same.
        ulong end = tls.VirtualAddress + tls.FileSize;
        trimmed = new TrimmedProgram(folder, "tables", (end - 16, end), (end, end + 2));
        ElfSegment[] loads = TrimmedProgram.Loads(trimmed.After);
        Assert.Contains(loads, s => s.VirtualAddress + s.MemorySize == end);
        Assert.Contains(loads, s => s.VirtualAddress == end + 2);
    }

    [Fact]
    public void Trim_PackedProgram_RunsFromALoaderWithoutItsPages()
    {
        // The script puts functions on pages of their own; the segments are aligned as the functions are.
        Compile(16, "-ffunction-sections");
        string pages = string.Concat(new[] { "first", "second", "third", "fourth", "fifth", "start" }.Select(f => $" . = ALIGN(4096); *(.text.{f})"));
        string text = TrimmerSources.Sections.Replace("*(.text .text.*)", $"*(.text .text.print .text.finish .text.call){pages}", StringComparison.Ordinal);
        folder.Write("packed.ld", "ENTRY(_start)\nPHDRS { text PT_LOAD FLAGS(5); rodata PT_LOAD FLAGS(4); data PT_LOAD FLAGS(6); }\nSECTIONS {\n  . = 0x400000;\n" + text.Replace(".text :", ".text : AT(0x800000)", StringComparison.Ordinal));
        folder.Write("loader.c", TrimmerSources.Loader);
        Gcc("-O1", "-w", "-fno-stack-protector", "loader.c", "-o", "loader");
        Gcc("-static", "-nostdlib", "program.o", "-o", "program", "-Wl,-z,max-page-size=16,-T,packed.ld,--build-id=none");
        Assert.Equal((0, "right\n"), Tool.TryRun(folder.Path, folder["loader"], "program"));
        Assert.Equal((7, "right\n"), Tool.TryRun(folder.Path, folder["loader"], "program", "more"));
        var trimmed = new TrimmedProgram(folder, "program", Page("second"), Page("third"), Page("fifth"));
        trimmed.Check();
        trimmed.CheckPadding();
        Assert.All(TrimmedProgram.Loads(trimmed.After), s => Assert.Equal((true, 0x400000UL), (s.Alignment is > 0 and <= 32, s.PhysicalAddress - s.VirtualAddress)));
        Assert.Equal((0, "right\n"), Tool.TryRun(folder.Path, folder["loader"], trimmed.Name));
        Assert.Equal((Crash, "right\n"), Tool.TryRun(folder.Path, folder["loader"], trimmed.Name, "more"));
    }

    [Fact]
    public void Trim_StaticGlibcProgram_RunsWithoutTheMiddleOfAFunction()
    {
        folder.Write("hello.c", """
            #include <errno.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <time.h>
            static __thread int count = 40;
            __attribute__((used, aligned(4096))) static void large(void) { __asm__ volatile(".skip 20000, 0x90"); }
            static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
            int main(int argc, char **argv)
            {
                int numbers[] = {5, 3, 9, 1};
                time_t zero = 0;
                char *text = malloc(100000);
                qsort(numbers, 4, sizeof *numbers, compare);
                snprintf(text, 1000, "%d %s %.3f %s", numbers[3] + count++, strerror(ENOENT), 1.5 * argc, asctime(gmtime(&zero)));
                puts(text);
                if (argc > 1) ((void (*)(void))((char *)large + 4096))();
                return 3;
            }
            """);
        Gcc("-static", "-O1", "-g", "hello.c", "-o", "plain", "-Wl,-z,max-page-size=4096");
        (int Code, string Output) expected = Tool.TryRun(folder.Path, folder["plain"]);
        Assert.Equal(3, expected.Code);
        Assert.Contains("49 No such file or directory 1.500 Thu Jan  1 00:00:00 1970", expected.Output, StringComparison.Ordinal);

        // As GNU ld links it, notes follow the headers directly: the range stays, and the program still runs.
        var trimmed = new TrimmedProgram(folder, "plain", TrimmedProgram.Pages(folder, "plain", "large", 4));
        Assert.Equal(TrimmedProgram.Loads(trimmed.Before).Select(s => s.ToString()), TrimmedProgram.Loads(trimmed.After).Select(s => s.ToString()));
        Assert.Equal(expected, Tool.TryRun(folder.Path, folder[trimmed.Name]));
        Tool.Run(folder.Path, "bash", "-c", "ld --verbose | sed '1,/^====/d; /^====/,$d; s/+ SIZEOF_HEADERS/+ SIZEOF_HEADERS + 112/' > room.ld");
        Gcc("-static", "-O1", "-g", "hello.c", "-o", "hello", "-Wl,-z,max-page-size=4096,-T,room.ld");
        (ulong First, ulong End) large = TrimmedProgram.Pages(folder, "hello", "large", 4);
        trimmed = new TrimmedProgram(folder, "hello", large);
        Assert.Equal(TrimmedProgram.Loads(trimmed.Before).Length + 1, TrimmedProgram.Loads(trimmed.After).Length);
        trimmed.Check();
        trimmed.CheckPadding();
        Assert.Equal(expected, Tool.TryRun(folder.Path, folder[trimmed.Name]));
        Assert.Equal(expected, Tool.TryRun(folder.Path, folder[trimmed.Name + ".stripped"]));
        Assert.Equal(Crash, Tool.TryRun(folder.Path, folder[trimmed.Name], "more").Code);
    }

    [Fact]
    public void Trim_ProgramOf32Bits_KeepsItsOtherMemory()
    {
        folder.Write("small.s", """
                .globl _start
                .p2align 12
            _start: movl $1, %eax
                movl $5, %ebx
                int $0x80
                .p2align 12
                .globl second
            second: ret
                .p2align 12
                .globl third
            third: ret
                .data
                .long _start
            """);
        Tool.Run(folder.Path, "as", "--32", "small.s", "-o", "small.o");
        Tool.Run(folder.Path, "ld", "-m", "elf_i386", "-z", "max-page-size=4096", "small.o", "-o", "small");
        var trimmed = new TrimmedProgram(folder, "small", TrimmedProgram.Pages(folder, "small", "second"));
        Assert.Equal(ElfClass.Elf32, trimmed.After.Class);
        Assert.Equal(TrimmedProgram.Loads(trimmed.Before).Length + 1, TrimmedProgram.Loads(trimmed.After).Length);
        trimmed.Check();
        trimmed.CheckPadding();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trim_ImagesOfAFleet_HaveNothingElseGone(bool isPacked)
    {
        using var fleet = new SmallFleet(isPacked ? SmallFleet.PackedLayout : SmallFleet.Layout);
        Assert.Empty(fleet.Link().Diagnostics);
        foreach (string image in fleet.Plan().Plan.Images.Select(i => i.Name))
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(fleet.Output, image + ".elf"));
            folder.Write(image, bytes);

            // Whole segments go, and the last keeps its second half.
            ElfSegment[] code = [.. TrimmedProgram.Loads(ElfFile.Read(bytes, image)).Where(s => (s.Flags & ElfSegmentFlags.Execute) != 0)];
            (ulong First, ulong End)[] ranges = [.. code.Select(s => (s.VirtualAddress, s.VirtualAddress + s.MemorySize))];
            ranges[^1].End -= code[^1].MemorySize / 2;
            var trimmed = new TrimmedProgram(folder, image, ranges);
            Assert.Single(TrimmedProgram.Loads(trimmed.After), s => (s.Flags & ElfSegmentFlags.Execute) != 0);
            trimmed.Check();
        }
    }

    private void Compile(int alignment, string option) =>
        Gcc("-c", "-g", "-O1", option, $"-DALIGNMENT={alignment}", "-ffreestanding", "-fno-pic", "-fno-stack-protector", "-fcf-protection=none", "program.c");

    private void LinkWithHeaders(string behind)
    {
        string head = "ENTRY(_start)\nPHDRS { headers PT_LOAD FILEHDR PHDRS FLAGS(4); text PT_LOAD FLAGS(5); rodata PT_LOAD FLAGS(4); data PT_LOAD FLAGS(6); }\nSECTIONS {\n"
            + $"  .headers 0x400000 + SIZEOF_HEADERS : {{ BYTE(0) }} :headers\n  {behind}\n  . = 0x401000;\n";
        folder.Write("headers.ld", head + TrimmerSources.Sections);
        Gcc("-static", "-nostdlib", "program.o", "-o", "program", "-Wl,-z,max-page-size=4096,-T,headers.ld,--build-id=none");
    }

    private (ulong First, ulong End) Page(string function) => TrimmedProgram.Pages(folder, "program", function);

    private void AssertRuns(string program, bool isTrimmed)
    {
        Assert.Equal((0, "right\n"), Tool.TryRun(folder.Path, folder[program]));
        Assert.Equal((isTrimmed ? Crash : 7, "right\n"), Tool.TryRun(folder.Path, folder[program], "more"));
    }

    private void Gcc(params string[] arguments) => Tool.Run(folder.Path, "gcc", arguments);
}
