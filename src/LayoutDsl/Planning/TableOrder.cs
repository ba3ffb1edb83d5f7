using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>The order of the input sections of a table: the script has a statement for each pattern, and takes what matches it from all files before it goes on.</summary>
internal static class TableOrder
{
    /// <summary>Whether that is another order than that of the files.</summary>
    public static bool IsOwn(BoundSection table) => table.IsTable && (table.Patterns.Count > 1 || table.Patterns.Any(p => p.Sort));

    /// <summary>Bytes at most; an overflowing sum stays at the largest number, which no region can hold.</summary>
    /// <param name="table">The table.</param>
    /// <param name="pieces">Its input sections, in the order of the files.</param>
    public static ulong Measure(BoundSection table, IReadOnlyList<(string Section, ulong Size, ulong Alignment)> pieces)
    {
        ulong end = 0;
        foreach (var statement in pieces.GroupBy(p => IndexOf(table, p.Section)).OrderBy(g => g.Key))
        {
            // Where the linker sorts, each may come behind any other.
            bool isSorted = table.Patterns[statement.Key].Sort;
            ulong most = statement.Max(p => p.Alignment);
            foreach ((_, ulong size, ulong alignment) in statement)
            {
                if (!Alignment.TryAlignUp(end, isSorted ? most : alignment, out ulong start) || start > ulong.MaxValue - size) return ulong.MaxValue;
                end = start + size;
            }
        }

        return end;
    }

    private static int IndexOf(BoundSection table, string section)
    {
        int index = 0;
        while (index < table.Patterns.Count - 1 && !Matches(table.Patterns[index].Text, section)) index++;
        return index;
    }

    private static bool Matches(string pattern, string section) => section.Length == 0 ? pattern == SectionPlan.Common : pattern != SectionPlan.Common && Glob.IsMatch(pattern, section);
}
