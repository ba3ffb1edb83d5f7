using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace LayoutDsl.Tests.Support;

/// <summary>Runs the programs that tests need.</summary>
public static class Tool
{
    /// <summary>Runs a program that must succeed, and gives what it printed.</summary>
    public static string Run(string folder, string program, params string[] arguments)
    {
        (int code, string output) = TryRun(folder, program, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}:\n{output}");
    }

    /// <summary>Runs a program and gives its exit code and what it printed to both streams.</summary>
    public static (int Code, string Output) TryRun(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
