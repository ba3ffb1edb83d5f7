using System;
using System.IO;
using System.Linq;

namespace LayoutDsl.Cli;

/// <summary>Finds programs as a shell does.</summary>
internal static class ProgramPath
{
    /// <summary>The full path of a program: that of a file when it is named by a path, else where the <c>PATH</c> has it first; null when it is not there.</summary>
    public static string? Find(string program)
    {
        string[] folders = program.Contains('/', StringComparison.Ordinal) ? [""] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Select(f => Path.GetFullPath(Path.Combine(f, program))).FirstOrDefault(File.Exists);
    }
}
