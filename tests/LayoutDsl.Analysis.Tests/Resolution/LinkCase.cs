using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>A folder with compiled sources, linked by ld and resolved by us; deleted at the end of a test.</summary>
internal sealed class LinkCase : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("layout-resolution-").FullName;

    public LinkFiles Files { get; private set; } = new(_ => null);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public LinkCase C(string name, string source, params string[] options)
    {
        File.WriteAllText(Path.Combine(Folder, name + ".c"), source);
        Run("gcc", ["-c", "-O1", "-w", "-fno-pic", "-fno-asynchronous-unwind-tables", "-fno-builtin", .. options, name + ".c", "-o", name + ".o"]);
        return this;
    }

    public LinkCase Cpp(string name, string source, params string[] options)
    {
        File.WriteAllText(Path.Combine(Folder, name + ".cc"), source);
        Run("g++", ["-c", "-w", .. options, name + ".cc", "-o", name + ".o"]);
        return this;
    }

    public LinkCase Asm(string name, string source)
    {
        File.WriteAllText(Path.Combine(Folder, name + ".s"), source + "\n.section .note.GNU-stack,\"\",@progbits\n");
        Run("as", [name + ".s", "-o", name + ".o"]);
        return this;
    }

    public LinkCase Archive(string name, params string[] members)
    {
        Run("ar", ["rcs", name, .. members]);
        return this;
    }

    public LinkCase Text(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return this;
    }

    public string Run(string program, params string[] arguments) => Run(program, mustSucceed: true, arguments);

    public string Run(string program, bool mustSucceed, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        Assert.True(!mustSucceed || process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
        return output;
    }

    public ReadOnlyMemory<byte>? Read(string path)
    {
        string full = Path.Combine(Folder, path);
        
        // Without the cast a null array would become an empty file.
        return File.Exists(full) ? File.ReadAllBytes(full) : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>Resolves the inputs of a linker command line.</summary>
    public LinkResolution Resolve(ResolutionOptions options, params string[] arguments)
    {
        Files = new LinkFiles(Read);
        CommandLine line = new CommandLine(Files, options).Parse(arguments);
        return SymbolResolver.Resolve(Files, line.Inputs, line.Options);
    }

    /// <summary>Links and resolves the same command line, and asserts that both agree on everything.</summary>
    public LinkResolution Agree(ResolutionOptions options, params string[] arguments)
    {
        LinkResolution ours = Resolve(options, arguments);
        Assert.Empty(ours.Errors);
        string log = Run("ld", mustSucceed: false, ["-t", "-t", "--noinhibit-exec", "--no-demangle", "-Map=out.map", "-o", "out.elf", .. arguments]);

        // Files that a script in this folder names.
        log = log.Replace("(./", "(", StringComparison.Ordinal);
        string map = File.ReadAllText(Path.Combine(Folder, "out.map")).Replace("./", "", StringComparison.Ordinal);
        LinkJudge judge = LinkJudge.Read(log, map, ElfFile.Read(Read("out.elf")!.Value, "out.elf"));
        judge.AssertAgrees(ours);
        return ours;
    }

    public LinkResolution Agree(params string[] arguments) => Agree(ResolutionOptions.GnuDefault, arguments);

    public static IEnumerable<string> Names(LinkResolution resolution) =>
        resolution.Objects.Select(o => o.Object.Member is null ? o.Object.Path : $"({o.Object.Path}){o.Object.Member}");
}
