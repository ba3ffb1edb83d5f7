using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.References;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>Follows each library of a plan through the images, linked or predicted: where it is, and which of its pages are equal everywhere.</summary>
public sealed class LibraryCensus
{
    private readonly LayoutPlan plan;
    private readonly IReadOnlyDictionary<string, CensusImage> images;
    private readonly PageExplainer? explainer;
    private readonly CauseFinder? causes;

    private LibraryCensus(LayoutPlan plan, IReadOnlyDictionary<string, CensusImage> images, PageExplainer? explainer, CauseFinder? causes)
    {
        this.plan = plan;
        this.images = images;
        this.explainer = explainer;
        this.causes = causes;
    }

    /// <summary>One row for each library that is in any of the linked images.</summary>
    /// <param name="plan">The plan that the images were linked with.</param>
    /// <param name="directory">Folder that the plan's paths are relative to.</param>
    /// <param name="images">Linked images by their name in the plan.</param>
    /// <param name="prediction">What was predicted of them, when it was: it knows of every reference; else causes are sought in the images' symbols.</param>
    public static IReadOnlyList<LibrarySharing> Count(
        LayoutPlan plan, string directory, IReadOnlyDictionary<string, (ElfFile File, MemoryImage Memory)> images, FleetPrediction? prediction = null)
    {
        Dictionary<string, CensusImage> linked = images.ToDictionary(i => i.Key, i => CensusImage.Of(i.Value.File, i.Value.Memory), StringComparer.Ordinal);
        PageExplainer? explainer = prediction is null ? null : new PageExplainer(prediction);
        return new LibraryCensus(plan, linked, explainer, new CauseFinder(plan, new ReferenceFinder(plan, directory))).CountAll();
    }

    /// <summary>One row for each library that is in any image, before anything is linked.</summary>
    public static IReadOnlyList<LibrarySharing> Count(FleetPrediction prediction)
    {
        Dictionary<string, CensusImage> predicted = prediction.Models.ToDictionary(m => m.Key, m => CensusImage.Of(m.Value), StringComparer.Ordinal);
        return new LibraryCensus(prediction.Plan, predicted, new PageExplainer(prediction), null).CountAll();
    }

    private LibrarySharing[] CountAll() => plan.Libraries.Select(Count).Where(l => l.Images > 0).ToArray();

    private LibrarySharing Count(LibraryPlan library)
    {
        string[] names = plan.GetImages(library).Select(i => i.Name).Where(images.ContainsKey).ToArray();
        SectionSharing[] sections = names.Length == 0
            ? Array.Empty<SectionSharing>()
            : library.Slots.Where(s => s.Size > 0 && names.Any(s.IsIn)).Select(s => Count(s, names.Where(s.IsIn).ToArray())).ToArray();
        return new LibrarySharing(library.Name, names.Length, sections);
    }

    private SectionSharing Count(SlotPlan slot, string[] names)
    {
        // Of what may be dropped, each image has the pages that it reaches, wherever they begin.
        bool mayDrop = plan.MayDrop(slot);
        (string Name, (ulong Address, ulong Size)? Section)[] found = names.Select(n => (n, Find(n, slot, mayDrop))).Where(f => f.Item2 is not null || !mayDrop).ToArray();
        names = found.Select(f => f.Name).ToArray();
        (ulong Address, ulong Size)?[] sections = found.Select(f => f.Section).ToArray();
        ulong?[] addresses = sections.Select(s => s?.Address).Distinct().ToArray();
        string permissions = plan.GetSection(slot.Section).Permissions.ToLetters();
        ulong size = sections.Select(s => s?.Size ?? 0).DefaultIfEmpty(0UL).Max();

        // Where images have addresses of their own, pages are compared by where they are in the section.
        bool isComparable = addresses.All(a => a is not null) && (addresses.Length == 1 || plan.Aslr is not null);
        if (!isComparable || size == 0 || addresses[0] is not { } address) return new SectionSharing(slot.Section, permissions, null, 0, 0, Array.Empty<UnsharedPage>());
        var distances = names.Zip(sections, (n, s) => (n, Distance: unchecked(s!.Value.Address - address))).ToDictionary(x => x.n, x => x.Distance, StringComparer.Ordinal);
        var unshared = new List<UnsharedPage>();
        int pages = 0;
        ulong last = Alignment.AlignDown(address + size - 1, plan.Page);
        for (ulong page = Alignment.AlignDown(address, plan.Page); page <= last; page += plan.Page)
        {
            string[] users = mayDrop ? names.Where(n => images[n].Memory.HasPage(unchecked(page + distances[n]))).ToArray() : names;
            if (users.Length == 0) continue;
            pages++;
            if (Compare(slot, page, users, distances) is { } difference) unshared.Add(difference);
        }

        return new SectionSharing(slot.Section, permissions, addresses.Length == 1 ? address : null, pages, pages - unshared.Count, unshared);
    }

    private (ulong Address, ulong Size)? Find(string image, SlotPlan slot, bool mayDrop)
    {
        (ulong Address, ulong Size)? found = images[image].FindSection(slot.OutputSection);
        if (found is not { } section || !mayDrop) return found;
        ulong address = plan.GetImage(image).Move(slot).Address;
        return (address, section.Address - address + section.Size);
    }

    /// <summary>What differs on a page, or null when it is equal in all images.</summary>
    /// <param name="slot">The slot that the page is of.</param>
    /// <param name="page">First address of the page, in the first of the images.</param>
    /// <param name="names">The images.</param>
    /// <param name="distances">How much higher the slot is in each of them.</param>
    private UnsharedPage? Compare(SlotPlan slot, ulong page, string[] names, Dictionary<string, ulong> distances)
    {
        ulong PageOf(string image) => unchecked(page + distances[image]);
        var partition = new List<List<string>>();
        foreach (string name in names)
        {
            List<string>? known = partition.FirstOrDefault(v => images[v[0]].Memory.GetBytes(PageOf(v[0])).SequenceEqual(images[name].Memory.GetBytes(PageOf(name))));
            if (known is null) partition.Add([name]);
            else known.Add(name);
        }

        if (partition.Count == 1) return null;
        string[] variants = partition.Select(p => p[0]).ToArray();
        int differing = 0;
        ReadOnlySpan<byte> first = images[variants[0]].Memory.GetBytes(PageOf(variants[0]));
        var differs = new bool[first.Length];
        foreach (string other in variants.Skip(1))
        {
            ReadOnlySpan<byte> bytes = images[other].Memory.GetBytes(PageOf(other));
            for (int i = 0; i < differs.Length; i++) differs[i] |= first[i] != bytes[i];
        }

        for (int i = 0; i < differs.Length; i++)
        {
            if (!differs[i]) continue;
            differing++;
        }

        return new UnsharedPage(page, partition.Count, differing, Explain(slot, variants.Select(PageOf).ToArray(), differs, variants), partition);
    }

    private IReadOnlyList<UnsharedCause> Explain(SlotPlan slot, ulong[] pages, bool[] differs, string[] variants)
    {
        IReadOnlyList<UnsharedCause> known = explainer?.Explain(slot.Owner, pages, differs, variants) ?? [];
        if (known.Count > 0 || causes is null) return known;
        var found = new List<UnsharedCause>();
        byte[][] contents = variants.Select((v, n) => images[v].Memory.GetBytes(pages[n]).ToArray()).ToArray();
        for (int i = 0; i < differs.Length; i++)
        {
            if (!differs[i]) continue;
            int other = Array.FindIndex(contents, c => c[i] != contents[0][i]);
            (UnsharedCause cause, ulong end) = causes.Find(slot.Owner, pages[0] + (ulong)i, (variants[0], images[variants[0]].File!), (variants[other], images[variants[other]].File!), unchecked(pages[other] - pages[0]));
            found.Add(cause);

            // What no relocation explains differs as a whole.
            bool isWhole = cause.Kind is UnsharedKind.InputDiffers or UnsharedKind.Unknown;
            while (i + 1 < differs.Length && (pages[0] + (ulong)i + 1 < end || (isWhole && differs[i + 1]))) i++;
        }

        return found;
    }
}
