using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>A real build with make is captured, adopted and linked again; the programs run.</summary>
public sealed class AdoptTests
{
    [Fact]
    public void Adopt_MakeBuild_ProgramsAreTheSameWithLibrariesInPlace()
    {
        using var project = new MakeProject();
        Assert.Contains("captured 2 links, 2 relocatable ones", project.Layout("capture", "-o", "cap", "--", "make", "-j4"), StringComparison.Ordinal);
        Assert.Contains("2 programs", project.Layout("adopt", "cap", "-o", "fleet.layout"), StringComparison.Ordinal);
        string layout = File.ReadAllText(project["fleet.layout"]);
        Assert.Contains("group common = core, count, greet, sum;", layout, StringComparison.Ordinal);
        Assert.Contains("image one { uses common; objects \"fleet.adopted/one/own/**/*.o\"; }", layout, StringComparison.Ordinal);
        Assert.Contains("section bss    (rw) { zero \".bss\"", layout, StringComparison.Ordinal);
        string linked = project.Layout("relink", "fleet.layout", "-o", "out", "--verify");
        Assert.Contains("linked 2 images into out, 0 up to date, 0 failed", linked, StringComparison.Ordinal);
        Assert.Contains("compared 2 of 2 programs with the originals", linked, StringComparison.Ordinal);
        foreach (string name in new[] { "one", "two" })
        {
            string product = $"out/{name}/{name}.bin";
            Assert.Equal(project.Start(name + ".bin"), project.Start(product));
            Assert.Equal("SEAL"u8.ToArray(), File.ReadAllBytes(project[product])[8..12]);
            Assert.Empty(Symbols(project, product));
        }

        Assert.Equal((42, "count zero\ngreet zero\ngreet one\ncount one\n"), project.Start("out/one/one.bin"));
        Dictionary<string, ulong> one = Symbols(project, "out/one.elf"), two = Symbols(project, "out/two.elf");
        foreach (string symbol in new[] { "greet", "count", "text.greet", "text.count", "sum", "sum_bias", "say", "table_start", "_etext", "_end" }) Assert.Equal((symbol, one[symbol]), (symbol, two[symbol]));

        Assert.Contains("verified 2 of 2 images", project.Layout("verify", "fleet.layout", "--images", "out"), StringComparison.Ordinal);
    }

    [Fact]
    public void Relink_AfterAChange_LinksOnlyWhatContainsItAndMovesNothingElse()
    {
        using var project = new MakeProject();
        project.Layout("capture", "-o", "cap", "--", "make", "-j4");
        project.Layout("adopt", "cap", "-o", "fleet.layout");
        project.Layout("relink", "fleet.layout", "-o", "out");
        Dictionary<string, ulong> before = Symbols(project, "out/two.elf");
        Assert.Contains("linked 0 images into out, 2 up to date, 0 failed", project.Layout("relink", "fleet.layout", "-o", "out"), StringComparison.Ordinal);

        project.Write("apps/two.c", "void greet(void); void say(const char *); int sum(int, int); int main(void) { say(\"another two\\n\"); greet(); return sum(3, 2); }\n");
        project.Layout("capture", "-o", "cap", "--", "make", "-j4");
        Assert.Contains("linked 1 images into out, 1 up to date, 0 failed", project.Layout("relink", "fleet.layout", "-o", "out", "--verify"), StringComparison.Ordinal);
        Assert.Equal((45, "count zero\ngreet zero\nanother two\ngreet one\n"), project.Start("out/two/two.bin"));
        Dictionary<string, ulong> after = Symbols(project, "out/two.elf");
        foreach (string symbol in new[] { "greet", "count", "text.greet", "sum", "say" }) Assert.Equal((symbol, before[symbol]), (symbol, after[symbol]));

        // A library that grows moves no other.
        project.Write("sum/sum.c", "int sum_bias = 40; int sum(int a, int b) { int all = sum_bias; for (int i = 0; i < 1000; i++) all += (a ^ i) * (b + i) % 7 & 0; return all + a + b; }\n");
        project.Layout("capture", "-o", "cap", "--", "make", "-j4");
        Assert.Contains("linked 2 images", project.Layout("relink", "fleet.layout", "-o", "out", "--verify"), StringComparison.Ordinal);
        after = Symbols(project, "out/two.elf");
        foreach (string symbol in new[] { "greet", "count", "text.greet", "say" }) Assert.Equal((symbol, before[symbol]), (symbol, after[symbol]));
        Assert.Equal(42, project.Start("out/one/one.bin").Code);
    }

    [Fact]
    public void Relink_AStepThatFails_CountsAsFailedUntilItDoesNot()
    {
        using var project = new MakeProject();
        project.Write("mark", "#!/bin/sh\n[ ! -e stop ] || { echo 'cannot mark' >&2; exit 3; }");
        Tool.Run(project.Root, "chmod", "+x", "mark");
        project.Write("Makefile", File.ReadAllText(project["Makefile"]).Replace("\tstrip -s -o", "\t./mark $< && strip -s -o", StringComparison.Ordinal));
        project.Layout("capture", "-o", "cap", "--tool", "mark", "--", "make", "-j4");
        project.Layout("adopt", "cap", "-o", "fleet.layout");
        project.Write("stop", "");
        (int code, string output) = project.TryLayout("relink", "fleet.layout", "-o", "out", "--verify");
        Assert.Equal(1, code);
        Assert.Contains("linked 0 images into out, 0 up to date, 2 failed", output, StringComparison.Ordinal);
        Assert.Contains("error LAY4509:", output, StringComparison.Ordinal);
        Assert.Contains("cannot mark", output, StringComparison.Ordinal);
        Assert.False(File.Exists(project["out/one/one.bin"]));
        File.Delete(project["stop"]);
        Assert.Contains("0 failed", project.Layout("relink", "fleet.layout", "-o", "out", "--verify"), StringComparison.Ordinal);
        Assert.Equal(project.Start("one.bin"), project.Start("out/one/one.bin"));
    }

    [Fact]
    public void Adopt_Again_KeepsWhatWasEdited()
    {
        using var project = new MakeProject();
        project.Layout("capture", "-o", "cap", "--", "make");
        project.Layout("adopt", "cap", "-o", "fleet.layout");
        string layout = project["fleet.layout"];
        string edited = File.ReadAllText(layout).Replace("layout Adopted.Fleet;", "layout My.Fleet;    // mine", StringComparison.Ordinal) + "headroom { greet.*: 50%; }\n";
        File.WriteAllText(layout, edited);
        project.Write("apps/three.c", "void count(void); int main(void) { count(); return 3; }\n");
        project.Layout("capture", "-o", "cap", "--", "make", "three.bin");
        Assert.Contains("3 programs", project.Layout("adopt", "cap", "-o", "fleet.layout"), StringComparison.Ordinal);
        string merged = File.ReadAllText(layout);
        Assert.Contains("layout My.Fleet;    // mine", merged, StringComparison.Ordinal);
        Assert.Contains("headroom { greet.*: 50%; }", merged, StringComparison.Ordinal);
        Assert.Contains("image three { uses common;", merged, StringComparison.Ordinal);
        Assert.Contains("linked 3 images", project.Layout("relink", "fleet.layout", "--verify"), StringComparison.Ordinal);

        // As in a clone, which has the layout and its lock only.
        Directory.Delete(project["fleet.adopted"], recursive: true);
        project.Layout("adopt", "cap", "-o", "fleet.layout");
        Assert.Equal(merged, File.ReadAllText(layout));
        Assert.Contains("0 failed", project.Layout("relink", "fleet.layout", "--verify"), StringComparison.Ordinal);
    }

    [Fact]
    public void Capture_Tools_ReturnWhatTheRealOnesDo()
    {
        using var project = new MakeProject();
        project.Write("bad.s", ".globl _start\n_start: call nowhere\n");
        project.Write("response", "-r -o 'joined object.o' \"sum/sum.o\" sum/unused.o");
        project.Write("killed", "#!/bin/sh\nkill -TERM $$");
        Tool.Run(project.Root, "chmod", "+x", "killed");
        project.Write("build.sh", """
            make -s sum/sum.o sum/unused.o
            as bad.s -o bad.o
            ld bad.o -o bad; echo "bad link $?"
            ld @response; echo "response $?"
            ld --version | head -1
            objcopy nothing.o; echo "objcopy $?"
            $PWD/killed; echo "killed $?"
            for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do ld -r sum/sum.o -o parallel$i.o & done
            wait
            exit 7
            """);
        (int plainCode, string plain) = Tool.TryRun(project.Root, "sh", "build.sh");
        foreach (string made in Directory.GetFiles(project.Root, "*.o")) File.Delete(made);
        (int code, string captured) = project.TryLayout("capture", "-o", "cap", "--tool", "killed", "--", "sh", "build.sh");
        Assert.Equal((7, 7), (plainCode, code));
        Assert.Equal(Lines(plain).Append("captured 0 links, 17 relocatable ones and 0 runs of other tools in cap").Order(StringComparer.Ordinal), Lines(captured).Order(StringComparer.Ordinal));
        Assert.Contains("response 0", captured, StringComparison.Ordinal);
        Assert.Contains("killed 143", captured, StringComparison.Ordinal);
        Assert.True(File.Exists(project["joined object.o"]));
        Assert.Empty(Directory.GetFiles(project["cap/records"], "*.tmp"));
    }

    [Fact]
    public void Capture_Damaged_IsADiagnostic()
    {
        using var project = new MakeProject();
        project.Layout("capture", "-o", "cap", "--", "make");
        string[] records = Directory.GetFiles(project["cap/records"]);
        string[] damaged = ["", "\0\u0001", "layoutdsl-capture 2\nend\n", "layoutdsl-capture 1\n", "layoutdsl-capture 1\ntool \"ld\" \"/usr/bin/ld\"\ninput \"a.o\" ../../etc/passwd\nend\n", "layoutdsl-capture 1\nwhat 1\nend\n"];
        var random = new Random(1);
        foreach (string record in records.Take(2).Concat(records.TakeLast(1)))
        {
            string text = File.ReadAllText(record);
            foreach (string bad in damaged.Append(text[..(text.Length / 2)]).Append(string.Concat(text.Select(c => random.Next(40) == 0 ? (char)random.Next(1, 127) : c))))
            {
                File.WriteAllText(record, bad);
                (int code, string output) = Run("adopt", project["cap"], "-o", project["bad.layout"]);
                Assert.Equal(1, code);
                Assert.Matches("error LAY45[0-9][0-9]:", output);
                Assert.False(File.Exists(project["bad.layout"]));
            }

            File.WriteAllText(record, text);
        }

        // Copies that are gone, and copies of another content.
        foreach (string copy in Directory.GetFiles(project["cap/files"])) File.WriteAllText(copy, "garbage");
        (int garbled, string said) = Run("adopt", project["cap"], "-o", project["bad.layout"]);
        Assert.Equal(1, garbled);
        Assert.Matches("error LAY4[0-9]{3}:", said);
        foreach (string copy in Directory.GetFiles(project["cap/files"])) File.Delete(copy);
        (int gone, said) = Run("adopt", project["cap"], "-o", project["bad.layout"]);
        Assert.Equal(1, gone);
        Assert.Contains("error LAY4501:", said, StringComparison.Ordinal);
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        int code = LayoutTool.RunAsync(arguments, output, output).GetAwaiter().GetResult();
        return (code, output.ToString());
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, ulong> Symbols(MakeProject project, string path)
    {
        ElfFile file = ElfFile.Read(File.ReadAllBytes(project[path]), path);
        Assert.True(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _));
        return symbols.Where(s => s.Name.Length > 0 && !s.IsUndefined).GroupBy(s => s.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
    }
}
