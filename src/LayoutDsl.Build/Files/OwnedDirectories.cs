using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LayoutDsl.Build.Files;

/// <summary>The folders of a project. Outputs are written and deleted in them and nowhere else.</summary>
internal sealed class OwnedDirectories
{
    private static readonly StringComparison Comparison = Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly string[] directories;

    /// <summary>Takes full paths.</summary>
    public OwnedDirectories(IEnumerable<string> directories) => this.directories = directories
        .Select(d => Path.GetFullPath(d).TrimEnd('/', Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar)
        .ToArray();

    /// <summary>Whether a path lies in one of the folders; the folders themselves do not.</summary>
    public bool Contain(string path)
    {
        string full = Path.GetFullPath(path).TrimEnd('/', Path.DirectorySeparatorChar);
        return directories.Any(d => full.Length >= d.Length && full.StartsWith(d, Comparison));
    }
}
