using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using LayoutDsl.Analysis.Files;

namespace LayoutDsl.Cli;

/// <summary>
/// Keeps what <see cref="NativeProgram"/> compiled in the user's folder for such things (<c>XDG_CACHE_HOME</c>, XDG Base Directory Specification), under a name made of the content of its sources and
/// its compiler: a build that is captured does not wait for a compiler each time. Any number of tools may use it at once, and all of it may be removed at any time.
/// </summary>
internal static class NativeCache
{
    /// <summary>Where a program of these sources is kept; null when there is no such folder, or no such compiler.</summary>
    /// <param name="sources">Names and contents of the sources.</param>
    /// <param name="compiler">The compiler, by its path or as it is found on the <c>PATH</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string? FindPlace(IReadOnlyList<(string Name, byte[] Content)> sources, string compiler, IEnumerable<string> arguments)
    {
        if (Folder is not { } folder || ProgramPath.Find(compiler) is not { } program) return null;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in arguments.Prepend(program)) Add(Encoding.UTF8.GetBytes(text));
        Add(File.ReadAllBytes(program));
        foreach ((string name, byte[] content) in sources)
        {
            Add(Encoding.UTF8.GetBytes(name));
            Add(content);
        }

        return Path.Combine(folder, Convert.ToHexStringLower(hash.GetHashAndReset()));

        void Add(byte[] part)
        {
            hash.AppendData(BitConverter.GetBytes(part.LongLength));
            hash.AppendData(part);
        }
    }

    /// <summary>Puts a program that is kept where it is needed; false when it is not kept.</summary>
    public static bool TryTake(string place, string output) => File.Exists(place) && TryCopy(place, output);

    /// <summary>Keeps a program. Whether that is possible does not matter to who needs it now.</summary>
    public static void Keep(string program, string place) => TryCopy(program, place);

    private static bool TryCopy(string from, string to)
    {
        try
        {
            Copy(from, to);
            return true;
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            return false;
        }
    }

    /// <summary>A program that runs is not written to, and none is seen that is half there: the whole one takes its name.</summary>
    private static void Copy(string from, string to)
    {
        if (File.Exists(to) && File.ReadAllBytes(to).AsSpan().SequenceEqual(File.ReadAllBytes(from))) return;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        string temporary = OutputFile.GetTemporaryName(to);
        try
        {
            File.Copy(from, temporary);
            File.Move(temporary, to, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string? Folder
    {
        get
        {
            string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME"), home = Environment.GetEnvironmentVariable("HOME");
            if (string.IsNullOrEmpty(cache) || !Path.IsPathRooted(cache)) cache = string.IsNullOrEmpty(home) ? null : Path.Combine(home, ".cache");
            return cache is null ? null : Path.Combine(cache, "layoutdsl", "native");
        }
    }
}
