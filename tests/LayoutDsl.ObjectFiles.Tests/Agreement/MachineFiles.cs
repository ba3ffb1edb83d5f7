using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>The object files and archives of the machine.</summary>
internal static class MachineFiles
{
    private static readonly string[] Folders = ["/usr/bin", "/usr/sbin", "/usr/lib", "/usr/libexec", "/usr/local", "/opt"];

    /// <summary>Whether a test should take every file, not a sample.</summary>
    public static bool IsAllWanted => Environment.GetEnvironmentVariable("LAYOUTDSL_ALL_FILES") == "1";

    /// <summary>Every file of a kind, in ordinal order; without links, so that each is there once.</summary>
    public static IEnumerable<string> All(params ObjectFileKind[] kinds)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Folders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", options))
            .Order(StringComparer.Ordinal)
            .Where(path => kinds.Contains(KindOf(path)));
    }

    /// <summary>
    /// A sample that depends on nothing but the names of the files: files in the order of a hash of their paths, up to a number of bytes.
    /// </summary>
    public static IReadOnlyList<string> Sample(long bytes, long largestFile, params ObjectFileKind[] kinds)
    {
        if (IsAllWanted)
        {
            return [.. All(kinds)];
        }

        var sample = new List<string>();
        foreach (string path in All(kinds).OrderBy(Hash).ThenBy(path => path, StringComparer.Ordinal))
        {
            long size = new FileInfo(path).Length;
            if (size <= largestFile && size <= bytes)
            {
                bytes -= size;
                sample.Add(path);
            }
        }

        return sample;
    }

    private static ObjectFileKind KindOf(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            Span<byte> start = stackalloc byte[8];
            return ObjectFileKinds.Detect(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ObjectFileKind.Unknown;
        }
    }

    private static uint Hash(string path)
    {
        // FNV-1a: string.GetHashCode differs from run to run.
        uint hash = 2166136261;
        foreach (char character in path)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return hash;
    }
}
