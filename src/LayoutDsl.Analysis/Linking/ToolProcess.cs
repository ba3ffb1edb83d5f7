using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace LayoutDsl.Analysis.Linking;

/// <summary>Runs a program without a shell and collects what it says.</summary>
internal static class ToolProcess
{
    /// <summary>What a program did.</summary>
    /// <param name="ExitCode">Its exit code.</param>
    /// <param name="Output">What it wrote to both its streams, lines in the order in which they came.</param>
    public sealed record Outcome(int ExitCode, string Output);

    /// <summary>Runs to the end; null when the program cannot be started. When stopped, it ends the program.</summary>
    /// <param name="program">Its path, or its name on the <c>PATH</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="directory">Its working directory.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="input">A file that it reads as its standard input; null for an empty one.</param>
    public static Outcome? Run(string program, IEnumerable<string> arguments, string directory, CancellationToken cancellation, string? input = null)
    {
        var output = new StringBuilder();
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, string.Join(" ", arguments.Select(Quote)))
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Messages in one language, whatever the user's: they end up in diagnostics.
        process.StartInfo.EnvironmentVariables["LC_ALL"] = "C";
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellation.Register(() => Kill(process)))
        {
            Feed(process, input);
            process.WaitForExit();
        }

        cancellation.ThrowIfCancellationRequested();
        lock (output) return new Outcome(process.ExitCode, output.ToString());

        void Append(object sender, DataReceivedEventArgs e)
        {
            if (e.Data is null) return;
            lock (output) output.Append(e.Data).Append('\n');
        }
    }

    private static void Feed(Process process, string? input)
    {
        try
        {
            using Stream to = process.StandardInput.BaseStream;
            if (input is null) return;
            using FileStream from = File.OpenRead(input);
            from.CopyTo(to);
        }
        catch (IOException)
        {
            // It has read what it needs, and closed the pipe.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (System.InvalidOperationException)
        {
            // It has ended by itself in the meantime.
        }
    }

    /// <summary>Quotes for the command line of <see cref="ProcessStartInfo"/>, which splits it by the rules of the C runtime.</summary>
    private static string Quote(string argument)
    {
        var text = new StringBuilder("\"");
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '"') text.Append('\\', backslashes + 1);
            backslashes = c == '\\' ? backslashes + 1 : 0;
            text.Append(c);
        }

        return text.Append('\\', backslashes).Append('"').ToString();
    }
}
