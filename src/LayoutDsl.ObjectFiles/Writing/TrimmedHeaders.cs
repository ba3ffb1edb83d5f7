using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <summary>The ELF header and the program header table of an executable that is trimmed: whether they are in memory, and how far the table can grow there.</summary>
internal sealed class TrimmedHeaders
{
    /// <summary>PN_XNUM: from here on the number of program headers would be elsewhere (gABI: ELF Header, e_phnum).</summary>
    private const ulong ExtendedSegmentCount = 0xffff;

    private readonly ElfFile _file;

    public TrimmedHeaders(ElfFile file, AddressRanges dropped)
    {
        _file = file;
        ElfHeaderTable table = file.Header.Segments;
        ulong headerSize = (ulong)file.Decoder.HeaderSize;
        OldEnd = table.Count == 0 ? headerSize : (ulong)table.Offset + ((ulong)table.Count * (ulong)table.EntrySize);
        Segment = file.SegmentArray.FirstOrDefault(s => s.Type == ElfSegmentType.Load && s.FileSize > 0 && s.Offset < OldEnd);
        Most = ExtendedSegmentCount - 1;
        if (Segment is null) return;
        if (Segment.Offset != 0 || Segment.FileSize < OldEnd || (ulong)table.Offset != headerSize || file.SegmentArray.Any(s => s.Type == ElfSegmentType.Load && s.VirtualAddress < Segment.VirtualAddress))
        {
            throw ElfImageTrimmer.Unsupported(file, $"segment {Segment.Index} has a part of the headers; expected all of them, at its start, before all other segments in memory");
        }

        ulong end = Segment.VirtualAddress + OldEnd;
        Moved = [.. file.SectionArray.Where(s => s.IsAllocated && s.Size <= 1 && s.Address == end && !TrimmedSections.IsThreadZero(s) && s.Type != ElfSectionType.Null)];
        ulong mostInMemory = (FindLimit(dropped) - Segment.VirtualAddress - MovedSize - headerSize) / (ulong)file.Decoder.SegmentHeaderSize;
        Most = Math.Min(Most, Math.Max(mostInMemory, (ulong)table.Count));
    }

    /// <summary>The segment that loads the headers, if one does.</summary>
    public ElfSegment? Segment { get; }

    /// <summary>Where the program header table ends in the file that is trimmed.</summary>
    public ulong OldEnd { get; }

    /// <summary>Sections of at most a byte behind the headers, which stand for them: they go where the table ends.</summary>
    public IReadOnlyList<ElfSection> Moved { get; } = [];

    /// <summary>The greatest number of program headers.</summary>
    public ulong Most { get; }

    public ulong MovedSize => Moved.Count == 0 ? 0 : Moved.Max(s => s.Size);

    /// <summary>Where the table of so many program headers ends in the file.</summary>
    public ulong NewEnd(int count) => (ulong)(_file.Decoder.HeaderSize + (count * _file.Decoder.SegmentHeaderSize));

    /// <summary>How far the sections behind the headers move: only when the table grows.</summary>
    public ulong Shift(int count) => Segment is not null && NewEnd(count) > OldEnd ? NewEnd(count) - OldEnd : 0;

    /// <summary>The first address that neither the table nor the sections behind it may reach.</summary>
    private ulong FindLimit(AddressRanges dropped)
    {
        ulong start = Segment!.VirtualAddress;
        ulong end = start + OldEnd;

        // Without section headers nobody knows what is behind the table.
        if (_file.SectionArray.Length == 0 && Segment.FileSize > OldEnd) return end + MovedSize;
        ulong limit = Segment.Alignment <= 1 || start > ulong.MaxValue - Segment.Alignment ? end : start + Segment.Alignment;
        foreach (ElfSection section in _file.SectionArray)
        {
            bool isThere = section.IsAllocated && section.Size > 0 && !TrimmedSections.IsThreadZero(section) && !Moved.Contains(section);
            if (isThere && section.Address + section.Size > start) limit = Math.Min(limit, section.Address);
        }

        foreach (ElfSegment other in _file.SegmentArray)
        {
            bool isThere = other.Type == ElfSegmentType.Load && other.MemorySize > 0 && other != Segment;
            if (isThere && other.VirtualAddress >= start) limit = Math.Min(limit, other.VirtualAddress);
        }

        foreach (int i in dropped.Overlapping(end, limit)) limit = Math.Min(limit, Math.Max(end, dropped.Items[i].First));
        return Math.Max(limit, end + MovedSize);
    }
}
