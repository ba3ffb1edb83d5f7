using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>
/// The pages that a fleet needs when all its instances run: different contents of read-only pages once, and for each instance the pages that it may write, zeroed ones too, and its
/// page tables. What a plan promises is in <see cref="PlanCosts.Resident"/>.
/// </summary>
public static class ResidentPages
{
    /// <summary>Counts.</summary>
    /// <param name="images">The images, laid out, with how many instances of each run, and the pages that nobody writes although their segments may be written (<see cref="FindConstant"/>).</param>
    public static ulong Count(IEnumerable<(ElfFile File, MemoryImage Memory, ulong Instances, HashSet<ulong> Constant)> images)
    {
        var contents = new HashSet<PageContent>();
        ulong own = 0;
        foreach ((ElfFile file, MemoryImage memory, ulong instances, HashSet<ulong> constant) in images)
        {
            contents.UnionWith(memory.Pages.Where(p => !p.IsWritable || constant.Contains(p.Address)).Select(p => p.Content));
            ElfSegment[] segments = file.Segments.Where(s => s.Type == ElfSegmentType.Load && s.MemorySize > 0).ToArray();
            ulong page = memory.PageSize;
            var written = new HashSet<ulong>();
            foreach (ElfSegment segment in segments.Where(s => (s.Flags & ElfSegmentFlags.Write) != 0))
            {
                for (ulong address = segment.VirtualAddress / page * page; address <= Last(segment); address += page) written.Add(address);
            }

            written.ExceptWith(constant);
            ulong tables = PageTables.Count(page, segments.Select(s => (s.VirtualAddress / page * page, Last(s) / page * page)).ToArray());
            own += instances * ((ulong)written.Count + tables);
        }

        return own + (ulong)contents.Count;

        static ulong Last(ElfSegment segment) => segment.VirtualAddress + (segment.MemorySize - 1);
    }

    /// <summary>First addresses of the pages on which an image has <c>relro</c> sections and nothing else that is writable.</summary>
    public static HashSet<ulong> FindConstant(LayoutPlan plan, ImagePlan image)
    {
        ILookup<bool, ulong> pages = plan.GetSlots(image)
            .Where(s => s.Size > 0 && (plan.GetSection(s.Section).Permissions & Permissions.Write) != 0)
            .SelectMany(s => Enumerable.Range(0, (int)(((s.Address + s.Size - 1) / plan.Page) - (s.Address / plan.Page)) + 1).Select(i => (plan.GetSection(s.Section).IsRelro, Page: ((s.Address / plan.Page) + (ulong)i) * plan.Page)))
            .ToLookup(p => p.IsRelro, p => p.Page);
        var constant = new HashSet<ulong>(pages[true]);
        constant.ExceptWith(pages[false]);
        return constant;
    }
}
