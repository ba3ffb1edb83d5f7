using System.Collections.Generic;

namespace LayoutDsl.Planning;

/// <summary>Lists of numbers are the same when their numbers are.</summary>
internal sealed class SequenceComparer : IEqualityComparer<int[]>
{
    public static readonly SequenceComparer Instance = new();

    public bool Equals(int[]? x, int[]? y)
    {
        if (ReferenceEquals(x, y)) return true;
        if (x!.Length != y!.Length) return false;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] != y[i]) return false;
        }

        return true;
    }

    public int GetHashCode(int[] sequence)
    {
        int hash = 17;
        foreach (int item in sequence) hash = unchecked((hash * 31) + item);
        return hash;
    }
}
