using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Diagnostics;

/// <summary>Finds the name that was probably meant.</summary>
public static class Suggestions
{
    /// <summary>The candidate nearest to <paramref name="name"/> when it is near enough to be a typing mistake, else null.</summary>
    public static string? FindNearest(string name, IEnumerable<string> candidates)
    {
        // Names that no one types are not worth a quadratic comparison.
        if (name.Length > 64) return null;
        string? best = null;
        int bestDistance = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in candidates.Where(c => c.Length <= 64).OrderBy(c => c, StringComparer.Ordinal))
        {
            int distance = GetDistance(name, candidate);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>The hint for an unknown name: the nearest candidate, else the list of them when it is short.</summary>
    public static string? DidYouMean(string name, IReadOnlyCollection<string> candidates)
    {
        string? nearest = FindNearest(name, candidates);
        if (nearest is not null) return $"did you mean '{nearest}'?";
        return candidates.Count is > 0 and <= 16
            ? "known here: " + string.Join(", ", candidates.OrderBy(c => c, StringComparer.Ordinal))
            : null;
    }

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two words, upper and lower case alike.</summary>
    private static int GetDistance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++) rows[i, 0] = i;
        for (int j = 0; j <= right.Length; j++) rows[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                int value = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                bool swapped = i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]);
                rows[i, j] = swapped ? Math.Min(value, rows[i - 2, j - 2] + 1) : value;
            }
        }

        return rows[left.Length, right.Length];

        static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
    }
}
