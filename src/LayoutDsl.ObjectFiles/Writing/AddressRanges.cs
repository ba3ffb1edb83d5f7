using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <summary>Ranges of addresses, ascending, that do not overlap.</summary>
internal sealed class AddressRanges
{
    private readonly (ulong First, ulong End)[] _ranges;

    private AddressRanges((ulong First, ulong End)[] ranges) => _ranges = ranges;

    public IReadOnlyList<(ulong First, ulong End)> Items => _ranges;

    /// <summary>The end of a part; one that wraps around ends where addresses do.</summary>
    public static ulong End(ulong first, ulong size) => size > ulong.MaxValue - first ? ulong.MaxValue : first + size;

    /// <summary>Ranges as they are given.</summary>
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

    /// <summary>The same addresses, in ranges that do not touch.</summary>
    public AddressRanges Merge()
    {
        var merged = new List<(ulong First, ulong End)>();
        foreach ((ulong first, ulong end) in _ranges)
        {
            int last = merged.Count - 1;
            if (last >= 0 && merged[last].End == first) merged[last] = (merged[last].First, end);
            else merged.Add((first, end));
        }

        return new AddressRanges([.. merged]);
    }

    public AddressRanges Where(Func<(ulong First, ulong End), int, bool> predicate) => new([.. _ranges.Where(predicate)]);

    public bool Contains(ulong address) => address != ulong.MaxValue && Overlaps(address, address + 1);

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
