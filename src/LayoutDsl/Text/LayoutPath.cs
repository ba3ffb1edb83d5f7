using System;
using System.Collections.Generic;

namespace LayoutDsl.Text;

/// <summary>Paths as they stand in layouts: data with <c>/</c> separators, the same on every system.</summary>
public static class LayoutPath
{
    /// <summary>Whether the path starts at a root (<c>/x</c> or <c>C:/x</c>).</summary>
    public static bool IsRooted(string path) =>
        path.Length > 0 && (path[0] == '/' || (path.Length > 2 && path[1] == ':' && path[2] == '/'));

    /// <summary>Everything before the last separator, or the empty path.</summary>
    public static string GetDirectory(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? "/" : path.Substring(0, slash);
    }

    /// <summary>Everything after the last separator.</summary>
    public static string GetFileName(string path) => path.Substring(path.LastIndexOf('/') + 1);

    /// <summary>The file name without its last extension.</summary>
    public static string GetStem(string path)
    {
        string name = GetFileName(path);
        int dot = name.LastIndexOf('.');
        return dot <= 0 ? name : name.Substring(0, dot);
    }

    /// <summary>Appends a relative path to a directory and normalizes; a rooted path stays as it is.</summary>
    public static string Combine(string directory, string path) =>
        IsRooted(path) || directory.Length == 0 ? Normalize(path) : Normalize(directory + "/" + path);

    /// <summary>Turns <c>\</c> into <c>/</c> and resolves <c>.</c>, <c>..</c> and doubled separators without looking at any file system.</summary>
    public static string Normalize(string path)
    {
        path = path.Replace('\\', '/');
        bool rooted = path.Length > 0 && path[0] == '/';
        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part.Length == 0 || part == ".") continue;
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..") parts.RemoveAt(parts.Count - 1);
            else if (part != ".." || !rooted) parts.Add(part);
        }

        string joined = string.Join("/", parts);
        return rooted ? "/" + joined : joined;
    }

    /// <summary>The path of <paramref name="path"/> as seen from <paramref name="directory"/>; both rooted, or both relative to the same place.</summary>
    public static string GetRelative(string directory, string path)
    {
        string[] from = Split(directory);
        string[] to = Split(path);
        int common = 0;
        while (common < from.Length && common < to.Length && string.Equals(from[common], to[common], StringComparison.Ordinal)) common++;
        var parts = new List<string>();
        for (int i = common; i < from.Length; i++) parts.Add("..");
        for (int i = common; i < to.Length; i++) parts.Add(to[i]);
        return string.Join("/", parts);

        static string[] Split(string value) => Normalize(value).Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries);
    }
}
