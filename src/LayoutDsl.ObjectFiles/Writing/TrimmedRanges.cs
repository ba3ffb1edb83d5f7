using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <summary>Decides which ranges an executable can do without.</summary>
internal static class TrimmedRanges
{
    /// <summary>SHN_LORESERVE: from here on section indices would need extended numbering (gABI: Sections).</summary>
    public const int MostSections = 0xff00 - 1;

    /// <summary>The ranges without those that have bytes which a header speaks of, and without the smallest ones for whose pieces there are not enough headers.</summary>
    public static AddressRanges Choose(ElfFile file, TrimmedHeaders headers, AddressRanges dropped)
    {
        List<(ulong First, ulong End)> needed = [.. file.SegmentArray.Where(IsNeeded).Select(s => (s.VirtualAddress, AddressRanges.End(s.VirtualAddress, MemorySize(s))))];
        if (headers.Segment is { } segment) needed.Add((segment.VirtualAddress, segment.VirtualAddress + headers.OldEnd + headers.MovedSize));
        var indices = new HashSet<int>(needed.SelectMany(n => dropped.Overlapping(n.First, n.End)));
        dropped = AddressRanges.Union(dropped.Where((_, i) => !indices.Contains(i)).Items);
        List<(ulong First, ulong End)> sections = [.. file.SectionArray.Where(TrimmedSections.IsCut).Select(s => (s.Address, s.Address + s.Size))];
        dropped = Limit(dropped, sections, MostSections - file.SectionArray.Length);
        List<(ulong First, ulong End)> loads = [.. file.SegmentArray.Where(s => s.Type == ElfSegmentType.Load).Select(s => (s.VirtualAddress, s.VirtualAddress + s.MemorySize))];
        int segments = file.SegmentArray.Count(s => s.Type != ElfSegmentType.Null);
        return Limit(dropped, loads, (int)headers.Most - segments);
    }

    /// <summary>Whether a segment other than the loaded ones describes bytes that must stay together.</summary>
    private static bool IsNeeded(ElfSegment segment) =>
        segment.Type is not (ElfSegmentType.Load or ElfSegmentType.Null or ElfSegmentType.GnuStack or ElfSegmentType.GnuEhFrame);

    /// <summary>Zeros of thread-local storage are only in its copies.</summary>
    private static ulong MemorySize(ElfSegment segment) => segment.Type == ElfSegmentType.Tls ? segment.FileSize : segment.MemorySize;

    /// <summary>Gives up on the smallest ranges that cut a part in two until there are at most so many more parts than before.</summary>
    private static AddressRanges Limit(AddressRanges dropped, List<(ulong First, ulong End)> parts, int most)
    {
        // Ranges do not touch: each changes the number of parts by itself.
        var more = new int[dropped.Items.Count];
        foreach ((ulong first, ulong end) in parts)
        {
            foreach (int i in dropped.Overlapping(first, end))
            {
                (ulong rangeFirst, ulong rangeEnd) = dropped.Items[i];
                more[i] += (rangeFirst > first ? 1 : 0) + (rangeEnd < end ? 1 : 0) - 1;
            }
        }

        int excess = more.Sum() - most;
        var kept = new HashSet<int>();
        foreach (int i in Enumerable.Range(0, more.Length).Where(i => more[i] > 0).OrderBy(i => dropped.Items[i].End - dropped.Items[i].First))
        {
            if (excess <= 0) break;
            kept.Add(i);
            excess -= more[i];
        }

        return dropped.Where((_, i) => !kept.Contains(i));
    }
}
