using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>
/// Finds what tools made of programs that were not captured and were not given a file: <c>cat program | sign > signed</c>. Such a file lies beside what captured tools wrote, is newer than the link and
/// has the program's code. One that has it compressed or encrypted is not found, and images of disks are not searched.
/// </summary>
public static class UncapturedOutputs
{
    /// <summary>Larger files are not read, in bytes.</summary>
    private const long Largest = 256L << 20;

    /// <summary>Full paths of such files, when a build has ended.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static IReadOnlyList<string> Find(Capture capture)
    {
        CapturedRun[] links = capture.Runs.Where(r => r.IsLink && !r.IsRelocatable && r.Outputs.Count > 0).ToArray();
        if (links.Length == 0) return Array.Empty<string>();
        DateTime first = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks((long)(links.Min(l => l.Start) / 100));
        var known = new HashSet<string>(capture.Runs.SelectMany(r => r.Inputs.Concat(r.Outputs)).Select(f => f.FullPath), StringComparer.Ordinal);
        string[] candidates = capture.Runs.Where(r => !r.IsRelocatable).SelectMany(r => r.Outputs).Select(o => Path.GetDirectoryName(o.FullPath)!)
            .Distinct(StringComparer.Ordinal)
            .Where(Directory.Exists)
            .SelectMany(d => new DirectoryInfo(d).EnumerateFiles())
            .Where(f => (f.Attributes & FileAttributes.ReparsePoint) == 0 && f.Length <= Largest && f.LastWriteTimeUtc >= first && !known.Contains(f.FullName))
            .Select(f => f.FullName)
            .ToArray();
        if (candidates.Length == 0) return candidates;
        ProgramCode[] programs = links.SelectMany(l => l.Outputs).Select(o => ProgramCode.Of(o.Copy)).OfType<ProgramCode>().ToArray();
        return candidates.Where(c => File.ReadAllBytes(c) is var content && programs.Any(p => p.IsIn(content))).ToArray();
    }

    /// <summary>Of those files, the ones that captured tools did not make either under another name (<c>mv</c> and <c>cp</c> are not captured), each with a program whose code it has.</summary>
    internal static IEnumerable<(string Path, string Image)> FindMade(Capture capture, IReadOnlyList<AdoptedImage> images)
    {
        CapturedFile[] outputs = capture.Runs.SelectMany(r => r.Outputs).ToArray();
        var written = new HashSet<string>(outputs.Select(o => o.FullPath), StringComparer.Ordinal);
        var made = new HashSet<string>(outputs.Select(capture.GetId), StringComparer.Ordinal);
        (string Name, ProgramCode? Code)[] programs = images.Select(i => (i.Name, ProgramCode.Of(i.Output.Copy))).ToArray();
        foreach (CapturedFile file in capture.Final.Values.Where(f => !written.Contains(f.FullPath) && !made.Contains(capture.GetId(f))).OrderBy(f => f.FullPath, StringComparer.Ordinal))
        {
            byte[] content = File.ReadAllBytes(file.Copy);
            string? name = programs.FirstOrDefault(p => p.Code?.IsIn(content) == true).Name;
            if (name is not null) yield return (file.FullPath, name);
        }
    }
}
