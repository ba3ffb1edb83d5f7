using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <summary>The program headers of an executable without ranges of memory, in the order of the file: loaded segments in parts, the others whole.</summary>
internal sealed class TrimmedSegments
{
    private readonly ElfFile _file;
    private readonly AddressRanges _dropped;
    private readonly TrimmedLoads _loads;
    private readonly List<ElfSegment> _others;

    public TrimmedSegments(ElfFile file, AddressRanges dropped, TrimmedLoads loads)
    {
        _file = file;
        _dropped = dropped;
        _loads = loads;
        _others = [.. file.SegmentArray.Where(s => s.Type is not (ElfSegmentType.Load or ElfSegmentType.Null) && HasStart(s))];
    }

    /// <summary>The number of program headers.</summary>
    public int Count => _loads.Items.Count + _others.Count;

    /// <summary>Writes the table.</summary>
    public byte[] Encode(IReadOnlyList<TrimmedSection> sections)
    {
        var encoder = new ElfEncoder(_file.Class, _file.ByteOrder);
        ILookup<ElfSegment, TrimmedLoad> parts = _loads.Items.ToLookup(l => l.Segment);
        var others = new HashSet<ElfSegment>(_others);
        foreach (ElfSegment segment in _file.SegmentArray)
        {
            foreach (TrimmedLoad load in parts[segment])
            {
                ulong physical = unchecked(segment.PhysicalAddress + (load.Address - segment.VirtualAddress));
                if (_file.Class == ElfClass.Elf32) physical = (uint)physical;
                encoder.SegmentHeader(segment.Type, segment.Flags, load.Offset, load.Address, physical, load.FileSize, load.MemorySize, segment.Alignment);
            }

            if (others.Contains(segment)) EncodeOther(encoder, segment, sections);
        }

        return encoder.ToArray();
    }

    private void EncodeOther(ElfEncoder encoder, ElfSegment segment, IReadOnlyList<TrimmedSection> sections)
    {
        (ulong offset, ulong fileSize, ulong memorySize) = (0, segment.FileSize, segment.MemorySize);
        if (segment.Type == ElfSegmentType.ProgramHeaders)
        {
            offset = (ulong)_file.Decoder.HeaderSize;
            fileSize = memorySize = (ulong)(Count * _file.Decoder.SegmentHeaderSize);
        }
        else if (segment.Type != ElfSegmentType.GnuStack)
        {
            if (segment.Type == ElfSegmentType.GnuEhFrame && memorySize > 0)
            {
                // Whatever follows is in memory that nobody reads.
                (ulong first, ulong end) = _dropped.Remaining(segment.VirtualAddress, AddressRanges.End(segment.VirtualAddress, memorySize)).First();
                memorySize = end - first;
                fileSize = Math.Min(fileSize, memorySize);
            }

            offset = Place(segment, fileSize, sections);
        }

        encoder.SegmentHeader(segment.Type, segment.Flags, offset, segment.VirtualAddress, segment.PhysicalAddress, fileSize, memorySize, segment.Alignment);
    }

    /// <summary>The start of the unwinding table may be in memory that goes; without it the header would speak of nothing.</summary>
    private bool HasStart(ElfSegment segment) => segment.Type != ElfSegmentType.GnuEhFrame || !_dropped.Contains(segment.VirtualAddress);

    private ulong Place(ElfSegment segment, ulong fileSize, IReadOnlyList<TrimmedSection> sections)
    {
        TrimmedLoad? load = _loads.Find(segment.VirtualAddress);
        if (load is not null)
        {
            ulong inLoad = segment.VirtualAddress - load.Address;
            ulong inSegment = segment.VirtualAddress - load.Segment.VirtualAddress;
            if (fileSize == 0) return load.Offset + Math.Min(inLoad, load.FileSize);
            bool isSame = segment.Offset >= load.Segment.Offset && segment.Offset - load.Segment.Offset == inSegment;
            if (isSame && ByteRange.Fits(inLoad, fileSize, load.Content.Length)) return load.Offset + inLoad;
        }

        if (fileSize == 0) return 0;
        TrimmedSection? section = sections.FirstOrDefault(s => s.HasContent && s.Old.Offset <= segment.Offset && ByteRange.Fits(segment.Offset - s.Old.Offset, fileSize, s.Content.Length));
        return section is not null
            ? section.Offset + (segment.Offset - section.Old.Offset)
            : throw ElfImageTrimmer.Unsupported(_file, $"segment {segment.Index} has content that neither a loaded segment nor a section has");
    }
}
