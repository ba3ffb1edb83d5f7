using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Strategies;

/// <summary>
/// The strategy of <em>Want More Unikernels? Inflate Them!</em> (Gain et al., SoCC'22), for comparison. Code first: libraries that all images have, in the order of their names, each on a page boundary; then
/// those that some have, where each image counts on by itself, so that one library may get different addresses; then what is in one image only. Read-only data the same three ways at
/// its own alignment; tables on a page each; data and zeroed data each as one block at an address that is common to all images.
/// </summary>
public sealed class SpacerPlan
{
    private readonly LayoutPlan plan;
    private readonly Dictionary<string, Dictionary<string, ulong>> addresses;
    private readonly Dictionary<string, SlotPlan[]> slots;
    private readonly Dictionary<string, ILookup<string, SlotPlan>> byOwner;
    private readonly Dictionary<string, ulong> counters = new(StringComparer.Ordinal);

    /// <summary>What a symbol at or above it stands for is free memory behind the images.</summary>
    private readonly ulong lastAddress;

    private SpacerPlan(LayoutPlan plan)
    {
        this.plan = plan;
        slots = plan.Images.ToDictionary(i => i.Name, i => plan.GetSlots(i).Where(s => s.Size > 0).ToArray(), StringComparer.Ordinal);
        ulong start = Alignment.AlignDown(slots.Values.SelectMany(s => s).Select(s => s.Address).DefaultIfEmpty(0UL).Min(), plan.Page);
        lastAddress = slots.Values.SelectMany(s => s).Select(s => s.Address + s.Size).DefaultIfEmpty(0UL).Max();
        foreach (ImagePlan image in plan.Images) counters.Add(image.Name, start);
        addresses = plan.Images.ToDictionary(i => i.Name, _ => new Dictionary<string, ulong>(StringComparer.Ordinal), StringComparer.Ordinal);
        byOwner = slots.ToDictionary(s => s.Key, s => s.Value.ToLookup(x => x.Owner, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>The plan of each image, since an address may hold in one image only: plans of one image each, in the order of the images.</summary>
    /// <param name="plan">What LayoutDsl does with the same fleet; sizes, contents and the first address are taken from it.</param>
    public static IReadOnlyList<LayoutPlan> Of(LayoutPlan plan)
    {
        var spacer = new SpacerPlan(plan);
        spacer.PlaceApart(s => IsCode(s) && !s.IsTable, plan.Page);
        spacer.AlignAll(plan.Page);
        spacer.PlaceApart(s => !IsCode(s) && !IsWritable(s) && !s.IsTable, 1);
        foreach (SectionPlan table in plan.Sections.Where(s => s.IsTable && !s.IsZero && !IsThreadData(s))) spacer.PlaceBlock(s => s == table);

        // Code has offsets into the block of thread-local data, so what is zeroed of it follows the rest of it.
        spacer.PlaceBlock(IsThreadData);
        spacer.PlaceBlock(s => IsWritable(s) && !s.IsZero && !s.IsTable);
        foreach (SectionPlan table in plan.Sections.Where(s => s.IsTable && s.IsZero && !IsThreadData(s))) spacer.PlaceBlock(s => s == table);
        spacer.PlaceBlock(s => s.IsZero && !s.IsTable);
        return plan.Images.Select(spacer.Rebuild).ToArray();
    }

    /// <summary>Places what libraries have of some sections: all images' libraries, then some images', then what one image has.</summary>
    private void PlaceApart(Func<SectionPlan, bool> filter, ulong alignment)
    {
        LibraryPlan[] libraries = plan.Libraries.OrderBy(l => l.Name, StringComparer.Ordinal).ToArray();
        foreach (LibraryPlan library in libraries.Where(l => l.ImageCount == plan.Images.Count && l.ImageCount > 1)) Place(library.Name, filter, alignment);
        foreach (LibraryPlan library in libraries.Where(l => l.ImageCount < plan.Images.Count && l.ImageCount > 1)) Place(library.Name, filter, alignment);
        foreach (LibraryPlan library in libraries.Where(l => l.ImageCount == 1)) Place(library.Name, filter, alignment);
        foreach (ImagePlan image in plan.Images) Place(image.Name, filter, alignment);
        MoveAll(counters.Values.Max());
    }

    /// <summary>Places a library, or an application, in each image that has it. Its size is the largest that it has in any of them.</summary>
    private void Place(string owner, Func<SectionPlan, bool> filter, ulong alignment)
    {
        var found = plan.Images
            .Select(i => (Image: i.Name, Slots: byOwner[i.Name][owner].Where(s => filter(plan.GetSection(s.Section))).ToArray()))
            .Where(f => f.Slots.Length > 0)
            .ToArray();
        ulong size = found.Select(f => Lay(f.Slots, 0, null)).DefaultIfEmpty(0UL).Max();
        foreach ((string image, SlotPlan[] own) in found)
        {
            ulong start = Alignment.AlignUp(counters[image], Math.Max(alignment, own.Max(s => s.Alignment)));
            Lay(own, start, image);
            counters[image] = checked(start + size);
        }
    }

    /// <summary>Places all of some sections in each image at one address that is common to all, a page for the largest of them behind it.</summary>
    private void PlaceBlock(Func<SectionPlan, bool> filter)
    {
        AlignAll(Math.Max(plan.Page, slots.Values.SelectMany(s => s).Where(s => filter(plan.GetSection(s.Section))).Select(s => s.Alignment).DefaultIfEmpty(1UL).Max()));
        ulong start = counters.Values.Max();
        ulong end = start;
        foreach (ImagePlan image in plan.Images) end = Math.Max(end, Lay(slots[image.Name].Where(s => filter(plan.GetSection(s.Section))).ToArray(), start, image.Name));
        MoveAll(end);
    }

    /// <summary>Lays slots one after the other and gives the address behind them.</summary>
    private ulong Lay(SlotPlan[] own, ulong start, string? image)
    {
        ulong next = start;
        foreach (SlotPlan slot in own)
        {
            next = Alignment.AlignUp(next, slot.Alignment);
            if (image is not null) addresses[image].Add(slot.OutputSection, next);
            next = checked(next + slot.Size);
        }

        return next;
    }

    private void AlignAll(ulong alignment) => MoveAll(Alignment.AlignUp(counters.Values.Max(), alignment));

    private void MoveAll(ulong address)
    {
        foreach (ImagePlan image in plan.Images) counters[image.Name] = address;
    }

    private LayoutPlan Rebuild(ImagePlan image) => MovedImage.Of(plan, image, addresses[image.Name]) with
    {
        DropsUnreached = false,
        Symbols = plan.Symbols.Select(s => s.Value >= lastAddress ? s with { Value = Math.Max(s.Value, Alignment.AlignUp(counters.Values.Max(), plan.Page)) } : s).ToEquatableArray(),
    };

    private static bool IsCode(SectionPlan section) => (section.Permissions & Permissions.Execute) != 0;

    private static bool IsThreadData(SectionPlan section) => section.Role == SectionRole.ThreadData;

    private static bool IsWritable(SectionPlan section) => (section.Permissions & Permissions.Write) != 0;
}
