using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Locking;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>
/// The order of libraries, in which images link them: first those that a lock knows, in its order, so that what comes new moves neither thread-local data nor entries of tables; then
/// those that more images have, and those of the same images together.
/// </summary>
internal static class LibraryOrder
{
    /// <summary>The libraries that any image has, in order.</summary>
    /// <typeparam name="TImages">A set of images.</typeparam>
    /// <param name="libraries">The libraries and the images that have them.</param>
    /// <param name="weight">How many images a set has.</param>
    /// <param name="comparer">Tells which sets are equal; null for their own equality.</param>
    /// <param name="locked">What an earlier plan gave, or null.</param>
    public static IEnumerable<(BoundLibrary Library, TImages Images)> Sort<TImages>(IEnumerable<(BoundLibrary Library, TImages Images)> libraries, Func<TImages, long> weight, IEqualityComparer<TImages>? comparer, LockFile? locked)
    {
        var ranks = (locked ?? LockFile.Empty).GetOrder(LockedOrder.Library).Select((name, rank) => (name, rank)).ToDictionary(r => r.name, r => r.rank, StringComparer.Ordinal);
        return libraries
            .GroupBy(l => l.Images, comparer)
            .Select(g => (Images: g.Key, Libraries: g.OrderBy(l => l.Library.Name, StringComparer.Ordinal).ToArray()))
            .OrderByDescending(g => weight(g.Images))
            .ThenBy(g => g.Libraries[0].Library.Name, StringComparer.Ordinal)
            .SelectMany(g => g.Libraries)
            .OrderBy(l => ranks.TryGetValue(l.Library.Name, out int rank) ? rank : int.MaxValue);
    }
}
