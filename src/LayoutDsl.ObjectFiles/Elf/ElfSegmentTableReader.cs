using System;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>Reads the program header table (gABI: Program Header) so that every segment that results has valid content.</summary>
internal static class ElfSegmentTableReader
{
    public static bool TryRead(
        ElfFile file, ElfHeader header, out ElfSegment[] segments, [NotNullWhen(false)] out ObjectFileError? error)
    {
        // The table was checked to be inside the file, which bounds this allocation.
        segments = new ElfSegment[header.Segments.Count];
        error = null;
        ReadOnlySpan<byte> data = file.Data.Span;
        ulong loadedSize = 0;
        for (int i = 0; i < segments.Length; i++)
        {
            ulong headerOffset = ElfSectionTableReader.HeaderOffset(header.Segments, i);
            var segment = new ElfSegment(file, i, data.Slice((int)headerOffset, header.Segments.EntrySize));
            segments[i] = segment;
            if (!segment.HasFileContent)
            {
                continue;
            }

            if (!ByteRange.Fits(segment.Offset, segment.FileSize, data.Length))
            {
                error = new ObjectFileError(
                    ObjectFileErrorCode.TableOutOfBounds,
                    file.Name,
                    headerOffset,
                    $"segment {i} has 0x{segment.FileSize:x} bytes at 0x{segment.Offset:x}, outside the file of 0x{data.Length:x} bytes");
                return false;
            }

            loadedSize += segment.Type == ElfSegmentType.Load ? segment.FileSize : 0;
        }

        // Nothing is loaded twice, so that reading all loaded content is bounded by the size of the file.
        if (loadedSize > (ulong)data.Length)
        {
            error = new ObjectFileError(
                ObjectFileErrorCode.Overlap,
                file.Name,
                (ulong)header.Segments.Offset,
                $"the loaded segments have 0x{loadedSize:x} bytes of content, more than the file of 0x{data.Length:x} bytes: they overlap");
            return false;
        }

        return true;
    }
}
