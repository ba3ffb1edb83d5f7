using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <summary>The loaded segments of an executable without ranges of memory, and where they are in the new file.</summary>
internal sealed class TrimmedLoads
{
    /// <summary>Padding and headers that a result may have more than the file that is trimmed; an alignment of gigabytes is refused.</summary>
    private const ulong MostGrowth = 64 << 20;

    private readonly List<TrimmedLoad> _loads = [];
    private readonly ulong _most;

    public TrimmedLoads(ElfFile file, AddressRanges dropped)
    {
        _most = Math.Min((ulong)file.Data.Length + MostGrowth, int.MaxValue);
        foreach (ElfSegment segment in file.SegmentArray.Where(s => s.Type == ElfSegmentType.Load))
        {
            ulong end = segment.VirtualAddress + segment.MemorySize;
            if (segment.MemorySize == 0 && !dropped.Contains(segment.VirtualAddress)) _loads.Add(new TrimmedLoad(segment, end, end));
            _loads.AddRange(dropped.Remaining(segment.VirtualAddress, end).Select(part => new TrimmedLoad(segment, part.First, part.End)));
        }
    }

    /// <summary>Ascending, as the gABI wants them.</summary>
    public IReadOnlyList<TrimmedLoad> Items => _loads;

    /// <summary>Where the contents end in the new file.</summary>
    public ulong End { get; private set; }

    /// <summary>Gives each part its place: congruent to its address modulo its alignment (gABI: Program Header, p_align).</summary>
    /// <returns>Whether the file stays of a reasonable size.</returns>
    public bool TryPlace(TrimmedHeaders headers, int segmentCount)
    {
        ulong position = headers.NewEnd(segmentCount);
        foreach (TrimmedLoad load in _loads)
        {
            load.FileSize = (ulong)load.Content.Length;
            if (headers.Segment == load.Segment && load.Address == load.Segment.VirtualAddress)
            {
                ulong end = headers.Shift(segmentCount) == 0 ? 0 : position + headers.MovedSize;
                load.FileSize = Math.Max(load.FileSize, end);
                load.MemorySize = Math.Max(load.MemorySize, end);
                position = Math.Max(position, load.FileSize);
                continue;
            }

            ulong alignment = Math.Max(load.Segment.Alignment, 1);
            load.Offset = position + (unchecked(load.Address - position) & (alignment - 1));

            // A part without content takes no place.
            if (load.FileSize > 0) position = load.Offset + load.FileSize;
            if (position > _most) return false;
        }

        End = position;
        return true;
    }

    /// <summary>The last part that begins at an address or before it, and has it or ends there.</summary>
    public TrimmedLoad? Find(ulong address)
    {
        int low = 0;
        int high = _loads.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_loads[middle].Address <= address) low = middle + 1;
            else high = middle;
        }

        return low > 0 && address - _loads[low - 1].Address <= _loads[low - 1].MemorySize ? _loads[low - 1] : null;
    }
}
