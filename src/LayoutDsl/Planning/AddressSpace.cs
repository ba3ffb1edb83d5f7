using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Which addresses are given away, by a lock or by this plan, and to which images. What an earlier plan gave stays given, also while nobody uses it; what is new goes into the lowest gap
/// that is large enough.
/// </summary>
internal sealed class AddressSpace
{
    private readonly ulong page;
    private readonly DiagnosticBag bag;
    private readonly Dictionary<(string Owner, string Section, string Part), LockedSlot> locked;
    private readonly bool isPart;

    /// <summary>In the order of their starts.</summary>
    private readonly List<TakenRange> taken = new();

    /// <summary>Bytes of the longest range: what reaches beyond an address starts at most so far before it.</summary>
    private ulong longest;

    /// <param name="page">Page size in bytes.</param>
    /// <param name="locked">Earlier slots.</param>
    /// <param name="content">Tells which images have a library.</param>
    /// <param name="mayOverlap">Whether what no image has together may be at one address.</param>
    /// <param name="bag">Takes the mistakes.</param>
    public AddressSpace(ulong page, PlanLock locked, FleetContent content, bool mayOverlap, DiagnosticBag bag)
    {
        this.page = page;
        this.bag = bag;
        MayOverlap = mayOverlap;
        isPart = locked.IsPart;
        this.locked = (locked.File ?? LockFile.Empty).Slots.ToDictionary(s => s.Key);
        var images = content.Libraries.ToDictionary(l => l.Library.Name, l => l.Images, StringComparer.Ordinal);
        taken.AddRange(this.locked.Values
            .Where(s => s.Reserved > 0)
            .Select(s => new TakenRange(s.Address, s.End, images.TryGetValue(s.Owner, out ImageSet? own) ? own : null))
            .OrderBy(r => r.Start));
        longest = taken.Select(r => r.End - r.Start).DefaultIfEmpty(0UL).Max();
    }

    /// <summary>Whether what no image has together may be at one address.</summary>
    public bool MayOverlap { get; }

    /// <summary>Whether nothing but the order of placing decides: there is no lock, and nothing overlaps.</summary>
    public bool IsOrdered => locked.Count == 0 && !MayOverlap;

    /// <summary>
    /// The earlier slot of something, when its content still fits: into what was reserved, or into that and the free room behind it. A slot that must move gives its room away.
    /// </summary>
    /// <param name="key">Owner, section and part.</param>
    /// <param name="region">The region that it has to be in.</param>
    /// <param name="size">Bytes of its content.</param>
    /// <param name="reserved">Bytes that it wants when it has to grow.</param>
    /// <param name="alignment">Alignment in bytes.</param>
    public LockedSlot? Keep((string Owner, string Section, string Part) key, BoundRegion region, ulong size, ulong reserved, ulong alignment)
    {
        if (size == 0 || !locked.TryGetValue(key, out LockedSlot? slot)) return null;
        bool fits = slot.Region == region.Name && slot.Address % alignment == 0 && slot.Address >= region.Origin && size <= AddressCursor.EndOf(region) - slot.Address;
        if (fits && size <= slot.Reserved) return slot;
        int index = taken.FindIndex(r => r.Start == slot.Address && r.End == slot.End);
        ImageSet? images = index < 0 ? null : taken[index].Images;
        if (index >= 0) taken.RemoveAt(index);
        ulong room = fits ? FindEnd(region, slot.Address, images) - slot.Address : 0;
        if (size > room) return null;
        LockedSlot grown = slot with { Reserved = Math.Max(size, Math.Min(reserved, room)) };
        Take(grown.Address, grown.End, images);
        return grown;
    }

    /// <summary>Bytes that images which are not planned here need of what all images have: what an earlier plan reserved; none when all are planned.</summary>
    public ulong NeededByOthers((string Owner, string Section, string Part) key) => isPart && locked.TryGetValue(key, out LockedSlot? slot) ? slot.Reserved : 0;

    /// <summary>Gives addresses away.</summary>
    /// <param name="start">The first one.</param>
    /// <param name="end">The one just after the last.</param>
    /// <param name="images">The images that use them; null for all.</param>
    public void Take(ulong start, ulong end, ImageSet? images)
    {
        if (end <= start) return;
        taken.Insert(FirstAbove(start), new TakenRange(start, end, images));
        longest = Math.Max(longest, end - start);
    }

    /// <summary>Index of the first range that starts above an address.</summary>
    private int FirstAbove(ulong address)
    {
        int low = 0;
        for (int high = taken.Count; low < high;)
        {
            int middle = (low + high) / 2;
            if (taken[middle].Start > address) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>A cursor over the lowest gap of a region that is large enough; behind everything when there is none.</summary>
    /// <param name="region">The region.</param>
    /// <param name="from">The lowest address that is wanted.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="images">The images that will use it; null for all.</param>
    public AddressCursor Open(BoundRegion region, ulong from, ulong size, ImageSet? images)
    {
        ulong start = AlignUp(from);
        foreach (TakenRange range in taken.Where(r => Meets(r, images)))
        {
            ulong first = Alignment.AlignDown(range.Start, page);
            if (first >= start && first - start >= size) return new AddressCursor(region, start, first, bag);
            start = Math.Max(start, AlignUp(range.End));
        }

        return new AddressCursor(region, start, bag);
    }

    /// <summary>A cursor over the free room behind something that is placed.</summary>
    public AddressCursor Continue(BoundRegion region, ulong address, ImageSet? images) => new(region, address, FindEnd(region, address, images), bag);

    private ulong FindEnd(BoundRegion region, ulong address, ImageSet? images)
    {
        for (int i = address < longest ? 0 : FirstAbove(address - longest); i < taken.Count; i++)
        {
            TakenRange range = taken[i];
            if (range.End <= address || !Meets(range, images)) continue;

            // What lies on a later page keeps that page for itself.
            ulong first = Alignment.AlignDown(range.Start, page);
            return first > address ? first : Math.Max(range.Start, address);
        }

        return AddressCursor.EndOf(region);
    }

    private bool Meets(TakenRange range, ImageSet? images) => !MayOverlap || images is null || range.Images is null || range.Images.Intersects(images);

    private ulong AlignUp(ulong address) => Alignment.TryAlignUp(address, page, out ulong aligned) ? aligned : ulong.MaxValue;

    private sealed record TakenRange(ulong Start, ulong End, ImageSet? Images);
}
