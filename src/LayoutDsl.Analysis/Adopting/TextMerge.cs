using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>Brings a text up to date that was generated and then edited: a merge of lines with what was generated before as the base. Where both changed the same lines, the edited ones stay.</summary>
internal static class TextMerge
{
    /// <summary>The merged text, and the lines of the new one that were left out since a person has changed theirs.</summary>
    /// <param name="before">What was generated before.</param>
    /// <param name="edited">What became of it.</param>
    /// <param name="now">What is generated now.</param>
    public static (string Text, IReadOnlyList<string> Refused) Merge(string before, string edited, string now)
    {
        string[] a = Lines(before), b = Lines(edited), c = Lines(now);
        int[] inEdited = Match(a, b), inNow = Match(a, c);
        var merged = new List<string>();
        var refused = new List<string>();
        int ai = 0, bi = 0, ci = 0;
        while (true)
        {
            // Up to the next line that all three have.
            int next = ai;
            while (next < a.Length && (inEdited[next] < 0 || inNow[next] < 0)) next++;
            int bEnd = next < a.Length ? inEdited[next] : b.Length;
            int cEnd = next < a.Length ? inNow[next] : c.Length;
            ArraySegment<string> old = Part(a, ai, next), own = Part(b, bi, bEnd), made = Part(c, ci, cEnd);
            if (own.SequenceEqual(old)) merged.AddRange(made);
            else
            {
                merged.AddRange(own);
                if (!made.SequenceEqual(old)) refused.AddRange(made.Where(l => l.Trim().Length > 0 && !old.Contains(l) && !own.Contains(l)));
            }

            if (next == a.Length) return (string.Join("\n", merged), refused);
            merged.Add(a[next]);
            (ai, bi, ci) = (next + 1, bEnd + 1, cEnd + 1);
        }
    }

    private static string[] Lines(string text) => text.Replace("\r\n", "\n").Split('\n');

    private static ArraySegment<string> Part(string[] lines, int start, int end) => new(lines, start, end - start);

    /// <summary>For each line the one of the other text that it is in a longest common subsequence; -1 for none.</summary>
    private static int[] Match(string[] from, string[] to)
    {
        var lengths = new int[from.Length + 1, to.Length + 1];
        for (int i = from.Length - 1; i >= 0; i--)
        {
            for (int j = to.Length - 1; j >= 0; j--) lengths[i, j] = from[i] == to[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        int[] match = Enumerable.Repeat(-1, from.Length).ToArray();
        for (int i = 0, j = 0; i < from.Length && j < to.Length;)
        {
            if (from[i] == to[j]) match[i++] = j++;
            else if (lengths[i + 1, j] >= lengths[i, j + 1]) i++;
            else j++;
        }

        return match;
    }
}
