using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Parsing;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>Names for what has only paths.</summary>
internal static class ImageNames
{
    /// <summary>Names of programs: the file name without its ending where that tells them apart, else with as many folders in front as it takes.</summary>
    public static string[] Of(IReadOnlyList<string> paths)
    {
        string[][] parts = paths.Select(p => p.Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries)).ToArray();
        int longest = parts.Length == 0 ? 0 : parts.Max(p => p.Length);
        for (int depth = 1; depth <= longest; depth++)
        {
            string[] names = parts.Select(p => NameOf(p, depth)).ToArray();
            if (names.Distinct(StringComparer.Ordinal).Count() == names.Length) return Shorten(names);
        }

        return paths.Select((_, i) => FormattableString.Invariant($"image{i}")).ToArray();
    }

    /// <summary>A text as a name of the language.</summary>
    public static string ToName(string text)
    {
        string name = new(text.Select(c => SyntaxFacts.IsNamePart(c) ? c : '_').ToArray());
        return name.Length == 0 || !SyntaxFacts.IsNameStart(name[0]) ? "_" + name : name;
    }

    private static string NameOf(string[] parts, int depth)
    {
        string file = Path.GetFileNameWithoutExtension(parts[parts.Length - 1]);
        IEnumerable<string> folders = parts.Take(parts.Length - 1).Reverse().Take(depth - 1).Reverse();
        return ToName(string.Join("_", folders.Append(file)));
    }

    /// <summary>Without what all of them start and end with, up to a word.</summary>
    private static string[] Shorten(string[] names)
    {
        if (names.Length < 2) return names;
        string[][] words = names.Select(n => n.Split('_')).ToArray();
        int shortest = words.Min(w => w.Length) - 1;
        int start = 0;
        while (start < shortest && words.All(w => w[start] == words[0][start])) start++;
        int end = 0;
        while (start + end < shortest && words.All(w => w[w.Length - 1 - end] == words[0][words[0].Length - 1 - end])) end++;
        string[] shortened = words.Select(w => ToName(string.Join("_", w.Skip(start).Take(w.Length - start - end)))).ToArray();
        return shortened.Distinct(StringComparer.Ordinal).Count() == names.Length ? shortened : names;
    }
}
