using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace LayoutDsl.Build.Tests;

/// <summary>Runs programs.</summary>
internal static class Tool
{
    /// <summary>Runs to the end and gives everything that the program wrote.</summary>
    public static (int ExitCode, string Output) Run(string program, string directory, params string[] arguments)
    {
        using Process process = Start(program, directory, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>Starts a program whose output the caller reads.</summary>
    public static Process Start(string program, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The test host itself was started by MSBuild: its variables would send ours astray.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static string RunChecked(string program, string directory, params string[] arguments)
    {
        (int exitCode, string output) = Run(program, directory, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(" ", arguments)}\n{output}");
        return output;
    }
}
