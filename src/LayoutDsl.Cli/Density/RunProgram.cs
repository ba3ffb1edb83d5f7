using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;

namespace LayoutDsl.Cli.Density;

/// <summary>
/// The program <c>layout-run</c>, which loads images into processes and keeps them. The tool carries its C source and compiles it with the system's
/// compiler where it is needed: who measures images has a toolchain, and one tool then fits every machine.
/// </summary>
internal static class RunProgram
{
    public const string Name = "layout-run";

    /// <summary>ENOENT (errno(3)).</summary>
    private const int NoSuchFile = 2;

    private static readonly string[] Arguments =
    [
        "-O2", "-std=gnu11", "-ffreestanding", "-fno-stack-protector", "-fcf-protection=none", "-fno-asynchronous-unwind-tables", "-fPIE", "-fvisibility=hidden",
        // At an address that the kernel chooses, far from the fixed ones of images.
        "-static-pie", "-nostdlib", "-Wl,--no-dynamic-linker", "-Wl,-z,norelro", "-s",
    ];

    /// <summary>Compiles it into a folder; null after a diagnostic.</summary>
    /// <returns>Its path.</returns>
    public static string? Build(string folder, string compiler, DiagnosticBag bag)
    {
        string sources = Directory.CreateTempSubdirectory("layout-run-").FullName;
        try
        {
            Directory.CreateDirectory(folder);
            string path = Path.GetFullPath(Path.Combine(folder, Name));
            string[] files = Extract(sources).Where(f => f.EndsWith(".c", StringComparison.Ordinal)).ToArray();
            var start = new ProcessStartInfo(compiler, [.. Arguments, "-o", path, .. files]) { RedirectStandardError = true };
            start.Environment["LC_ALL"] = "C";
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0) return path;
            bag.ReportLoaderNotBuilt(compiler, said.Trim());
        }
        catch (Win32Exception exception)
        {
            bag.ReportLoaderNotBuilt(compiler, exception.NativeErrorCode == NoSuchFile ? "there is no such program" : exception.Message);
        }
        finally
        {
            Directory.Delete(sources, recursive: true);
        }

        return null;
    }

    private static IEnumerable<string> Extract(string folder)
    {
        Assembly assembly = typeof(RunProgram).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".c", StringComparison.Ordinal) || n.EndsWith(".h", StringComparison.Ordinal)))
        {
            string path = Path.Combine(folder, name);
            using (Stream from = assembly.GetManifestResourceStream(name)!)
            using (FileStream to = File.Create(path)) from.CopyTo(to);
            yield return path;
        }
    }
}
