using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

public sealed class FormatCommandTests
{
    private const string Formatted = "layout A.B;\n";

    [Fact]
    public async Task Fmt_SeveralFiles_WritesThoseThatDiffer()
    {
        using var folder = new TemporaryFolder();
        string one = folder.Write("one.layout", "layout   A . B;");
        string two = folder.Write("two.layout", Formatted);
        DateTime before = File.GetLastWriteTimeUtc(two);
        Assert.Equal((0, "", ""), await Run("fmt", one, two));
        Assert.Equal(Formatted, File.ReadAllText(one));
        Assert.Equal(before, File.GetLastWriteTimeUtc(two));
        Assert.Equal((0, "", ""), await Run("fmt", "--check", one, two));
    }

    [Fact]
    public async Task Check_FileThatDiffers_IsListedAndNotWritten()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("one.layout", "layout   A . B;");
        Assert.Equal((1, path + "\n", ""), await Run("fmt", "--check", path));
        Assert.Equal("layout   A . B;", File.ReadAllText(path));
        (int code, string output, _) = await Run("fmt", "--check", path, "--format", "json");
        Assert.Equal(1, code);
        Assert.True(JsonDocument.Parse(output).RootElement.GetProperty("files")[0].GetProperty("changed").GetBoolean());
    }

    [Fact]
    public async Task Fmt_SyntaxError_KeepsTheFileAndSaysWhy()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("bad.layout", "libary   a {}");
        (int code, string output, string error) = await Run("fmt", path);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("bad.layout(1,1): error LAY0003", error, StringComparison.Ordinal);
        Assert.Equal("libary   a {}", File.ReadAllText(path));
        Assert.Contains("LAY4001", (await Run("fmt", folder["none.layout"])).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("layout   A . B;", Formatted, 0)]
    [InlineData("libary   a {}", "libary   a {}", 1)]
    public void Fmt_StandardInput_GoesToStandardOutput(string input, string output, int code)
    {
        using var folder = new TemporaryFolder();
        folder.Write("in", input);
        string script = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "layout.dll")}' fmt - < in 2> errors; echo \"|$?\"";
        Assert.Equal(output + "|" + code + "\n", Tool.Run(folder.Path, "bash", "-c", script));
    }

    [Theory]
    [InlineData("slots=8", 0, "A.B is correct")]
    [InlineData("slot=8", 1, "LAY1060")]
    [InlineData("slots=many", 1, "LAY1061")]
    [InlineData("slots", 2, "NAME=VALUE")]
    public async Task Define_ValueOfAParameter_ReachesTheLayout(string define, int code, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.layout", """
            layout A.B;
            param slots = 4;
            target x86_64 { }
            region ram (rwx) { origin 1MiB; length slots * 1MiB; }
            section text (rx) { ".text" }
            image a { objects "a.o"; }
            """);
        (int actual, string output, string error) = await Run("check", path, "-D", define);
        Assert.Equal(code, actual);
        Assert.Contains(expected, output + error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = await LayoutTool.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
