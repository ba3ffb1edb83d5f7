using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>Follows each library of a plan through the linked images: where it is, and which of its pages are equal everywhere.</summary>
public sealed class LibraryCensus
{
    private readonly LayoutPlan plan;
    private readonly IReadOnlyDictionary<string, (ElfFile File, MemoryImage Memory)> images;

    private readonly CauseFinder causes;

    private LibraryCensus(LayoutPlan plan, string directory, IReadOnlyDictionary<string, (ElfFile File, MemoryImage Memory)> images)
    {
        causes = new CauseFinder(plan, new ReferenceFinder(plan, directory));
        this.plan = plan;
        this.images = images;
    }

    /// <summary>One row for each library that is in any of the images.</summary>
    /// <param name="plan">The plan that the images were linked with.</param>
    /// <param name="directory">Folder that the plan's paths are relative to.</param>
    /// <param name="images">Linked images by their name in the plan.</param>
    public static IReadOnlyList<LibrarySharing> Count(LayoutPlan plan, string directory, IReadOnlyDictionary<string, (ElfFile File, MemoryImage Memory)> images)
    {
        var census = new LibraryCensus(plan, directory, images);
        return plan.Libraries.Select(census.Count).Where(l => l.Images > 0).ToArray();
    }

    private LibrarySharing Count(LibraryPlan library)
    {
        string[] names = plan.GetImages(library).Select(i => i.Name).Where(images.ContainsKey).ToArray();
        SectionSharing[] sections = names.Length == 0
            ? Array.Empty<SectionSharing>()
            : library.Slots.Where(s => s.Size > 0).Select(s => Count(s, names.Where(s.IsIn).ToArray())).ToArray();
        return new LibrarySharing(library.Name, names.Length, sections);
    }

    private SectionSharing Count(SlotPlan slot, string[] names)
    {
        ElfSection?[] sections = names.Select(n => images[n].File.Sections.FirstOrDefault(s => s.Name == slot.OutputSection)).ToArray();
        ulong?[] addresses = sections.Select(s => s?.Address).Distinct().ToArray();
        string permissions = plan.GetSection(slot.Section).Permissions.ToLetters();
        ulong size = sections.Max(s => s?.Size ?? 0);
        if (addresses.Length != 1 || addresses[0] is not { } address || size == 0) return new SectionSharing(slot.Section, permissions, null, 0, 0, Array.Empty<UnsharedPage>());

        var unshared = new List<UnsharedPage>();
        int pages = 0;
        ulong last = Alignment.AlignDown(address + size - 1, plan.Page);
        for (ulong page = Alignment.AlignDown(address, plan.Page); page <= last; page += plan.Page)
        {
            pages++;
            if (Compare(slot, page, names) is { } difference) unshared.Add(difference);
        }

        return new SectionSharing(slot.Section, permissions, address, pages, pages - unshared.Count, unshared);
    }

    /// <summary>What differs on a page, or null when it is equal in all images.</summary>
    private UnsharedPage? Compare(SlotPlan slot, ulong page, string[] names)
    {
        var variants = new List<string>();
        foreach (string name in names)
        {
            if (!variants.Any(v => images[v].Memory.GetBytes(page).SequenceEqual(images[name].Memory.GetBytes(page)))) variants.Add(name);
        }

        if (variants.Count == 1) return null;
        ReadOnlySpan<byte> first = images[variants[0]].Memory.GetBytes(page);
        ReadOnlySpan<byte> second = images[variants[1]].Memory.GetBytes(page);
        int differing = 0;
        int offset = -1;
        for (int i = 0; i < first.Length; i++)
        {
            if (first[i] == second[i]) continue;
            differing++;
            if (offset < 0) offset = i;
        }

        ulong address = page + (ulong)offset;
        UnsharedCause cause = causes.Find(slot.Owner, address, (variants[0], images[variants[0]].File), (variants[1], images[variants[1]].File));
        return new UnsharedPage(page, variants.Count, differing, cause);
    }
}
