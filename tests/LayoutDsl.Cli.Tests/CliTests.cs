using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

public sealed partial class CliTests
{
    [Fact]
    public async Task Check_CorrectLayout_SaysSo()
    {
        using var fleet = new SmallFleet();
        (int code, string output, string error) = await Run("check", fleet.LayoutPath);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Small.Fleet is correct: 2 libraries, 5 images", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Typo_ShowsPlaceLineAndHint()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("bad.layout", "layout A.B;\nlibary zlib { objects \"z.o\"; }\n");
        (int code, string output, string error) = await Run("check", path);
        Assert.Equal((1, ""), (code, output));
        string[] lines = error.Split('\n');
        Assert.Contains(lines, l => l.StartsWith($"{path}(2,1): error LAY0003: 'libary' does not start a declaration", StringComparison.Ordinal));
        Assert.Contains("    2 | libary zlib { objects \"z.o\"; }", lines);
        Assert.Contains("      | ^^^^^^", lines);
        Assert.Contains("  hint: did you mean 'library'?", lines);
    }

    [Fact]
    public async Task Check_TypoAsJson_GivesOneObject()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("bad.layout", "layout A.B;\nlibary zlib { }\n");
        (int code, string output, string error) = await Run("check", path, "--format", "json");
        Assert.Equal((1, ""), (code, error));
        JsonElement first = JsonDocument.Parse(output).RootElement.GetProperty("diagnostics").EnumerateArray().First(d => d.GetProperty("id").GetString() == "LAY0003");
        Assert.Equal(2, first.GetProperty("location").GetProperty("line").GetInt32());
        Assert.Equal(7, first.GetProperty("location").GetProperty("endColumn").GetInt32());
    }

    [Fact]
    public async Task Import_Script_WritesALayoutThatEmitsAnEquivalentOne()
    {
        using var folder = new TemporaryFolder();
        string script = folder.Write("kernel.ld", "/* why */ ENTRY(_start) SECTIONS { . = 1M; .text : { KEEP(*(.boot)) *(.text) } } HLL(x)\n");
        (int code, string output, string error) = await Run("import", script, "-o", folder["kernel.layout"]);
        Assert.Equal(0, code);
        Assert.Contains("warning LAY0022: HLL is not carried over", error, StringComparison.Ordinal);
        Assert.Contains("kernel.layout: 6 of 7 features carried over", output, StringComparison.Ordinal);
        Assert.Contains("  // why\n  entry _start;\n  sections {\n    here = 1MiB;\n", File.ReadAllText(folder["kernel.layout"]), StringComparison.Ordinal);
        Assert.Equal(0, (await Run("emit", folder["kernel.layout"], "-o", folder["out"], "--linker-kind", "gold")).Code);
        Assert.EndsWith("ENTRY(_start)\nSECTIONS\n{\n  . = 0x100000;\n  .text :\n  {\n    KEEP(*(.boot))\n    *(.text)\n  }\n}\n", File.ReadAllText(folder["out/kernel.ld"]), StringComparison.Ordinal);
        Assert.Equal(0, (await Run("fmt", "--check", folder["kernel.layout"])).Code);
    }

    [Fact]
    public async Task Import_ScriptAsJson_ListsTheFeatures()
    {
        using var folder = new TemporaryFolder();
        (int code, string output, _) = await Run("import", folder.Write("kernel.ld", "ENTRY(_start)"), "--format", "json");
        JsonElement feature = JsonDocument.Parse(output).RootElement.GetProperty("features").EnumerateArray().Single();
        Assert.Equal((0, "ENTRY", 1, true), (code, feature.GetProperty("feature").GetString(), feature.GetProperty("uses").GetInt32(), feature.GetProperty("carriedOver").GetBoolean()));
    }

    [Fact]
    public async Task Import_NoScript_WritesNothing()
    {
        using var folder = new TemporaryFolder();
        string script = folder.Write("kernel.ld", "SECTIONS { x = ; }");
        (int code, _, string error) = await Run("import", script);
        Assert.Equal(1, code);
        Assert.Contains("kernel.ld(1,16): error LAY0020: found ';' where GNU ld expects a value", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["kernel.layout"]));
        Assert.Equal(1, (await Run("import", folder["none.ld"])).Code);
    }

    [Fact]
    public async Task Emit_ForALinkerThatCannot_SaysWhatAndWritesNothing()
    {
        using var folder = new TemporaryFolder();
        string layout = folder.Write("kernel.layout", "layout A.B;\nscript kernel { sections after \".bss\" { } }\n");
        (int code, _, string error) = await Run("emit", layout, "-o", folder["out"], "--linker-kind", "gold");
        Assert.Equal(1, code);
        Assert.Contains("error LAY3010: gold has no INSERT", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData()]
    [InlineData("frobnicate")]
    [InlineData("import")]
    [InlineData("emit", "x.layout", "--linker-kind", "mold")]
    [InlineData("check")]
    [InlineData("share")]
    [InlineData("share", "x.elf", "--page", "1000")]
    [InlineData("link", "x.layout", "-j", "0")]
    [InlineData("density", "x.elf", "--as", "container")]
    [InlineData("density", "x.elf", "--instances", "5,1")]
    [InlineData("density", "x.elf", "--timeout", "-1")]
    [InlineData("plan", "x.layout", "--format", "xml")]
    public async Task CommandLine_Wrong_GivesUsageAndTwo(params string[] args)
    {
        (int code, _, string error) = await Run(args);
        Assert.Equal(2, code);
        Assert.NotEqual("", error);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("measure")]
    [InlineData("plan")]
    [InlineData("emit")]
    [InlineData("link")]
    [InlineData("verify")]
    [InlineData("share")]
    [InlineData("explain")]
    [InlineData("density")]
    [InlineData("pool")]
    [InlineData("report")]
    public async Task Help_EveryCommand_HasExamples(string command)
    {
        (int code, string output, _) = await Run(command, "--help");
        Assert.Equal(0, code);
        Assert.Contains($"Examples:\n  layout {command} ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipeline_LinkVerifyShare_GivesReports()
    {
        using var fleet = new SmallFleet();
        (int code, string output, string error) = await Run("link", fleet.LayoutPath, "-o", fleet.Output, "--scripts", fleet.Folder["scripts"], "--verify");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("linked 5 images", output, StringComparison.Ordinal);
        Assert.Contains("verified 5 of 5 images: all as planned", output, StringComparison.Ordinal);
        Assert.Equal((0, ""), await Codes("verify", fleet.LayoutPath, "--images", fleet.Output));
        Assert.Equal((0, ""), await Codes("measure", fleet.LayoutPath, "-o", fleet.Folder["f.facts"]));

        (code, output, error) = await Run("explain", fleet.LayoutPath, "--images", fleet.Output);
        Assert.Equal((0, "", "0 library pages are not the same in all images, in 0 places; sharing them would save 0 KiB\n"), (code, error, output));

        (code, output, error) = await Run("plan", fleet.LayoutPath, "--facts", fleet.Folder["f.facts"], "--format", "json");
        Assert.Equal((0, ""), (code, error));
        JsonElement plan = JsonDocument.Parse(output).RootElement.GetProperty("plan");
        Assert.Equal(8UL << 20, plan.GetProperty("libraries")[0].GetProperty("slots")[0].GetProperty("address").GetUInt64());

        (code, output, error) = await Run("share", fleet.Output, "--layout", fleet.LayoutPath, "--format", "json");
        Assert.Equal((0, ""), (code, error));
        JsonElement share = JsonDocument.Parse(output).RootElement;
        Assert.True(share.GetProperty("distinct").GetInt32() < share.GetProperty("pages").GetInt32());
        Assert.InRange(share.GetProperty("floor").GetInt32(), 1, share.GetProperty("distinct").GetInt32());
        Assert.Equal(2, share.GetProperty("libraries").GetArrayLength());

        (code, output, error) = await Run("share", fleet.Output, "--layout", fleet.LayoutPath, "--against", fleet.Output);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("2 of 2 libraries that are in several images have one address in all of them", output, StringComparison.Ordinal);
        Assert.Contains("1.00 times fewer distinct pages", output, StringComparison.Ordinal);
        Assert.Contains(" times the floor.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_OneImage_ShowsItsSegments()
    {
        using var fleet = new SmallFleet();
        (int code, string output, _) = await Run("plan", fleet.LayoutPath, "--image", "fn2");
        Assert.Equal(0, code);
        Assert.Contains("load0 rx", output, StringComparison.Ordinal);
        Assert.Contains("fn2.text", output, StringComparison.Ordinal);
        Assert.Contains("_end = 0x", output, StringComparison.Ordinal);
        Assert.Equal(2, (await Run("plan", fleet.LayoutPath, "--image", "nope")).Code);
    }

    [Fact]
    public async Task Emit_Scripts_AreWhatTheLinkerTakes()
    {
        using var fleet = new SmallFleet();
        Assert.Equal((0, ""), await Codes("emit", fleet.LayoutPath, "-o", fleet.Folder["s"], "--csharp", fleet.Folder["Fleet.g.cs"]));
        Tool.Run(fleet.Folder.Path, "ld", "@s/two.rsp", "-T", "s/two.ld", "-o", "two.elf");
        Assert.Equal("two\n", Tool.Run(fleet.Folder.Path, fleet.Folder["two.elf"]));
        Assert.Contains("public static partial class Fleet", File.ReadAllText(fleet.Folder["Fleet.g.cs"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_BadImages_AreErrors()
    {
        using var folder = new TemporaryFolder();
        string garbage = folder.Write("x.elf", Enumerable.Range(0, 5000).Select(i => (byte)(i * 31)).ToArray());
        (int code, string output, string error) = await Run("share", garbage, folder["none.elf"]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("LAY4002", error, StringComparison.Ordinal);
        Assert.Contains("LAY4001", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_NotATerminal_HasNoEscapesAndIsTheSameTwice()
    {
        using var fleet = new SmallFleet();
        string first = (await Run("plan", fleet.LayoutPath)).Output;
        Assert.DoesNotContain('\u001b', first);
        Assert.Equal(first, (await Run("plan", fleet.LayoutPath)).Output);
    }

    private static async Task<(int Code, string Error)> Codes(params string[] args)
    {
        (int code, _, string error) = await Run(args);
        return (code, error);
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = await LayoutTool.RunAsync(args, output, error);

        // What takes more than a second says how far it is, which depends on the machine.
        return (code, output.ToString(), Progress().Replace(error.ToString(), ""));
    }

    [GeneratedRegex("^[a-z]+ [0-9]+ of [0-9]+\n", RegexOptions.Multiline)]
    private static partial Regex Progress();
}
