using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace LayoutDsl.Cli.Density;

/// <summary>
/// Starts programs through a process of its own, <c>layout-run keep</c>, which ends them and restores settings when this object is disposed, and also when
/// the tool is interrupted or killed: what it waits for is the end of a pipe that the system closes with the tool.
/// </summary>
internal sealed class Keeper : IDisposable
{
    private readonly Process process;
    private readonly HashSet<string> restored = new(StringComparer.Ordinal);

    /// <summary>Starts the keeper.</summary>
    /// <param name="program">Path of <see cref="RunProgram"/>.</param>
    public Keeper(string program) =>
        process = Process.Start(new ProcessStartInfo(program, ["keep"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>Starts a program without input and output.</summary>
    /// <returns>Its process id.</returns>
    /// <exception cref="IOException">The system has no room for another process, or a path has a tab or a new line in it.</exception>
    public int Run(IEnumerable<string> command)
    {
        Send("run", command);
        string? answer = process.StandardOutput.ReadLine();
        return int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 0
            ? id
            : throw new IOException("the system does not start another process");
    }

    /// <summary>Has a value written to a file at the end: the first that is named for it.</summary>
    public void Restore(string path, string value)
    {
        if (restored.Add(path)) Send("restore", [path, value]);
    }

    /// <summary>Ends all programs, restores, and waits until that is done.</summary>
    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already; the system has closed the pipe.
        }

        process.WaitForExit();
        process.Dispose();
    }

    private void Send(string verb, IEnumerable<string> fields)
    {
        if (fields.Any(f => f.AsSpan().ContainsAny('\t', '\n'))) throw new IOException("a path has a tab or a new line in it");
        process.StandardInput.Write(verb + "\t" + string.Join('\t', fields) + "\n");
        process.StandardInput.Flush();
    }
}
