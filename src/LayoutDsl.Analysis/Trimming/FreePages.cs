using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Trimming;

/// <summary>The pages of a linked image that are in its file although nothing lies on them: the script of a build puts sections far apart into one segment when they have slots.</summary>
internal static class FreePages
{
    /// <summary>Ranges of whole pages between sections of one loaded segment, zeroed ones too, by address. What is in front of a segment's first section may be headers, and stays.</summary>
    /// <param name="file">The image.</param>
    /// <param name="page">Bytes of a page.</param>
    public static IReadOnlyList<(ulong First, ulong End)> Find(ElfFile file, ulong page)
    {
        var free = new List<(ulong First, ulong End)>();
        foreach (ElfSegment segment in file.Segments.Where(s => s.Type == ElfSegmentType.Load && s.FileSize > 0).OrderBy(s => s.VirtualAddress))
        {
            ulong? end = null;
            foreach (ElfSection section in file.Sections.Where(s => s.IsAllocated && s.Size > 0 && Starts(s, segment)).OrderBy(s => s.Address))
            {
                if (end is { } before && Alignment.TryAlignUp(before, page, out ulong first) && Alignment.AlignDown(section.Address, page) is var last && last > first) free.Add((first, last));
                end = System.Math.Max(end ?? 0, section.Address + System.Math.Min(section.Size, ulong.MaxValue - section.Address));
            }
        }

        return free;
    }

    private static bool Starts(ElfSection section, ElfSegment segment) => section.Address >= segment.VirtualAddress && section.Address - segment.VirtualAddress < segment.FileSize;
}
