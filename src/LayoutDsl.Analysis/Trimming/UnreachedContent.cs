using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Trimming;

/// <summary>What an image has and does not reach.</summary>
/// <param name="Pages">Ranges of whole pages on which nothing is that the image reaches, by address: they are left out of it, and those that stay are what they are in the other images.</param>
/// <param name="Unnamed">Ranges that are not reached, on whatever page, by address: their symbols are left out, since they mean nothing in the image.</param>
internal sealed record UnreachedContent(IReadOnlyList<(ulong First, ulong End)> Pages, IReadOnlyList<(ulong First, ulong End)> Unnamed)
{
    /// <summary>More than an ELF header can count without a detour (gABI, e_phnum and PN_XNUM), and few enough that sections can still be counted.</summary>
    private const int MostHeaders = 0x7fff;

    /// <summary>What the name of the symbol at the start of an array begins with (ld manual: Input Section Example).</summary>
    private const string ArrayStart = "__start_";

    /// <summary>Nothing.</summary>
    public static readonly UnreachedContent None = new([], []);

    /// <summary>Follows the references of an image. Only code and constants of libraries are left out: data, tables, unwind records and what a loader or start-up code looks for stay.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="image">The image in the plan.</param>
    /// <param name="layout">The image with everything at its place.</param>
    /// <param name="anchor">The object that keeps the linker's table in one order; null when there is none.</param>
    public static UnreachedContent Find(LayoutPlan plan, ImagePlan image, ImageLayout layout, LinkedObject? anchor)
    {
        var members = new HashSet<string>(plan.GetLibraries(image).SelectMany(l => l.Files).Where(f => f.IsMember).Select(f => f.Path), StringComparer.Ordinal);
        Dictionary<string, SlotPlan> slots = plan.GetSlots(image).ToDictionary(s => s.OutputSection, StringComparer.Ordinal);
        IEnumerable<PlacedSection> LookedFor(ModelSection section) => slots.TryGetValue(section.Name, out SlotPlan? slot) ? FindUnbounded(plan.GetSection(slot.Section), section) : [];
        bool MayDrop(ModelSection section) => section.Bytes is not null && slots.TryGetValue(section.Name, out SlotPlan? slot) && plan.MayDrop(slot);
        var reached = ReachedContent.Find(layout, members, anchor, layout.Sections.SelectMany(LookedFor), plan.Page);

        var pages = new HashSet<ulong>();
        var kept = new HashSet<ulong>();
        if (plan.Headers is { } headers) kept.Add(headers / plan.Page);
        foreach (ModelSection section in layout.Sections.Where(s => s.Size > 0)) AddPages(MayDrop(section) ? pages : kept, section.Address, section.Address + section.Size);
        foreach ((_, ulong address, ScriptData data) in layout.Data) AddPages(kept, address, address + (ulong)data.Size);
        foreach ((ulong first, ulong end) in AddressRanges.Union(reached.Ranges).Items) AddPages(kept, first, end);
        pages.ExceptWith(kept);

        // What a slot reserves behind its last page goes with it: in the file it is between two sections of a segment.
        foreach (ModelSection section in layout.Sections.Where(s => s.Size > 0 && MayDrop(s) && pages.Contains((s.Address + s.Size - 1) / plan.Page)).ToArray())
        {
            ulong end = slots[section.Name].End;
            for (ulong page = ((section.Address + section.Size - 1) / plan.Page) + 1; page * plan.Page < end && !kept.Contains(page); page++) pages.Add(page);
        }

        return new UnreachedContent(
            Limit(AddressRanges.Union(pages.Select(p => (p * plan.Page, (p + 1) * plan.Page))).Items, plan, layout.ProgramHeaders.Count),
            AddressRanges.Union(reached.Unreached).Items);

        void AddPages(HashSet<ulong> set, ulong first, ulong end)
        {
            for (ulong page = first / plan.Page; page * plan.Page < end; page++) set.Add(page);
        }
    }

    /// <summary>What no symbol leads to of what is kept in any case, and of tables: something looks for it without a reference. Between the symbols of an array, these lead to it.</summary>
    private static IEnumerable<PlacedSection> FindUnbounded(SectionPlan plan, ModelSection section)
    {
        if (plan.Role != SectionRole.Ordinary || (!plan.Keep && !plan.IsTable)) yield break;
        bool isBounded = false;
        foreach (ScriptStatement statement in section.Script.Content)
        {
            if (statement is ScriptAssignment { Name: not "." } symbol) isBounded = symbol.Name == plan.BoundsStart || symbol.Name.StartsWith(ArrayStart, StringComparison.Ordinal);
            if (isBounded || statement is not ScriptInput input) continue;
            foreach (PlacedSection found in section.ByStatement[input]) yield return found;
        }
    }

    /// <summary>As many ranges as there is room for program headers, since each may cost one: the smallest stay. Where headers are in memory, they have a page.</summary>
    private static IReadOnlyList<(ulong First, ulong End)> Limit(IReadOnlyList<(ulong First, ulong End)> ranges, LayoutPlan plan, int headers)
    {
        int most = plan.Headers is null ? MostHeaders : Math.Min(MostHeaders, FileHeaders.CountIn(plan.Page - 1));
        int room = Math.Max(0, most - headers);
        return ranges.Count <= room ? ranges : ranges.OrderByDescending(r => r.End - r.First).ThenBy(r => r.First).Take(room).OrderBy(r => r.First).ToArray();
    }
}
