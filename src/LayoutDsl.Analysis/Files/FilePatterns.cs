using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Files;

/// <summary>Finds the files of a pattern: <c>*</c> and <c>?</c> stand for text inside one name, <c>**</c> for any folders.</summary>
public static class FilePatterns
{
    /// <summary>The matching files in ordinal order, as paths of the pattern's form (relative to <paramref name="directory"/>, or rooted).</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public static IReadOnlyList<string> Expand(string directory, string pattern)
    {
        if (pattern.IndexOfAny(new[] { '*', '?' }) < 0) return File.Exists(Path.Combine(directory, pattern)) ? new[] { pattern } : Array.Empty<string>();
        bool rooted = LayoutPath.IsRooted(pattern);
        string[] parts = pattern.Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries);
        var found = new HashSet<string>(StringComparer.Ordinal);
        Walk(rooted ? "/" : directory, rooted ? "/" : "", parts, 0, found);
        return found.OrderBy(f => f, StringComparer.Ordinal).ToArray();
    }

    private static void Walk(string real, string shown, string[] parts, int index, HashSet<string> found)
    {
        string part = parts[index];
        bool last = index == parts.Length - 1;
        if (part == "**")
        {
            if (last) return;
            Walk(real, shown, parts, index + 1, found);
            foreach (string folder in Folders(real)) Walk(Path.Combine(real, folder), Join(shown, folder), parts, index, found);
        }
        else if (last)
        {
            foreach (string file in Directory.EnumerateFiles(real).Select(f => Path.GetFileName(f)!).Where(f => Glob.IsMatch(part, f))) found.Add(Join(shown, file));
        }
        else if (part.IndexOfAny(new[] { '*', '?' }) >= 0)
        {
            foreach (string folder in Folders(real).Where(f => Glob.IsMatch(part, f))) Walk(Path.Combine(real, folder), Join(shown, folder), parts, index + 1, found);
        }
        else if (Directory.Exists(Path.Combine(real, part)))
        {
            Walk(Path.Combine(real, part), Join(shown, part), parts, index + 1, found);
        }
    }

    /// <summary>Folders that are not links: a link to a folder above would never end.</summary>
    private static IEnumerable<string> Folders(string real) => new DirectoryInfo(real)
        .EnumerateDirectories()
        .Where(d => (d.Attributes & FileAttributes.ReparsePoint) == 0)
        .Select(d => d.Name);

    private static string Join(string shown, string name) => shown.Length == 0 || shown.EndsWith("/", StringComparison.Ordinal) ? shown + name : shown + "/" + name;
}
