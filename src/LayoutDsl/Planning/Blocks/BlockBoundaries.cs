using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning.Indirection;

namespace LayoutDsl.Planning.Blocks;

/// <summary>
/// Which symbols a library has in its own block, at a distance that is the same in all images, and which are elsewhere: in another library, in the application, in a table of the image, in the
/// script, or in none of these.
/// </summary>
public sealed class BlockBoundaries
{
    private readonly FleetSymbols symbols;
    private readonly Dictionary<string, int> ranks;
    private readonly Dictionary<int, HashSet<string>> tableSymbols = new();
    private readonly Dictionary<int, HashSet<string>> arrays = new();
    private readonly Dictionary<(int Library, string Symbol), bool> known = new();
    private readonly SectionMatcher matcher;

    /// <param name="layout">The layout.</param>
    /// <param name="facts">What was measured of its objects.</param>
    public BlockBoundaries(BoundLayout layout, FactsFile facts)
    {
        symbols = new FleetSymbols(layout, facts, locked: null);
        matcher = new SectionMatcher(layout);
        ranks = symbols.Libraries.Select((l, i) => (l.Name, i)).ToDictionary(l => l.Name, l => l.i, StringComparer.Ordinal);
        for (int i = 0; i < symbols.Libraries.Count; i++) Index(i, symbols.Libraries[i]);
    }

    /// <summary>Whether input sections of that name go to tables that each image has for itself.</summary>
    public bool IsInTable(string section) => matcher.Find(section) is { Section.IsTable: true };

    /// <summary>Whether input sections of that name are left out.</summary>
    public bool IsDiscarded(string section) => matcher.Find(section) is { Section: null };

    /// <summary>Whether input sections of that name are written by nobody once the program has started, though they are writable.</summary>
    public bool IsRelro(string section) => matcher.Find(section) is { Section.IsRelro: true };

    /// <summary>Whether a symbol that a library refers to is outside of the library's block, in any of the images that have the library.</summary>
    /// <param name="library">Name of the library.</param>
    /// <param name="symbol">A symbol that other objects may define: undefined in the object that refers to it, or weak.</param>
    public bool Leaves(string library, string symbol)
    {
        if (!ranks.TryGetValue(library, out int rank)) return true;
        if (known.TryGetValue((rank, symbol), out bool leaves)) return leaves;
        leaves = tableSymbols[rank].Contains(symbol) || (IsOutside(rank, symbol) && !IsOwnArray(rank, symbol));
        known.Add((rank, symbol), leaves);
        return leaves;
    }

    /// <summary>Whether no image that has a library defines a symbol.</summary>
    public bool IsMissing(string library, string symbol) => !ranks.TryGetValue(library, out int rank) || symbols.GetImages(rank).All(i => symbols.Resolve(symbol, i).IsMissing);

    private bool IsOutside(int rank, string symbol) => symbols.GetImages(rank).Any(i => symbols.Resolve(symbol, i).Place != rank);

    /// <summary>Whether it is a bound of an array that only this library fills: the script then has it around the library's slot.</summary>
    private bool IsOwnArray(int rank, string symbol)
    {
        string? array = symbol.StartsWith("__start_", StringComparison.Ordinal) ? symbol.Substring(8) : symbol.StartsWith("__stop_", StringComparison.Ordinal) ? symbol.Substring(7) : null;
        return array is not null && arrays[rank].Contains(array) && arrays.Count(a => a.Value.Contains(array)) == 1
            && !symbols.Images.SelectMany(i => i.OwnObjects).Any(o => o.Facts.Sections.Any(s => s.Name == array));
    }

    private void Index(int rank, SymbolUnit library)
    {
        var inTables = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SymbolObject item in library.Objects)
        {
            bool[] isTable = item.Facts.Sections.Select(s => IsInTable(s.Name)).ToArray();
            names.UnionWith(item.Facts.Sections.Where((_, i) => !isTable[i]).Select(s => s.Name));
            inTables.UnionWith(item.Definitions.Where(d => d.Section >= 0 && isTable[d.Section]).Select(d => d.Name));
        }

        tableSymbols.Add(rank, inTables);
        arrays.Add(rank, names);
    }
}
