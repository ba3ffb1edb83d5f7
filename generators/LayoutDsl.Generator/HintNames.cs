using System.Globalization;
using System.Text;
using LayoutDsl.Text;

namespace LayoutDsl.Generator;

/// <summary>Names of generated files.</summary>
internal static class HintNames
{
    /// <summary>
    /// A name for the code of a layout, from its path in the project. Roslyn takes few characters and no two names that differ in case only; a path of
    /// lower-case letters, digits, dots and dashes is its own name, any other gets a hash of it.
    /// </summary>
    /// <param name="projectDirectory">Normalized path of the project's folder, or empty.</param>
    /// <param name="path">Normalized path of the root file.</param>
    public static string Of(string projectDirectory, string path)
    {
        string relative = projectDirectory.Length > 0 && LayoutPath.IsRooted(path) ? LayoutPath.GetRelative(projectDirectory, path) : path;
        var name = new StringBuilder();
        bool isExact = true;
        foreach (char c in relative)
        {
            bool isSafe = c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-';
            isExact &= isSafe;
            name.Append(isSafe || c is >= 'A' and <= 'Z' ? c : '_');
        }

        if (!isExact) name.Append('-').Append(Hash(relative).ToString("x16", CultureInfo.InvariantCulture));
        return name.Append(".g.cs").ToString();
    }

    /// <summary>64-bit FNV-1a (Fowler, Noll, Vo) over the UTF-16 code units.</summary>
    private static ulong Hash(string text)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (char c in text) hash = unchecked((hash ^ c) * 0x100000001b3);
        return hash;
    }
}
