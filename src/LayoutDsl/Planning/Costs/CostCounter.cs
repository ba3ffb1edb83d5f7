using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Costs;

/// <summary>Walks the slots of each image once and counts their pages by who has them.</summary>
internal sealed class CostCounter
{
    /// <summary>Bytes of an ELF header and of a program header (gABI, 64 bits).</summary>
    private const ulong HeaderSize = 64, ProgramHeaderSize = 56;

    private readonly LayoutPlan plan;
    private readonly HashSet<SlotPlan> interiors = new(PlaceComparer.Instance);
    private readonly HashSet<string> boundaries = new(StringComparer.Ordinal);
    private readonly Dictionary<SlotPlan, int> numbers = new(PlaceComparer.Instance);
    private readonly Dictionary<string, LibraryPages> libraries = new(StringComparer.Ordinal);
    private readonly HashSet<int> tablePages = new();
    private ulong pages, shared, own, sharedData, ownData, instances, written, pageTables, fileBytes, packedWritten;

    private CostCounter(LayoutPlan plan) => this.plan = plan;

    /// <summary>Counts what a plan costs.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="strategy">Where its images have everything; null for where the plan has it.</param>
    /// <param name="progress">Watches and stops it.</param>
    public static PlanCosts Count(LayoutPlan plan, IReadOnlyList<LayoutPlan>? strategy, PlanProgress progress)
    {
        CostCounter counter = Walk(plan, strategy ?? new[] { plan }, progress);
        return new PlanCosts(
            plan.Page,
            counter.shared,
            counter.own,
            counter.sharedData,
            counter.ownData,
            counter.instances,
            counter.written,
            counter.pageTables,
            counter.fileBytes,
            plan.Libraries.Select(l => counter.libraries[l.Name].ToCost(l)).ToEquatableArray(),
            strategy is null ? counter.CompareChoices(progress).ToEquatableArray() : default) { Pages = counter.pages };
    }

    private static CostCounter Walk(LayoutPlan plan, IEnumerable<LayoutPlan> parts, PlanProgress progress)
    {
        int counted = 0;
        var counter = new CostCounter(plan);
        foreach (LibraryPlan library in plan.Libraries) counter.libraries.Add(library.Name, new LibraryPages());
        foreach (LayoutPlan part in parts)
        {
            foreach (ImagePlan image in part.Images)
            {
                counter.CountImage(part, image);
                progress.Step("counted", ++counted, plan.Images.Count);
            }
        }

        return counter;
    }

    private void CountImage(LayoutPlan part, ImagePlan image)
    {
        SlotPlan[] slots = part.GetLibraries(image)
            .SelectMany(l => l.Slots.Where(s => s.IsIn(image.Name)))
            .Concat(image.Slots)
            .Where(s => s.Size > 0 && plan.GetSection(s.Section).IsLoaded)
            .OrderBy(s => s.Address)
            .ToArray();
        ulong writtenPages = 0, writtenBytes = 0;
        tablePages.Clear();
        for (int i = 0; i < slots.Length;)
        {
            // Slots of one page are one run; a run ends where the next slot starts on a page of its own.
            int end = i + 1;
            while (end < slots.Length && First(slots[end]) <= Last(slots[end - 1])) end++;
            CountRun(slots, i, end, ref writtenPages);
            i = end;
        }

        foreach (SlotPlan slot in slots.Where(IsWritable)) writtenBytes += slot.Size;
        instances += image.Instances;
        written += writtenPages * image.Instances;
        packedWritten += Pages(writtenBytes) * image.Instances;
        pageTables += PageTables.Count(plan.Page, slots.Select(image.Move).Select(s => (First(s), Last(s))).ToArray()) * image.Instances;
        fileBytes += FileSize(SegmentPlan.Find(part, image));
    }

    /// <summary>Counts pages from the first of a run to its last: those inside one slot by that slot, those that several slots meet on by all of them.</summary>
    private void CountRun(SlotPlan[] slots, int start, int end, ref ulong writtenPages)
    {
        ulong at = First(slots[start]);
        for (int i = start; i < end; i++)
        {
            ulong last = Last(slots[i]);
            bool meetsNext = i + 1 < end && First(slots[i + 1]) <= last;
            ulong interior = at > last ? 0 : ((last - at) / plan.Page) + (meetsNext ? 0UL : 1UL);
            if (interior > 0)
            {
                CountPages(slots, i, i + 1, interior);
                if (IsWritable(slots[i])) writtenPages += interior;
                at += interior * plan.Page;
            }

            if (!meetsNext || at > last) continue;
            int stop = i + 1;
            while (stop < end && First(slots[stop]) <= last) stop++;
            CountPages(slots, i, stop, 1);
            if (slots.Skip(i).Take(stop - i).Any(IsWritable)) writtenPages++;
            at = last + plan.Page;
        }
    }

    private void CountPages(SlotPlan[] slots, int start, int stop, ulong count)
    {
        ulong moved = PointerPages.Count(plan, slots, start, stop, count);
        if (moved > 0) CountPointers(slots, start, stop, moved);
        if (moved == count) return;
        count -= moved;
        bool isOwn = false, isWritable = false, hasContent = false;
        for (int i = start; i < stop; i++)
        {
            isOwn |= !libraries.ContainsKey(slots[i].Owner);
            isWritable |= IsWritable(slots[i]);
            hasContent |= !plan.GetSection(slots[i].Section).IsZero;
        }

        bool isNew = isOwn || (stop == start + 1 ? interiors.Add(slots[start]) : boundaries.Add(KeyOf(slots, start, stop)));
        for (int i = start; i < stop && !isOwn; i++) libraries[slots[i].Owner].Add(count, isNew, isWritable);
        if (hasContent) pages += count;
        if (!isNew || !hasContent) return;
        if (isOwn && isWritable) ownData += count;
        else if (isOwn) own += count;
        else if (isWritable) sharedData += count;
        else shared += count;
    }

    /// <summary>Pages with addresses are an image's own where these differ; those that several of its libraries have are one.</summary>
    private void CountPointers(SlotPlan[] slots, int start, int stop, ulong count)
    {
        bool isNew = PointerPages.FindNumber(slots[stop - 1]) is not { } number || tablePages.Add(number);
        for (int i = start; i < stop; i++)
        {
            if (libraries.TryGetValue(slots[i].Owner, out LibraryPages? library)) library.Add(count, isNew, false);
        }

        pages += count;
        if (isNew) own += count;
    }

    private string KeyOf(SlotPlan[] slots, int start, int stop)
    {
        var parts = new string[stop - start];
        for (int i = start; i < stop; i++)
        {
            if (!numbers.TryGetValue(slots[i], out int number)) numbers.Add(slots[i], number = numbers.Count);
            parts[i - start] = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return string.Join(" ", parts);
    }

    private IEnumerable<ChoiceCost> CompareChoices(PlanProgress progress)
    {
        ulong packed = Walk(plan, new[] { PackedPlan.Of(plan) }, progress).shared;
        yield return new ChoiceCost("libraries of different images on different pages", shared, "all libraries packed without gaps", packed);
        yield return new ChoiceCost("data of a library at one address in all images", written, "the data of each image packed", packedWritten);
        ulong tables = 0;
        foreach (ImagePlan image in plan.Images)
        {
            foreach (SlotPlan slot in image.Slots.Where(s => s.Size > 0 && IsIndirection(plan.GetSection(s.Section).Role))) tables += Pages(slot.Size);
        }

        if (tables > 0) yield return new ChoiceCost("calls of what differs through tables of each image", tables, "", null);
    }

    private static bool IsIndirection(SectionRole role) => role is SectionRole.IndirectStubs or SectionRole.FunctionTable;

    /// <summary>Where the last segment ends in the file: each starts at the next offset that equals its address up to a multiple of the file's alignment (gABI, <c>p_align</c>).</summary>
    private ulong FileSize(IReadOnlyList<SegmentPlan> segments)
    {
        ulong offset = HeaderSize + (ProgramHeaderSize * (ulong)segments.Count);
        ulong alignment = SegmentPlan.GetFileAlignment(plan);
        foreach (SegmentPlan segment in segments)
        {
            SlotPlan? last = segment.Slots.LastOrDefault(s => !plan.GetSection(s.Section).IsZero);
            if (last is not null) offset += (unchecked(segment.Address - offset) % alignment) + (last.Address + last.Size - segment.Address);
        }

        return offset;
    }

    private bool IsWritable(SlotPlan slot) => (plan.GetSection(slot.Section).Permissions & Permissions.Write) != 0 && !plan.GetSection(slot.Section).IsRelro;

    private ulong First(SlotPlan slot) => Alignment.AlignDown(slot.Address, plan.Page);

    private ulong Last(SlotPlan slot) => Alignment.AlignDown(slot.Address + slot.Size - 1, plan.Page);

    private ulong Pages(ulong bytes) => (bytes / plan.Page) + (bytes % plan.Page == 0 ? 0UL : 1UL);
}
