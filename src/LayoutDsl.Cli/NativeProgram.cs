using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;

namespace LayoutDsl.Cli;

/// <summary>
/// Compiles the C sources that the tool carries with the system's compiler where they are needed: who links programs has a toolchain, and one tool then fits every machine.
/// </summary>
internal static class NativeProgram
{
    /// <summary>ENOENT (errno(3)).</summary>
    private const int NoSuchFile = 2;

    /// <summary>Compiles the sources of a folder of <c>Native</c>, unless they were compiled before (<see cref="NativeCache"/>).</summary>
    /// <param name="folder">Name of the folder; empty for the sources that are in none.</param>
    /// <param name="output">The program to write.</param>
    /// <param name="compiler">The compiler.</param>
    /// <param name="arguments">Its arguments but for sources and output.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Compile(string folder, string output, string compiler, IReadOnlyList<string> arguments)
    {
        output = Path.GetFullPath(output);
        (string Name, byte[] Content)[] sources = [.. Read(folder)];
        string? kept = NativeCache.FindPlace(sources, compiler, arguments);
        if (kept is not null && NativeCache.TryTake(kept, output)) return null;
        string? problem = Compile(sources, output, compiler, arguments);
        if (problem is null && kept is not null) NativeCache.Keep(output, kept);
        return problem;
    }

    private static string? Compile(IEnumerable<(string Name, byte[] Content)> sources, string output, string compiler, IEnumerable<string> arguments)
    {
        string folder = Directory.CreateTempSubdirectory("layout-native-").FullName;
        try
        {
            foreach ((string name, byte[] content) in sources) File.WriteAllBytes(Path.Combine(folder, name), content);
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            IEnumerable<string> files = sources.Select(s => Path.Combine(folder, s.Name)).Where(f => f.EndsWith(".c", StringComparison.Ordinal));
            var start = new ProcessStartInfo(compiler, [.. arguments, "-o", output, .. files]) { RedirectStandardError = true };
            start.Environment["LC_ALL"] = "C";
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : said.Trim();
        }
        catch (Win32Exception exception)
        {
            return exception.NativeErrorCode == NoSuchFile ? "there is no such program" : exception.Message;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Name, byte[] Content)> Read(string folder)
    {
        Assembly assembly = typeof(NativeProgram).Assembly;
        string prefix = folder.Length > 0 ? folder + "/" : "";
        foreach (string name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.IndexOf('/', prefix.Length) < 0 && Path.GetExtension(n) is ".c" or ".h"))
        {
            using Stream from = assembly.GetManifestResourceStream(name)!;
            byte[] content = new byte[from.Length];
            from.ReadExactly(content);
            yield return (name[prefix.Length..], content);
        }
    }
}
