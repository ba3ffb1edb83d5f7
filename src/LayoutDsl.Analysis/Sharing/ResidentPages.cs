using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning.Costs;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>
/// The pages that a fleet needs when all its instances run: different contents of read-only pages once, and for each instance the pages that it may write, zeroed ones too, and its
/// page tables. What a plan promises is in <see cref="PlanCosts.Resident"/>.
/// </summary>
public static class ResidentPages
{
    /// <summary>Counts.</summary>
    /// <param name="images">The images, laid out, with how many instances of each run.</param>
    public static ulong Count(IEnumerable<(ElfFile File, MemoryImage Memory, ulong Instances)> images)
    {
        var contents = new HashSet<PageContent>();
        ulong own = 0;
        foreach ((ElfFile file, MemoryImage memory, ulong instances) in images)
        {
            contents.UnionWith(memory.Pages.Where(p => !p.IsWritable).Select(p => p.Content));
            ElfSegment[] segments = file.Segments.Where(s => s.Type == ElfSegmentType.Load && s.MemorySize > 0).ToArray();
            ulong page = memory.PageSize;
            ulong written = segments.Where(s => (s.Flags & ElfSegmentFlags.Write) != 0).Aggregate(0UL, (sum, s) => sum + ((Last(s) / page) - (s.VirtualAddress / page) + 1));
            ulong tables = PageTables.Count(page, segments.Select(s => (s.VirtualAddress / page * page, Last(s) / page * page)).ToArray());
            own += instances * (written + tables);
        }

        return own + (ulong)contents.Count;

        static ulong Last(ElfSegment segment) => segment.VirtualAddress + (segment.MemorySize - 1);
    }
}
