using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Density;
using LayoutDsl.Diagnostics;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Cli.Pools;

/// <summary>
/// A folder of page runs and manifests: <c>runs/HASH</c> has the bytes of a run, <c>images/NAME.pool</c> says which run an image has where. The loader
/// maps them privately; instances of all images then share what they have not written to, from the first instruction, without merging.
/// </summary>
internal static class PagePool
{
    public static string GetManifestPath(string folder, string image) => Path.Combine(Path.GetFullPath(folder), "images", image + ".pool");

    /// <summary>Whether each image has a name of its own; a diagnostic for each that has not.</summary>
    public static bool CheckNames(IEnumerable<ProgramImage> images, DiagnosticBag bag)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        bool good = true;
        foreach (ProgramImage image in images)
        {
            if (known.TryAdd(image.Name, image.Path)) continue;
            bag.ReportSameName(image.Path, image.Name, known[image.Name]);
            good = false;
        }

        return good;
    }

    /// <summary>Writes what is new, and takes runs away that no image has any more.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static void Write(PoolContent content, string folder)
    {
        string runs = Path.Combine(folder, "runs");
        foreach ((string hash, byte[] bytes) in content.Runs) OutputFile.WriteIfChanged(Path.Combine(runs, hash), bytes);
        foreach ((ProgramImage image, IReadOnlyList<PoolRun> parts) in content.Images) OutputFile.WriteIfChanged(GetManifestPath(folder, image.Name), GetManifest(image, parts));
        foreach (string file in Directory.EnumerateFiles(runs).Where(f => IsRun(f) && !content.Runs.ContainsKey(Path.GetFileName(f)))) File.Delete(file);
        HashSet<string> manifests = content.Images.Select(i => GetManifestPath(folder, i.Image.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(folder, "images")), "*.pool").Where(f => !manifests.Contains(f))) File.Delete(file);
    }

    /// <summary>What the loader reads; numbers are hexadecimal. Docs: docs/pool.md.</summary>
    private static string GetManifest(ProgramImage image, IReadOnlyList<PoolRun> parts)
    {
        
        var text = new StringBuilder("layout-pool 1\n");
        text.Append(FormattableString.Invariant($"entry {image.File.Entry:x}\n"));
        if (image.File.Segments.FirstOrDefault(s => s.Type == ElfSegmentType.ProgramHeaders) is { } headers) text.Append(FormattableString.Invariant($"headers {headers.VirtualAddress:x}\n"));
        foreach (ElfSegment s in image.File.Segments)
        {
            text.Append(FormattableString.Invariant($"header {(uint)s.Type:x} {(uint)s.Flags:x} {s.Offset:x} {s.VirtualAddress:x} {s.PhysicalAddress:x} {s.FileSize:x} {s.MemorySize:x} {s.Alignment:x}\n"));
        }

        foreach (PoolRun run in parts)
        {
            string where = FormattableString.Invariant($"{run.Address:x} {(ulong)run.Count * PageFrames.PageSize:x} {(uint)run.Flags & 7:x}");
            text.Append(run.Hash is { } hash ? $"map {where} {hash}\n" : $"zero {where}\n");
        }

        return text.ToString();
    }

    private static bool IsRun(string path) => Path.GetFileName(path) is { Length: 64 } name && name.All(char.IsAsciiHexDigitLower);
}
