using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>A part of a loaded segment that remains.</summary>
internal sealed class TrimmedLoad(ElfSegment segment, ulong address, ulong end)
{
    public ElfSegment Segment { get; } = segment;

    public ulong Address { get; } = address;

    public ulong MemorySize { get; set; } = end - address;

    /// <summary>What the file that is trimmed has of it; the rest is zero.</summary>
    public ReadOnlyMemory<byte> Content { get; } = Slice(segment, address - segment.VirtualAddress, end - segment.VirtualAddress);

    public ulong Offset { get; set; }

    public ulong FileSize { get; set; }

    private static ReadOnlyMemory<byte> Slice(ElfSegment segment, ulong first, ulong end)
    {
        ulong last = Math.Min(end, segment.FileSize);
        return first >= last ? default : ByteRange.Slice(segment.Data, first, last - first);
    }
}
