using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// A page with the tables and pointers of several libraries. Every block that belongs to it has the whole page at its own distance, with equal bytes: addresses are the same from wherever they are read. So libraries
/// stay where chance puts them, and an image has one such page in memory, however many of its libraries have it.
/// </summary>
internal sealed class TablePage
{
    private readonly string section;
    private readonly int size;
    private readonly List<(BlockTable Table, PointerSections Pointers)> members = [];
    private readonly SortedDictionary<string, TableWord> words = new(StringComparer.Ordinal);

    /// <param name="section">Name of its section.</param>
    /// <param name="size">Bytes of a page.</param>
    public TablePage(string section, int size)
    {
        this.section = section;
        this.size = size;
    }

    /// <summary>How many libraries have it.</summary>
    public int Count => members.Count;

    /// <summary>Adds a library; false when there is no room for it.</summary>
    public bool TryAdd(BlockTable table, PointerSections pointers)
    {
        int wordCount = words.Keys.Union(table.Words.Keys, StringComparer.Ordinal).Count();
        if (wordCount > BlockTable.NearWords && (table.IsNear || members.Any(m => m.Table.IsNear))) return false;
        if (Place(wordCount, [.. members.Select(m => m.Pointers), pointers]).Last() + pointers.Content.Length > size) return false;
        members.Add((table, pointers));
        foreach (KeyValuePair<string, TableWord> word in table.Words) words[word.Key] = word.Value with { IsWeak = true };
        return true;
    }

    /// <summary>The objects that a library's own pointers are between: the first with the words and all that comes before, the second with the rest of the page, if there is any.</summary>
    public (byte[] Front, byte[]? Back) Write(BlockTable table)
    {
        int own = members.FindIndex(m => ReferenceEquals(m.Table, table));
        int[] places = Place(words.Count, members.Select(m => m.Pointers));
        bool hasPointers = members[own].Pointers.Content.Length > 0;
        int frontSize = hasPointers ? places[own] : size;
        int restStart = places[own] + members[own].Pointers.Content.Length;
        byte[] all = new byte[size];
        var references = words.Select((w, i) => (table.Words.TryGetValue(w.Key, out TableWord? mine) ? mine : w.Value).At(TableObject.WordSize * i)).ToList();
        for (int i = 0; i < members.Count; i++)
        {
            members[i].Pointers.Content.CopyTo(all, places[i]);
            references.AddRange(members[i].Pointers.References.Select(r => r with { Offset = r.Offset + places[i] }));
        }

        byte[] front = TableObject.Write(table, [.. words.Keys], Part(0, frontSize, size));
        return (front, hasPointers && restStart < size ? TableObject.Write(Part(restStart, size, 1), table.Machine) : null);

        TableContent Part(int start, int end, int alignment) =>
            new(section, all.AsSpan(start, end - start).ToArray(), alignment, [.. references.Where(r => r.Offset >= start && r.Offset < end).OrderBy(r => r.Offset).Select(r => r with { Offset = r.Offset - start })]);
    }

    /// <summary>Where the pointers of each library start, behind the words.</summary>
    private static int[] Place(int wordCount, IEnumerable<PointerSections> pointers)
    {
        int at = TableObject.WordSize * wordCount;
        return [.. pointers.Select(p =>
        {
            int start = (at + p.Alignment - 1) / p.Alignment * p.Alignment;
            at = start + p.Content.Length;
            return start;
        })];
    }
}
