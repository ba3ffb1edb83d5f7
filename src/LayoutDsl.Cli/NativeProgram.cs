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

    /// <summary>Compiles the sources of a folder of <c>Native</c>.</summary>
    /// <param name="folder">Name of the folder; empty for the sources that are in none.</param>
    /// <param name="output">The program to write.</param>
    /// <param name="compiler">The compiler.</param>
    /// <param name="arguments">Its arguments but for sources and output.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Compile(string folder, string output, string compiler, IEnumerable<string> arguments)
    {
        string sources = Directory.CreateTempSubdirectory("layout-native-").FullName;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
            string[] files = Extract(folder, sources).Where(f => f.EndsWith(".c", StringComparison.Ordinal)).ToArray();
            var start = new ProcessStartInfo(compiler, [.. arguments, "-o", Path.GetFullPath(output), .. files]) { RedirectStandardError = true };
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
            Directory.Delete(sources, recursive: true);
        }
    }

    private static IEnumerable<string> Extract(string folder, string target)
    {
        Assembly assembly = typeof(NativeProgram).Assembly;
        string prefix = folder.Length > 0 ? folder + "/" : "";
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.IndexOf('/', prefix.Length) < 0 && Path.GetExtension(n) is ".c" or ".h"))
        {
            string path = Path.Combine(target, name[prefix.Length..]);
            using (Stream from = assembly.GetManifestResourceStream(name)!)
            using (FileStream to = File.Create(path)) from.CopyTo(to);
            yield return path;
        }
    }
}
