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

    private LibraryCensus(LayoutPlan plan, IReadOnlyDictionary<string, (ElfFile File, MemoryImage Memory)> images)
    {
        this.plan = plan;
        this.images = images;
    }

    /// <summary>One row for each library that is in any of the images.</summary>
    /// <param name="plan">The plan that the images were linked with.</param>
    /// <param name="images">Linked images by their name in the plan.</param>
    public static IReadOnlyList<LibrarySharing> Count(LayoutPlan plan, IReadOnlyDictionary<string, (ElfFile File, MemoryImage Memory)> images)
    {
        var census = new LibraryCensus(plan, images);
        return plan.Libraries.Select(census.Count).Where(l => l.Images > 0).ToArray();
    }

    private LibrarySharing Count(LibraryPlan library)
    {
        string[] names = plan.GetImages(library).Select(i => i.Name).Where(images.ContainsKey).ToArray();
        SectionSharing[] sections = names.Length == 0
            ? Array.Empty<SectionSharing>()
            : library.Slots.Where(s => s.Size > 0).Select(s => Count(s, names)).ToArray();
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
        string place = address < slot.Address || address >= slot.End ? "outside the library's slot" : FindSymbol(images[variants[0]].File, address);
        string reason = FormattableString.Invariant($"{variants[0]} and {variants[1]} differ first at 0x{address:x}, {place}: something that is referred to there has another address in each");
        return new UnsharedPage(page, variants.Count, differing, reason);
    }

    /// <summary>The symbol that an address belongs to.</summary>
    private static string FindSymbol(ElfFile file, ulong address)
    {
        if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _)) return "in an unknown symbol";
        ElfSymbol best = default;
        bool found = false;
        foreach (ElfSymbol symbol in symbols!)
        {
            if (symbol.Type is not (ElfSymbolType.Function or ElfSymbolType.Object or ElfSymbolType.None) || !symbol.IsDefinedInSection) continue;
            if (symbol.Value > address || (found && symbol.Value < best.Value)) continue;
            best = symbol;
            found = true;
        }

        return found ? FormattableString.Invariant($"{best.Name}+0x{address - best.Value:x}") : "before any symbol";
    }
}
