using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <summary>Ranges of addresses, ascending, that do not overlap.</summary>
public sealed class AddressRanges
{
    private readonly (ulong First, ulong End)[] _ranges;

    private AddressRanges((ulong First, ulong End)[] ranges) => _ranges = ranges;

    /// <summary>The ranges: the first address of each, and that behind its last.</summary>
    public IReadOnlyList<(ulong First, ulong End)> Items => _ranges;

    /// <summary>The end of a part; one that wraps around ends where addresses do.</summary>
    public static ulong End(ulong first, ulong size) => size > ulong.MaxValue - first ? ulong.MaxValue : first + size;

    /// <summary>Ranges as they are given.</summary>
    /// <param name="ranges">The ranges.</param>
    /// <param name="parameter">What they are called, for the message.</param>
    /// <exception cref="ArgumentException">A range is empty, or begins before the end of the one before it.</exception>
    public static AddressRanges From(IReadOnlyList<(ulong First, ulong End)> ranges, string parameter)
    {
        ulong before = 0;
        foreach ((ulong first, ulong end) in ranges)
        {
            if (first >= end || first < before)
            {
                throw new ArgumentException($"The range 0x{first:x} to 0x{end:x} is empty, or begins before the end of the one before it.", parameter);
            }

            before = end;
        }

        return new AddressRanges([.. ranges]);
    }

    /// <summary>All addresses of ranges that may touch, overlap and be empty, in any order: in ranges that do not touch.</summary>
    public static AddressRanges Union(IEnumerable<(ulong First, ulong End)> ranges)
    {
        var joined = new List<(ulong First, ulong End)>();
        foreach ((ulong first, ulong end) in ranges.Where(r => r.First < r.End).OrderBy(r => r.First))
        {
            int last = joined.Count - 1;
            if (last >= 0 && joined[last].End >= first) joined[last] = (joined[last].First, Math.Max(joined[last].End, end));
            else joined.Add((first, end));
        }

        return new AddressRanges([.. joined]);
    }

    /// <summary>Some of the ranges.</summary>
    public AddressRanges Where(Func<(ulong First, ulong End), int, bool> predicate) => new([.. _ranges.Where(predicate)]);

    /// <summary>Whether an address is in one of them.</summary>
    public bool Contains(ulong address) => address != ulong.MaxValue && Overlaps(address, address + 1);

    /// <summary>Whether a part has addresses of any.</summary>
    public bool Overlaps(ulong first, ulong end) => Overlapping(first, end).Any();

    /// <summary>The indices of the ranges that have addresses of a part.</summary>
    public IEnumerable<int> Overlapping(ulong first, ulong end)
    {
        for (int i = FirstEndingAfter(first); first < end && i < _ranges.Length && _ranges[i].First < end; i++) yield return i;
    }

    /// <summary>What is left of a part without the ranges, ascending; each is not empty.</summary>
    public IEnumerable<(ulong First, ulong End)> Remaining(ulong first, ulong end)
    {
        ulong next = first;
        foreach (int i in Overlapping(first, end))
        {
            if (_ranges[i].First > next) yield return (next, _ranges[i].First);
            next = _ranges[i].End;
        }

        if (next < end) yield return (next, end);
    }

    private int FirstEndingAfter(ulong address)
    {
        int low = 0;
        int high = _ranges.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].End > address) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
