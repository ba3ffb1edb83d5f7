using System;
using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles;

/// <summary>Checks the segments of a file (gABI: Program Header).</summary>
internal sealed class ElfSegmentVerifier(ElfFile file, Action<ObjectFileError> report)
{
    public void Verify()
    {
        var loads = new List<ElfSegment>();
        foreach (ElfSegment segment in file.SegmentArray)
        {
            if (segment.Type is ElfSegmentType.Load or ElfSegmentType.Tls)
            {
                VerifySizes(segment);
            }

            if (segment.Type == ElfSegmentType.Load)
            {
                VerifyAlignment(segment);
                loads.Add(segment);
            }
        }

        VerifyOrder(loads);
    }

    private void VerifySizes(ElfSegment segment)
    {
        if (segment.FileSize > segment.MemorySize)
        {
            Report(segment, $"has 0x{segment.FileSize:x} bytes in the file (p_filesz) but only 0x{segment.MemorySize:x} in memory (p_memsz)");
        }

        if (segment.VirtualAddress > ulong.MaxValue - segment.MemorySize)
        {
            Report(
                segment, $"has 0x{segment.MemorySize:x} bytes at 0x{segment.VirtualAddress:x}: it ends beyond the address space");
        }
    }

    private void VerifyAlignment(ElfSegment segment)
    {
        ulong alignment = segment.Alignment;
        if ((alignment & unchecked(alignment - 1)) != 0)
        {
            Report(segment, $"has alignment {alignment} (p_align), expected a power of two or 0");
        }
        else if (alignment > 1 && segment.FileSize != 0 && (unchecked(segment.VirtualAddress - segment.Offset) & (alignment - 1)) != 0)
        {
            Report(
                segment,
                $"has address 0x{segment.VirtualAddress:x} and offset 0x{segment.Offset:x}, which differ modulo its alignment 0x{alignment:x}");
        }
    }

    private void VerifyOrder(List<ElfSegment> loads)
    {
        for (int i = 1; i < loads.Count; i++)
        {
            ElfSegment before = loads[i - 1];
            ElfSegment segment = loads[i];
            if (segment.VirtualAddress < before.VirtualAddress)
            {
                Report(
                    segment,
                    $"is at 0x{segment.VirtualAddress:x}, before segment {before.Index} at 0x{before.VirtualAddress:x}; loaded segments ascend");
            }
            else if (before.MemorySize > segment.VirtualAddress - before.VirtualAddress)
            {
                Report(
                    segment,
                    ObjectFileErrorCode.Overlap,
                    $"is at 0x{segment.VirtualAddress:x}, inside segment {before.Index} of 0x{before.MemorySize:x} bytes at 0x{before.VirtualAddress:x}");
            }
        }
    }

    private void Report(ElfSegment segment, string message) => Report(segment, ObjectFileErrorCode.BadSegment, message);

    private void Report(ElfSegment segment, ObjectFileErrorCode code, string message) => report(new ObjectFileError(
        code, file.Name, ElfSectionTableReader.HeaderOffset(file.Header.Segments, segment.Index), $"segment {segment.Index} {message}"));
}
