using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Importing;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;
using Xunit.Abstractions;

namespace LayoutDsl.Link.Tests.Importing;

/// <summary>Linker scripts of this machine become layouts, and the scripts that these emit link the same objects to the same bytes.</summary>
public sealed class ImportTests(ITestOutputHelper output)
{
    [Fact]
    public void Import_AllScriptsOfTheMachine_LinkTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var objects = new TestObjects(folder);
        var rows = new SortedDictionary<string, (int Scripts, int Linked, int Features)>(StringComparer.Ordinal);
        var failures = new List<string>();
        int sections = 0;
        foreach (InstalledScripts.Script script in InstalledScripts.Find())
        {
            (string? emitted, int features) = Reemit(script.Path, failures);
            rows.TryGetValue(script.Kind, out var row);
            bool linked = emitted is not null && IsLinked(script) && Compare(folder, objects, script, emitted, failures, ref sections);
            rows[script.Kind] = (row.Scripts + 1, row.Linked + (linked ? 1 : 0), Math.Max(row.Features, features));
        }

        output.WriteLine("| scripts of | imported, emitted and imported again | linked by both to the same bytes | most features in one |");
        output.WriteLine("| --- | --- | --- | --- |");
        foreach ((string kind, var row) in rows) output.WriteLine($"| {kind} | {row.Scripts} | {row.Linked} | {row.Features} |");
        foreach (string package in InstalledScripts.Optional.Where(o => !rows.ContainsKey(o))) output.WriteLine($"| {package} | not installed here | | |");
        output.WriteLine($"{sections} sections compared");
        foreach (string failure in failures) output.WriteLine(failure);
        Assert.Empty(failures);
        Assert.True(rows.Values.Sum(r => r.Linked) >= 10);
        Assert.Equal(2, rows["a kernel, every feature"].Linked);
    }

    [Fact]
    public void Import_Script_SaysWhatItDoesNotCarryOver()
    {
        Result<ImportedScript> imported = Import("old.ld", "HLL(libc.a)\nSECTIONS { .text : { *(.text) } }\nINCLUDE other.ld\n");
        Assert.Equal(
            [
                "old.ld(1,1): warning LAY0022: HLL is not carried over; GNU ld ignores it too",
                "old.ld(3,9): warning LAY0022: the content of 'other.ld' is not carried over; the file is not there, so it stays an 'include' that the linker follows",
            ],
            imported.Diagnostics.Select(d => d.ToString()));
        Assert.Contains("// NOT CARRIED OVER: HLL(libc.a) (GNU ld ignores it too)", imported.Value!.Layout, StringComparison.Ordinal);
        Assert.Contains(new ImportedFeature("HLL", 1, false), imported.Value.Features);
        Assert.Contains("include \"other.ld\";", imported.Value.Layout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SECTIONS { .text : { *(.text) }", "old.ld(1,32): error LAY0020: found the end of the script where GNU ld expects '}'")]
    [InlineData("SECTIONS { x = ; }", "old.ld(1,16): error LAY0020: found ';' where GNU ld expects a value")]
    [InlineData("int main(void) { return 0; }", "old.ld(1,1): error LAY0020: found 'int' where GNU ld expects a command such as SECTIONS or ENTRY")]
    public void Import_NoScript_SaysWhereAndWritesNothing(string text, string expected)
    {
        Result<ImportedScript> imported = Import("old.ld", text);
        Assert.Null(imported.Value);
        Assert.Equal(expected, imported.Diagnostics[0].ToString());
    }

    [Fact]
    public void Import_FileThatIncludesItself_IsDiagnosed()
    {
        const string text = "INCLUDE old.ld\nINCLUDE old.ld\n";
        Result<ImportedScript> imported = LayoutCompiler.ImportScript(new SourceText("old.ld", text), "old", name => new SourceText(name, text));
        Assert.Contains(imported.Diagnostics, d => d.Id == "LAY0021");
    }

    [Fact]
    public void Import_TooLarge_IsDiagnosed()
    {
        Result<ImportedScript> imported = Import("old.ld", new string(' ', (4 * 1024 * 1024) + 1));
        Assert.Equal(["LAY0021"], imported.Diagnostics.Select(d => d.Id));
    }

    internal static Result<ImportedScript> Import(string path, string text) => LayoutCompiler.ImportScript(new SourceText(path, text), Path.GetFileNameWithoutExtension(path), _ => null);

    /// <summary>Binds the layout of an imported script and emits it.</summary>
    internal static (string? Script, IEnumerable<Diagnostic> Diagnostics) Emit(ImportedScript imported)
    {
        Result<BoundLayout> bound = LayoutCompiler.Bind(LayoutCompiler.Parse(new SourceText("imported.layout", imported.Layout)), _ => null);
        return (bound.Value is null ? null : LayoutCompiler.EmitScript(bound.Value.Scripts[0]), bound.Diagnostics);
    }

    /// <summary>The script that the imported one becomes; importing that gives the same layout again.</summary>
    private static (string? Script, int Features) Reemit(string path, List<string> failures)
    {
        Result<ImportedScript> imported = Import(path, File.ReadAllText(path));
        if (imported.Value is null || imported.Diagnostics.Count > 0)
        {
            failures.Add($"{path}: {string.Join("\n", imported.Diagnostics)}");
            return (null, 0);
        }

        (string? script, IEnumerable<Diagnostic> diagnostics) = Emit(imported.Value);
        if (script is null || diagnostics.Any())
        {
            failures.Add($"{path}: {string.Join("\n", diagnostics)}");
            return (null, 0);
        }

        string again = Import(path, script).Value?.Layout ?? "";
        if (WithoutComments(again) != WithoutComments(imported.Value.Layout)) failures.Add($"{path}: emitted and imported again, it is another layout");
        return (script, imported.Value.Features.Count);
    }

    private static string WithoutComments(string layout) => string.Join("\n", layout.Split('\n').Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    /// <summary>Linking takes time: of a linker for many machines, the scripts of the first one only; those of the others have other names in them.</summary>
    private static bool IsLinked(InstalledScripts.Script script) =>
        !script.Kind.StartsWith("ld: ", StringComparison.Ordinal) || script.Kind.Contains("x86_64", StringComparison.Ordinal)
        || Path.GetFileName(script.Path).Split('.')[0] == Path.GetFileName(Directory.GetFiles(Path.GetDirectoryName(script.Path)!).Order(StringComparer.Ordinal).First()).Split('.')[0];

    private static bool Compare(TemporaryFolder folder, TestObjects objects, InstalledScripts.Script script, string emitted, List<string> failures, ref int sections)
    {
        if (objects.Find(script, o => Link(folder, script, script.Path, o, "original").Code == 0) is not { } found) return false;
        var original = Link(folder, script, script.Path, found, "original");
        var again = Link(folder, script, folder.Write("again.ld", emitted), found, "again");
        if (original.Code != again.Code) failures.Add($"{script.Path}: {original.Output}{again.Output}");
        if (original.Code != 0 || again.Code != 0) return false;
        byte[] bytes = File.ReadAllBytes(folder["again"]);

        // The linkers of Windows' formats take the same objects, and write what readelf cannot read.
        if (bytes.AsSpan().StartsWith("\u007fELF"u8)) sections += Tool.Run(folder.Path, "readelf", "-SW", "again").Split('\n').Count(l => l.TrimStart().StartsWith('['));
        bool same = File.ReadAllBytes(folder["original"]).AsSpan().SequenceEqual(bytes);
        if (!same) failures.Add($"{script.Path}: other bytes");
        return same;
    }

    private static (int Code, string Output) Link(TemporaryFolder folder, InstalledScripts.Script script, string path, string input, string result)
    {
        string variant = Path.GetExtension(script.Path);
        string[] kind = variant switch
        {
            ".xr" => ["-r"],
            ".xu" => ["-r", "-Ur"],
            ".xn" => ["-n"],
            ".xbn" => ["-N"],
            _ when variant.StartsWith(".xs", StringComparison.Ordinal) => ["-shared"],
            _ when variant.StartsWith(".xd", StringComparison.Ordinal) => ["-pie"],
            _ => [],
        };
        string stem = Path.GetFileName(script.Path).Split('.')[0];
        string[] emulation = script.Kind.StartsWith("ld: ", StringComparison.Ordinal) ? ["-m", stem] : [];

        // Files of Windows' formats have the time of the link in them.
        if (stem.StartsWith("i386pe", StringComparison.Ordinal)) kind = [.. kind, "--no-insert-timestamp"];
        return Tool.TryRun(folder.Path, script.Linker, [.. emulation, .. kind, "-T", path, input, "-o", result]);
    }
}
