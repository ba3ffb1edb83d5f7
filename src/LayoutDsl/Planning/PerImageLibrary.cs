using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Takes the builds of a library that is built for each image apart: an input section is the same in two images when its file has the same place in the build and its identity
/// is the same: its own content, and what its references lead to where they are not stable. Nothing is told apart by name alone, and nothing replaces anything.
/// </summary>
internal sealed class PerImageLibrary
{
    private readonly BoundLibrary library;
    private readonly InputClassifier classifier;
    private readonly ImageCatalog catalog;
    private readonly ImageSet images;
    private readonly Func<string, string, ObjectFacts, string, string> references;
    private readonly bool hasFixedOffsets;

    private readonly List<Place> places = new();
    private readonly Dictionary<(string Template, string Member, string Section), Place> byKey = new();
    private readonly List<(string Template, bool IsArchive, List<int> Images)> files = new();
    private readonly Dictionary<string, int> fileIndex = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> names = new();
    private readonly Dictionary<(string, string, string), string> lockedParts;

    private PerImageLibrary(BoundLibrary library, InputClassifier classifier, ImageCatalog catalog, LockFile? locked, ImageSet images, Func<string, string, ObjectFacts, string, string> references, bool hasFixedOffsets)
    {
        lockedParts = (locked ?? LockFile.Empty).Pieces.Where(p => p.Owner == library.Name).ToDictionary(p => (p.Path, p.Member, p.Section), p => p.Part);
        this.library = library;
        this.classifier = classifier;
        this.catalog = catalog;
        this.images = images;
        this.references = references;
        this.hasFixedOffsets = hasFixedOffsets;
    }

    /// <summary>Gathers a library from the builds of its images.</summary>
    /// <param name="library">The library.</param>
    /// <param name="members">Its images with their numbers, in ascending order.</param>
    /// <param name="classifier">Knows the objects.</param>
    /// <param name="catalog">The images.</param>
    /// <param name="locked">What earlier plans gave, or null.</param>
    /// <param name="references">What references that are not stable lead to: by library, image, object and the name of its section.</param>
    /// <param name="hasFixedOffsets">Whether each input section has an offset of its own even where all images have the same: a build may let the linker leave out what an image does not need.</param>
    public static LibraryContent Gather(
        BoundLibrary library,
        IReadOnlyList<(int Number, ImageMember Image)> members,
        InputClassifier classifier,
        ImageCatalog catalog,
        LockFile? locked,
        Func<string, string, ObjectFacts, string, string> references,
        bool hasFixedOffsets)
    {
        var builds = new PerImageLibrary(library, classifier, catalog, locked, catalog.GetSet(members.Select(m => m.Number)), references, hasFixedOffsets);
        foreach ((int number, ImageMember image) in members) builds.AddBuild(number, image);
        return new LibraryContent(library, builds.images, builds.MakeFiles(), builds.MakeParts());
    }

    private void AddBuild(int number, ImageMember image)
    {
        names.Add(number, image.Name);
        foreach (InputFile file in classifier.FindFiles(library.Inputs, image))
        {
            if (!fileIndex.TryGetValue(file.Template, out int index))
            {
                fileIndex.Add(file.Template, index = files.Count);
                files.Add((file.Template, file.IsArchive, new List<int>()));
            }

            files[index].Images.Add(number);
            foreach (ObjectFacts item in classifier.GetObjects(file))
            {
                // A statement of a linker script takes all sections of one name in an object, and all its common symbols.
                foreach (var pieces in classifier.FindPieces(item, file.Location).GroupBy(p => p.Section)) AddPieces(number, file.Template, item.Member ?? "", pieces.ToArray());
            }
        }
    }

    private void AddPieces(int number, string template, string member, InputPiece[] pieces)
    {
        var key = (template, member, pieces[0].Section);
        if (!byKey.TryGetValue(key, out Place? place))
        {
            byKey.Add(key, place = new Place(template, lockedParts.TryGetValue((template, member, pieces[0].Section), out string? part) ? part : ""));
            places.Add(place);
        }

        string identity = string.Join("\n", pieces.Select(p => p.Target.Name + " " + p.Identity)) + references(library.Name, names[number], pieces[0].Object, pieces[0].Section);
        Build? build = place.Builds.FirstOrDefault(b => b.Identity == identity);
        if (build is null) place.Builds.Add(build = new Build(identity, pieces));
        build.Images.Add(number);
    }

    private EquatableArray<InputFilePlan> MakeFiles() => files
        .Select(f => new InputFilePlan(f.Template, f.IsArchive, f.Images.Count == images.Members.Count ? default : f.Images.Select(i => names[i]).ToEquatableArray()))
        .ToEquatableArray();

    /// <summary>Input sections of one part are in the same images with the same differences. What an earlier plan had in a part stays apart, also when no images differ in it any more.</summary>
    private LibraryPart[] MakeParts()
    {
        var groups = places
            .GroupBy(p => (Partition: catalog.GetPartition(p.Builds.Select(b => catalog.GetSet(b.Images))), p.LockedPart))
            .Select(g => (g.Key.Partition, g.Key.LockedPart, Places: g.ToArray(), IsWhole: g.Key.LockedPart.Length == 0 && g.Key.Partition.Sets.Count == 1 && ReferenceEquals(g.Key.Partition.Union, images)))
            .OrderByDescending(g => g.IsWhole)
            .ThenBy(g => g.Places[0].Name, StringComparer.Ordinal)
            .ToArray();
        var keys = new HashSet<string>(lockedParts.Values, StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        return groups.Select((g, i) => new LibraryPart(library, g.IsWhole ? "" : MakeKey(g.LockedPart, g.Places), i, g.Partition, MakeVariants(g.Partition, g.Places))).ToArray();

        // Of a part that comes apart, the first keeps the name, and with it the slot.
        string MakeKey(string lockedPart, Place[] own) => lockedPart.Length > 0 && given.Add(lockedPart) ? lockedPart : FindKey(own, keys);
    }

    /// <summary>The name of the first object, which stays when images are added; with a number when another part has it too.</summary>
    private static string FindKey(Place[] places, HashSet<string> known)
    {
        string name = places.Select(p => p.Name).OrderBy(n => n, StringComparer.Ordinal).First();
        string key = name;
        for (int i = 2; !known.Add(key); i++) key = FormattableString.Invariant($"{name}:{i}");
        return key;
    }

    private UnitContent[] MakeVariants(Partition partition, Place[] own)
    {
        var variants = partition.Sets.Select(_ => new UnitContent()).ToArray();
        if (variants.Length == 1 && !hasFixedOffsets)
        {
            foreach (Place place in own)
            {
                foreach (InputPiece piece in place.Builds[0].Pieces) classifier.Add(variants[0], piece, place.Template, null);
            }
        }
        else
        {
            var ends = new Dictionary<BoundSection, ulong>();
            foreach (Place place in own) AddVariants(partition, place, variants, ends);
        }

        foreach (UnitContent variant in variants) classifier.AddMade(variant);
        return variants;
    }

    /// <summary>Gives an input section the same offset in all variants: behind the largest variant of what is before it.</summary>
    private void AddVariants(Partition partition, Place place, UnitContent[] variants, Dictionary<BoundSection, ulong> ends)
    {
        foreach (BoundSection target in place.Builds.SelectMany(b => b.Pieces).Select(p => p.Target).Distinct())
        {
            ends.TryGetValue(target, out ulong end);
            ulong alignment = place.Builds.SelectMany(b => b.Pieces).Where(p => p.Target == target).Max(p => p.Alignment);
            if (!Alignment.TryAlignUp(end, alignment, out ulong offset)) offset = end;
            foreach (Build build in place.Builds)
            {
                UnitContent variant = variants[IndexOf(partition, build.Images)];
                ulong? at = offset;
                foreach (InputPiece piece in build.Pieces.Where(p => p.Target == target))
                {
                    classifier.Add(variant, piece, place.Template, at);
                    at = null;
                }

                end = Math.Max(end, variant[target.Name].Size);
            }

            ends[target] = end;
        }
    }

    private int IndexOf(Partition partition, List<int> own)
    {
        ImageSet set = catalog.GetSet(own);
        for (int i = 0; i < partition.Sets.Count; i++)
        {
            if (ReferenceEquals(partition.Sets[i], set)) return i;
        }

        throw new InvalidOperationException("A build is in none of the sets of its partition.");
    }

    /// <summary>An input section by its place in the build.</summary>
    /// <param name="Template">Path of its file, the same for all images.</param>
    /// <param name="LockedPart">The part in which an earlier plan had it; empty when that was none of its own.</param>
    private sealed record Place(string Template, string LockedPart)
    {
        public string Name => LayoutPath.GetFileName(Template);

        public List<Build> Builds { get; } = new();
    }

    /// <summary>One content of a place, and the images that have it.</summary>
    private sealed record Build(string Identity, InputPiece[] Pieces)
    {
        public List<int> Images { get; } = new();
    }
}
