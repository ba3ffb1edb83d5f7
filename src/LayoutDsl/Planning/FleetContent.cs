using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning.Indirection;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>What all libraries and images bring, families expanded.</summary>
/// <param name="Catalog">The images, as planning tells them apart.</param>
/// <param name="Libraries">The libraries that any image has, in plan order: those in more images first. An image links its libraries in this order.</param>
/// <param name="Images">The images, members of families one by one.</param>
internal sealed record FleetContent(ImageCatalog Catalog, IReadOnlyList<LibraryContent> Libraries, IReadOnlyList<ImageContent> Images)
{
    private readonly Dictionary<int, string> names = Images.GroupBy(i => i.Entry).ToDictionary(g => g.Key, g => g.First().Name);

    /// <summary>Everything that has content of its own: the variants of all parts of the libraries.</summary>
    public IEnumerable<UnitContent> LibraryUnits => Libraries.SelectMany(l => l.Parts).SelectMany(p => p.Variants);

    /// <summary>The name of an entry of the catalog that is one image.</summary>
    public string GetName(int entry) => names[entry];

    /// <param name="layout">The layout.</param>
    /// <param name="facts">What was measured, or null.</param>
    /// <param name="targets">Where references of libraries lead.</param>
    /// <param name="indirections">The functions that are called through jumps.</param>
    /// <param name="locked">What earlier plans gave.</param>
    /// <param name="progress">Watches and stops it.</param>
    /// <param name="bag">Takes the mistakes.</param>
    public static FleetContent Gather(
        BoundLayout layout, FactsFile? facts, ReferenceTargets targets, EquatableArray<IndirectionPlan> indirections, PlanLock locked, PlanProgress progress, DiagnosticBag bag)
    {
        InputClassifier? classifier = facts is null ? null : new InputClassifier(layout, facts, bag);
        var catalog = new ImageCatalog();
        FleetEntry[] entries = FindEntries(layout, catalog).ToArray();
        var jumps = new HashSet<string>(indirections.Select(i => i.Symbol), StringComparer.Ordinal);
        IReadOnlyList<LibraryContent> libraries = GatherLibraries(layout, entries, locked, catalog, classifier, (library, image, item, section) => targets.Describe(library, image, item, section, jumps));
        var images = new List<ImageContent>();
        int total = layout.Images.Sum(i => i.Family?.Count ?? 1);
        EquatableArray<string>[] names = FindNames(libraries, catalog.Count);
        List<UnitContent>[] units = FindTableUnits(libraries, catalog.Count);
        foreach (FleetEntry entry in entries)
        {
            foreach (ImageMember member in entry.Members)
            {
                IReadOnlyList<InputFile> files = classifier?.FindFiles(entry.Image.Inputs, member) ?? Array.Empty<InputFile>();
                images.Add(new ImageContent(
                    entry.Image,
                    member,
                    entry.Number,
                    files.Select(f => new InputFilePlan(f.Path, f.IsArchive)).ToEquatableArray(),
                    classifier?.Classify(files) ?? new UnitContent(),
                    names[entry.Number],
                    units[entry.Number]));
                progress.Step("gathered", images.Count, total);
            }
        }

        var content = new FleetContent(catalog, libraries, images);
        content.CheckDoubles(bag);
        classifier?.Finish();
        content.CheckEmpty(layout, bag);
        return content;
    }

    private static IEnumerable<FleetEntry> FindEntries(BoundLayout layout, ImageCatalog catalog)
    {
        var perImage = new HashSet<string>(layout.Libraries.Where(l => l.IsPerImage).Select(l => l.Name), StringComparer.Ordinal);
        foreach (BoundImage image in layout.Images)
        {
            if (image.Family is not null && image.Libraries.Any(perImage.Contains))
            {
                foreach (ImageMember member in image.Members) yield return new FleetEntry(catalog.Add(1, image.Instances), image, new[] { member });
            }
            else
            {
                yield return new FleetEntry(catalog.Add(image.Family?.Count ?? 1, image.Instances), image, image.Members);
            }
        }
    }

    private static IReadOnlyList<LibraryContent> GatherLibraries(BoundLayout layout, FleetEntry[] entries, PlanLock locked, ImageCatalog catalog, InputClassifier? classifier, Func<string, string, ObjectFacts, string, string> references)
    {
        var users = layout.Libraries.ToDictionary(l => l.Name, _ => new List<int>(), StringComparer.Ordinal);
        foreach (FleetEntry entry in entries)
        {
            foreach (string library in entry.Image.Libraries) users[library].Add(entry.Number);
        }

        // The images that are not planned are one set that has every library of the lock: whatever they are, a page has their libraries already.
        if (locked.IsPart)
        {
            int others = catalog.Add(0, 0);
            foreach (string library in locked.Libraries.Where(users.ContainsKey)) users[library].Add(others);
        }

        // A library in no image has nothing to place, but its files are looked at all the same: a wrong path is a mistake.
        foreach (BoundLibrary unused in layout.Libraries.Where(l => users[l.Name].Count == 0 && !l.IsPerImage)) GatherShared(unused, catalog.GetSet(Array.Empty<int>()), catalog, classifier);
        var used = layout.Libraries.Where(l => users[l.Name].Count > 0).Select(l => (Library: l, Images: catalog.GetSet(users[l.Name])));
        return LibraryOrder.Sort(used, i => i.Weight, null, locked.File)
            .Select(l => l.Library.IsPerImage && classifier is not null
                ? PerImageLibrary.Gather(l.Library, users[l.Library.Name].Select(n => (n, entries[n].Members.First())).ToArray(), classifier, catalog, locked.File, references, hasFixedOffsets: layout.Overlay is { IsCaptured: true })
                : GatherShared(l.Library, l.Images, catalog, classifier))
            .ToArray();
    }

    private static LibraryContent GatherShared(BoundLibrary library, ImageSet images, ImageCatalog catalog, InputClassifier? classifier)
    {
        IReadOnlyList<InputFile> files = classifier?.FindFiles(library.Inputs, default) ?? Array.Empty<InputFile>();
        UnitContent content = classifier?.Classify(files) ?? new UnitContent();
        LibraryPart[] parts = images.Members.Count == 0
            ? Array.Empty<LibraryPart>()
            : new[] { new LibraryPart(library, "", 0, catalog.GetPartition(new[] { images }), new[] { content }) };
        return new LibraryContent(library, images, files.Select(f => new InputFilePlan(f.Path, f.IsArchive, IsMember: f.IsMember)).ToEquatableArray(), parts);
    }

    /// <summary>The names of each entry's libraries, in plan order.</summary>
    private static EquatableArray<string>[] FindNames(IReadOnlyList<LibraryContent> libraries, int entries)
    {
        var counts = new int[entries];
        foreach (int entry in libraries.SelectMany(l => l.Images.Members)) counts[entry]++;
        string[][] names = counts.Select(c => new string[c]).ToArray();
        Array.Clear(counts, 0, entries);
        foreach (LibraryContent library in libraries)
        {
            foreach (int entry in library.Images.Members) names[entry][counts[entry]++] = library.Library.Name;
        }

        return names.Select(n => new EquatableArray<string>(n)).ToArray();
    }

    /// <summary>What of each entry's libraries has something for a table, in plan order.</summary>
    private static List<UnitContent>[] FindTableUnits(IReadOnlyList<LibraryContent> libraries, int entries)
    {
        var units = new List<UnitContent>[entries];
        for (int i = 0; i < entries; i++) units[i] = new List<UnitContent>();
        foreach (LibraryPart part in libraries.SelectMany(l => l.Parts))
        {
            for (int i = 0; i < part.Variants.Count; i++)
            {
                if (!part.Variants[i].HasTables) continue;
                foreach (int entry in part.Partition.Sets[i].Members) units[entry].Add(part.Variants[i]);
            }
        }

        return units;
    }

    /// <summary>What an image has of a library.</summary>
    public static IEnumerable<UnitContent> UnitsOf(ImageContent image, LibraryContent library) =>
        library.Parts.SelectMany(p => p.Variants.Where((_, i) => p.Partition.Sets[i].Has(image.Entry)));

    /// <summary>Reports objects that an image would get twice: one member speaks for a family.</summary>
    private void CheckDoubles(DiagnosticBag bag)
    {
        var owners = Libraries
            .SelectMany((l, rank) => l.Files.Select(f => (f.Path, l.Library.Name, Rank: rank)))
            .GroupBy(f => f.Path, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderBy(f => f.Rank).Select(f => f.Name).ToArray(), StringComparer.Ordinal);
        KeyValuePair<string, string[]>[] shared = owners.Where(o => o.Value.Length > 1).OrderBy(o => o.Key, StringComparer.Ordinal).ToArray();
        foreach (ImageContent image in Images.Where((image, i) => i == 0 || !ReferenceEquals(image.Source, Images[i - 1].Source)))
        {
            foreach (KeyValuePair<string, string[]> file in shared)
            {
                string[] own = file.Value.Where(image.Source.Libraries.Contains).ToArray();
                for (int i = 1; i < own.Length; i++) bag.ReportInputTwice(image.Source.Location, image.Name, file.Key, own[0], own[i]);
            }

            foreach (InputFilePlan file in image.Files)
            {
                if (owners.TryGetValue(file.Path, out string[]? own) && own.FirstOrDefault(image.Source.Libraries.Contains) is { } first) bag.ReportInputTwice(image.Source.Location, image.Name, file.Path, first, image.Name);
            }
        }
    }

    private void CheckEmpty(BoundLayout layout, DiagnosticBag bag)
    {
        if (bag.HasErrors) return;
        foreach (LibraryContent library in Libraries.Where(l => l.Files.Count > 0))
        {
            IEnumerable<UnitContent> units = library.Parts.SelectMany(p => p.Variants);
            if (units.All(u => layout.Sections.All(s => u[s.Name].Size == 0))) bag.ReportEmptyUnit(library.Library.Location, library.Library.Name);
        }
    }

    /// <summary>An entry of the catalog.</summary>
    private sealed record FleetEntry(int Number, BoundImage Image, IEnumerable<ImageMember> Members);
}
