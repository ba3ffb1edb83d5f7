using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>
/// The floor of a fleet: the different pages that its content needs even when no library page differs between images. Content of libraries counts once,
/// packed: the sections of all libraries that are in the same images and have the same permissions follow each other without gaps. To that come the pages
/// that hold no library, by content. Pages without bytes in the file, and those that are all zeros, do not count.
/// Where builds of a library differ, a page may hold what an image has of libraries and what it has for itself: then all content counts once, packed by the images that have it, libraries object by object.
/// </summary>
public sealed class SharingFloor
{
    private readonly LayoutPlan plan;
    private readonly IReadOnlyDictionary<string, (ElfFile File, MemoryImage Memory)> images;
    private readonly Dictionary<string, ILookup<string, ElfSection>> sections;

    private SharingFloor(LayoutPlan plan, IReadOnlyDictionary<string, (ElfFile File, MemoryImage Memory)> images)
    {
        this.plan = plan;
        this.images = images;
        sections = images.ToDictionary(
            i => i.Key,
            i => i.Value.File.Sections
                .Where(s => s.IsAllocated && s.Type != ElfSectionType.NoBits && s.Size > 0)
                .ToLookup(s => s.Name, StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    /// <summary>Counts, in pages of the plan.</summary>
    /// <param name="plan">The plan that the images were linked with.</param>
    /// <param name="images">Linked images by their name in the plan.</param>
    public static long Count(LayoutPlan plan, IReadOnlyDictionary<string, (ElfFile File, MemoryImage Memory)> images)
    {
        var floor = new SharingFloor(plan, images);
        return plan.Libraries.Any(l => l.Slots.Any(s => s.Images.Count > 0)) ? floor.CountContent() : floor.CountLibraryPages() + floor.CountOtherPages();
    }

    private long CountContent()
    {
        var content = new List<(ElfSegmentFlags Permissions, ulong Size, string Images)>();
        var differing = new Dictionary<(ElfSegmentFlags Permissions, string Id), (ulong Size, SortedSet<string> Images)>();
        var slots = new HashSet<string>(plan.Libraries.SelectMany(l => l.Slots).Select(s => s.OutputSection), StringComparer.Ordinal);
        foreach (LibraryPlan library in plan.Libraries)
        {
            string[] all = plan.GetImages(library).Select(i => i.Name).ToArray();
            foreach (SlotPlan slot in library.Slots)
            {
                string[] names = (slot.Images.Count == 0 ? all : slot.Images.ToArray()).Where(images.ContainsKey).ToArray();
                foreach ((ElfSection section, ulong size, string[] users) in FindParts(slot, names))
                {
                    if (slot.Images.Count == 0) content.Add((PermissionsOf(users[0], section), size, string.Join("\n", users)));
                    else Add(section, users);
                }
            }
        }

        foreach ((string image, ElfSection section) in plan.Images.Where(i => images.ContainsKey(i.Name)).SelectMany(i => sections[i.Name].SelectMany(s => s).Where(s => !slots.Contains(s.Name)).Select(s => (i.Name, s))))
        {
            if (section.Data.ToArray().Any(b => b != 0)) Add(section, new[] { image });
        }

        return content
            .Concat(differing.Select(o => (o.Key.Permissions, o.Value.Size, Images: string.Join("\n", o.Value.Images))))
            .GroupBy(c => (c.Permissions, c.Images))
            .Sum(g => PagesOf(g.Aggregate(0UL, (sum, c) => sum + c.Size)));

        // Builds whose references were thought to lead elsewhere may be equal after all.
        void Add(ElfSection section, string[] names)
        {
            var key = (PermissionsOf(names[0], section), ContentId.Of(section.Data.Span));
            if (!differing.TryGetValue(key, out var known)) differing.Add(key, known = (section.Size, new SortedSet<string>(StringComparer.Ordinal)));
            known.Images.UnionWith(names);
        }
    }

    /// <summary>What may be done in the memory of a section: pages of other segments are other pages.</summary>
    private ElfSegmentFlags PermissionsOf(string image, ElfSection section) =>
        images[image].File.Segments.FirstOrDefault(s => s.Type == ElfSegmentType.Load && section.Address >= s.VirtualAddress && section.Address - s.VirtualAddress < s.MemorySize)?.Flags ?? default;

    private long CountLibraryPages()
    {
        var bytes = new Dictionary<(string Members, Permissions Permissions), ulong>();
        foreach (LibraryPlan library in plan.Libraries)
        {
            string[] all = plan.GetImages(library).Select(i => i.Name).ToArray();
            foreach (SlotPlan slot in library.Slots)
            {
                foreach ((_, ulong size, string[] users) in FindParts(slot, (slot.Images.Count == 0 ? all : slot.Images.ToArray()).Where(images.ContainsKey).ToArray()))
                {
                    var key = (string.Join("\n", users), plan.GetSection(slot.Section).Permissions);
                    bytes.TryGetValue(key, out ulong sum);
                    bytes[key] = sum + size;
                }
            }
        }

        return bytes.Values.Sum(PagesOf);
    }

    private long PagesOf(ulong bytes) => (long)((bytes + plan.Page - 1) / plan.Page);

    /// <summary>A library's section as the linker made it, from the first image that has it; of what images may be without, the parts that the same images have.</summary>
    private IEnumerable<(ElfSection Section, ulong Size, string[] Images)> FindParts(SlotPlan slot, string[] names)
    {
        if (!plan.MayDrop(slot))
        {
            return names.SelectMany(n => sections[n][slot.OutputSection]).Take(1).Select(s => (s, s.Size, names));
        }

        // Page by page, since that is what an image has or has not.
        return names
            .SelectMany(n => sections[n][slot.OutputSection].SelectMany(s => PagesOf(n, slot, s)).Select(p => (p.Page, p.Size, Section: p.Part, Image: n)))
            .GroupBy(p => p.Page)
            .Select(g => (g.First().Section, g.Max(p => p.Size), g.Select(p => p.Image).ToArray()));
    }

    /// <summary>The pages of a part of a section, counted from the section's first, with the bytes that the part has on each.</summary>
    private IEnumerable<(ulong Page, ulong Size, ElfSection Part)> PagesOf(string image, SlotPlan slot, ElfSection part)
    {
        ulong start = Alignment.AlignDown(plan.GetImage(image).Move(slot).Address, plan.Page);
        ulong end = part.Address + part.Size;
        for (ulong page = Alignment.AlignDown(part.Address, plan.Page); page < end; page += plan.Page)
        {
            yield return ((page - start) / plan.Page, Math.Min(end, page + plan.Page) - Math.Max(part.Address, page), part);
        }
    }

    private int CountOtherPages()
    {
        var contents = new HashSet<PageContent>();
        foreach (ImagePlan image in plan.Images.Where(i => images.ContainsKey(i.Name)))
        {
            HashSet<ulong> taken = FindLibraryPages(image);
            contents.UnionWith(images[image.Name].Memory.Pages.Where(p => !taken.Contains(p.Address)).Select(p => p.Content));
        }

        return contents.Count;
    }

    /// <summary>First addresses of the pages on which an image has library content.</summary>
    private HashSet<ulong> FindLibraryPages(ImagePlan image)
    {
        var pages = new HashSet<ulong>();
        foreach (SlotPlan slot in plan.GetLibraries(image).SelectMany(l => l.GetSlots(image)))
        {
            foreach (ElfSection section in sections[image.Name][slot.OutputSection])
            {
                ulong first = Alignment.AlignDown(section.Address, plan.Page);
                ulong count = ((section.Address - first + section.Size - 1) / plan.Page) + 1;
                for (ulong i = 0; i < count; i++) pages.Add(first + (i * plan.Page));
            }
        }

        return pages;
    }
}
