using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Runs a program of the machine: the judges (readelf, nm, ar) and the makers of inputs (gcc, llvm-mc).</summary>
internal static class Tool
{
    public static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program that must succeed and returns its output.</summary>
    public static string Run(string folder, string program, params string[] arguments)
    {
        using Process process = Start(folder, program, arguments);
        string errors = "";
        process.ErrorDataReceived += (_, line) => errors += line.Data + "\n";
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors}");
        return output;
    }

    /// <summary>Starts a program whose output is read line by line and whose complaints do not matter.</summary>
    public static Process StartIgnoringErrors(string program, params string[] arguments)
    {
        Process process = Start("/", program, arguments);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static Process Start(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Listings depend on the language.
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }
}
