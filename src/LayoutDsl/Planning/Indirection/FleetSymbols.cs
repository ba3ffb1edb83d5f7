using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Indirection;

/// <summary>Who defines what in a fleet, and what a symbol is in each image: the rules of the linker over objects that are all linked (members of archives were chosen before).</summary>
internal sealed class FleetSymbols
{
    private readonly Dictionary<(string Pattern, InputKind Kind), InputFacts> inputs;
    private readonly ILookup<string, SymbolObject> objects;
    private readonly Dictionary<(string Library, string Identity), int> builds = new();
    private readonly HashSet<string> missing;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <summary>For each library the images and families that have it, by their places in the layout.</summary>
    private readonly int[][] users;

    /// <summary>For each image or family of the layout the number of its first member; one more at the end.</summary>
    private readonly List<int> firstMembers = new();

    /// <summary>Definitions in libraries that are the same in all images, in link order.</summary>
    private readonly Dictionary<string, List<Provider>> shared = new(StringComparer.Ordinal);

    /// <summary>Definitions that each image has for itself: in its application, and in libraries that are built for it.</summary>
    private readonly Dictionary<string, Dictionary<int, Provider>> own = new(StringComparer.Ordinal);

    /// <param name="layout">The layout.</param>
    /// <param name="facts">What was measured, or null.</param>
    /// <param name="locked">What an earlier plan gave, or null.</param>
    public FleetSymbols(BoundLayout layout, FactsFile? facts, LockFile? locked)
    {
        facts ??= new FactsFile(default, default);
        missing = new HashSet<string>(facts.Missing, StringComparer.Ordinal);
        HasForeignScripts = layout.Overlay is { IsCaptured: true };
        inputs = facts.Inputs.GroupBy(i => (i.Pattern, i.Kind)).ToDictionary(g => g.Key, g => g.First());
        objects = facts.Objects.Select(o => new SymbolObject(o)).ToLookup(o => o.Facts.Path, StringComparer.Ordinal);
        (BoundLibrary[] libraries, users) = Order(layout, locked);
        int[] perImage = Enumerable.Range(0, libraries.Length).Where(r => libraries[r].IsPerImage).ToArray();
        int[][] ranks = FindRanks(layout.Images.Count);
        var units = libraries.Select(l => l.IsPerImage ? null : Find(l.Inputs, default)).ToArray();
        var images = new List<SymbolImage>();
        for (int i = 0; i < layout.Images.Count; i++)
        {
            firstMembers.Add(images.Count);
            int[] built = perImage.Where(r => Array.BinarySearch(ranks[i], r) >= 0).ToArray();
            foreach (ImageMember member in layout.Images[i].Members)
            {
                numbers.Add(member.Name, images.Count);
                var builtObjects = built.Select(r => (Rank: r, Objects: Find(libraries[r].Inputs, member))).ToArray();

                // Pages of such a library are those of its first build: objects that the builds have in common are what pages are shared for.
                foreach ((int rank, IReadOnlyList<SymbolObject> found) in builtObjects) units[rank] ??= found;
                images.Add(new SymbolImage(ranks[i], Find(layout.Images[i].Inputs, member), builtObjects.Select(b => (libraries[b.Rank].Name, b.Objects)).ToArray()));
            }
        }

        firstMembers.Add(images.Count);
        Libraries = libraries.Select((l, i) => new SymbolUnit(l.Name, units[i]!)).ToArray();
        Images = images;
        Index(libraries, new SectionMatcher(layout));
    }

    /// <summary>The scripts are those of a build that exists: they define symbols that no object has, and place tables and thread-local data, each where its image has it.</summary>
    public bool HasForeignScripts { get; }

    /// <summary>The libraries that any image has, in link order.</summary>
    public IReadOnlyList<SymbolUnit> Libraries { get; }

    /// <summary>The images, members of families one by one.</summary>
    public IReadOnlyList<SymbolImage> Images { get; }

    /// <summary>The numbers of the images that have a library, in ascending order.</summary>
    public int[] GetImages(int library) => users[library].SelectMany(u => Enumerable.Range(firstMembers[u], firstMembers[u + 1] - firstMembers[u])).ToArray();

    /// <summary>The number of an image.</summary>
    public int GetNumber(string image) => numbers[image];

    /// <summary>All objects, each once.</summary>
    public IEnumerable<SymbolObject> Objects => Libraries.SelectMany(l => l.Objects).Concat(Images.SelectMany(i => i.OwnObjects)).Distinct();

    /// <summary>Whether facts say what objects define and refer to.</summary>
    public bool AreKnown => Objects.Any(o => o.Facts.Symbols is not null);

    /// <summary>Whether a symbol can be another one in some image: it has several definitions, one of an image's own, or may be missing.</summary>
    public bool MayDiffer(string symbol, bool mayBeMissing) =>
        own.ContainsKey(symbol) || (!mayBeMissing && IsOfScripts(symbol)) || (shared.TryGetValue(symbol, out List<Provider>? providers) && (mayBeMissing || missing.Contains(symbol) || providers.Count > 1));

    /// <summary>What a symbol is in an image: a strong definition before a weak one, in link order, those of the image's own last.</summary>
    public Provider Resolve(string symbol, int image)
    {
        Provider? weak = null;
        if (shared.TryGetValue(symbol, out List<Provider>? providers))
        {
            foreach (Provider provider in providers.Where(p => Images[image].Has(p.Place)))
            {
                if (!provider.IsWeak) return provider;
                weak ??= provider;
            }
        }

        if (weak is null && IsOfScripts(symbol)) return Provider.OfApplication(image, DefinitionTraits.None);
        if (!own.TryGetValue(symbol, out Dictionary<int, Provider>? images) || !images.TryGetValue(image, out Provider found)) return weak ?? Provider.Missing;
        return weak is null || !found.IsWeak ? found : weak.Value;
    }

    private bool IsOfScripts(string symbol) => HasForeignScripts && !own.ContainsKey(symbol) && !shared.ContainsKey(symbol);

    /// <summary>Whether an image that lacks a symbol may have any address for it: only members of archives refer to it that others brought, and nobody asks whether it is there.</summary>
    public bool MayBeAnywhere(string symbol) =>
        missing.Contains(symbol) && !Objects.Any(o => o.References.Any(r => r.Name == symbol && (r.Traits & ReferenceTraits.Weak) != 0));

    /// <summary>
    /// Whether an image without a symbol refers to it in a way that does not allow that, and not only since others brought the members of archives that do. With a jump for it the linker would not
    /// see the mistake.
    /// </summary>
    public bool IsLackedByMistake(string symbol)
    {
        if (missing.Contains(symbol)) return false;
        int[] without = Enumerable.Range(0, Images.Count).Where(i => Resolve(symbol, i).IsMissing).ToArray();
        if (without.Length == 0) return false;
        var needing = new HashSet<int>(Enumerable.Range(0, Libraries.Count).Where(l => NeedsAny(Libraries[l].Objects)).SelectMany(GetImages));
        return without.Any(i => needing.Contains(i) || NeedsAny(Images[i].OwnObjects));

        bool NeedsAny(IEnumerable<SymbolObject> some) => some.Any(o => o.References.Any(r => r.Name == symbol && (r.Traits & ReferenceTraits.Weak) == 0));
    }

    /// <summary>The libraries in the order in which images link them, and who has them.</summary>
    private static (BoundLibrary[] Libraries, int[][] Users) Order(BoundLayout layout, LockFile? locked)
    {
        var users = layout.Libraries.ToDictionary(l => l.Name, _ => new List<int>(), StringComparer.Ordinal);
        for (int i = 0; i < layout.Images.Count; i++)
        {
            foreach (string library in layout.Images[i].Libraries) users[library].Add(i);
        }

        var used = layout.Libraries.Where(l => users[l.Name].Count > 0).Select(l => (Library: l, Images: users[l.Name].ToArray()));
        var ordered = LibraryOrder.Sort(used, u => u.Sum(i => (long)(layout.Images[i].Family?.Count ?? 1)), SequenceComparer.Instance, locked).ToArray();
        return (ordered.Select(l => l.Library).ToArray(), ordered.Select(l => l.Images).ToArray());
    }

    /// <summary>The ranks of each image's libraries, in ascending order.</summary>
    private int[][] FindRanks(int images)
    {
        var counts = new int[images];
        foreach (int image in users.SelectMany(u => u)) counts[image]++;
        int[][] ranks = counts.Select(c => new int[c]).ToArray();
        Array.Clear(counts, 0, images);
        for (int rank = 0; rank < users.Length; rank++)
        {
            foreach (int image in users[rank]) ranks[image][counts[image]++] = rank;
        }

        return ranks;
    }

    /// <summary>Notes the definitions of what libraries refer to: nothing else matters.</summary>
    private void Index(BoundLibrary[] libraries, SectionMatcher matcher)
    {
        var wanted = new HashSet<string>(Libraries.SelectMany(l => l.Objects).SelectMany(o => o.References).Select(r => r.Name), StringComparer.Ordinal);
        var known = new Dictionary<SymbolObject, DefinitionFacts[]>();
        for (int i = 0; i < Libraries.Count; i++)
        {
            if (libraries[i].IsPerImage) continue;
            foreach (DefinitionFacts definition in Libraries[i].Objects.SelectMany(Wanted))
            {
                if (!shared.TryGetValue(definition.Name, out List<Provider>? providers)) shared.Add(definition.Name, providers = new List<Provider>());
                providers.Add(new Provider(i, definition.Traits));
            }
        }

        for (int i = 0; i < Images.Count; i++)
        {
            foreach ((string library, IReadOnlyList<SymbolObject> built) in Images[i].Built)
            {
                foreach (SymbolObject item in built)
                {
                    foreach (DefinitionFacts definition in Wanted(item)) AddOwn(definition.Name, i, HasForeignScripts && !IsPlaced(item, definition) ? Provider.OfApplication(i, definition.Traits) : new Provider(PlaceOf(library, item, definition), definition.Traits));
                }
            }

            foreach (DefinitionFacts definition in Images[i].Application.SelectMany(Wanted)) AddOwn(definition.Name, i, Provider.OfApplication(i, definition.Traits));
        }

        // Foreign scripts place what has no slot.
        bool IsPlaced(SymbolObject item, DefinitionFacts definition) => definition.Section < 0
            || (item.Facts.Sections[definition.Section] is { IsThreadLocal: false } section && matcher.Find(section.Name)?.Section is { IsTable: false });

        // Members of a family often have one object in common.
        DefinitionFacts[] Wanted(SymbolObject item)
        {
            if (!known.TryGetValue(item, out DefinitionFacts[]? found)) known.Add(item, found = item.Definitions.Where(d => wanted.Contains(d.Name)).ToArray());
            return found;
        }
    }

    /// <summary>Builds of a library have a symbol at one place when the section that holds it is the same in them.</summary>
    private int PlaceOf(string library, SymbolObject item, DefinitionFacts definition)
    {
        string identity = definition.Section < 0 ? "" : item.Facts.Sections[definition.Section].Identity;
        if (!builds.TryGetValue((library, identity), out int number)) builds.Add((library, identity), number = builds.Count);
        return Libraries.Count + number;
    }

    private void AddOwn(string name, int image, Provider provider)
    {
        if (!own.TryGetValue(name, out Dictionary<int, Provider>? images)) own.Add(name, images = new Dictionary<int, Provider>());
        if (!images.TryGetValue(image, out Provider first) || (first.IsWeak && !provider.IsWeak)) images[image] = provider;
    }

    private IReadOnlyList<SymbolObject> Find(IEnumerable<BoundInput> unitInputs, ImageMember member)
    {
        var files = new List<string>();
        foreach (BoundInput input in unitInputs)
        {
            if (inputs.TryGetValue((input.Expand(member), input.Kind), out InputFacts? found)) files.AddRange(found.Files);
        }

        return files.Distinct(StringComparer.Ordinal).SelectMany(f => objects[f]).ToArray();
    }
}

/// <summary>An object, equal to itself alone: comparing what is in it would take long.</summary>
internal sealed class SymbolObject
{
    public SymbolObject(ObjectFacts facts) => Facts = facts;

    public ObjectFacts Facts { get; }

    public EquatableArray<ReferenceFacts> References => Facts.Symbols?.References ?? default;

    public IEnumerable<DefinitionFacts> Definitions =>
        (Facts.Symbols?.Definitions ?? default).Concat(Facts.Commons.Select(c => new DefinitionFacts(c.Name, DefinitionTraits.None, -1)));
}

/// <summary>A library's objects, in link order.</summary>
internal sealed record SymbolUnit(string Name, IReadOnlyList<SymbolObject> Objects);

/// <summary>An image.</summary>
/// <param name="Ranks">The ranks of its libraries, in ascending order.</param>
/// <param name="Application">The objects of its application.</param>
/// <param name="Built">The objects of the libraries that are built for it.</param>
internal sealed record SymbolImage(int[] Ranks, IReadOnlyList<SymbolObject> Application, IReadOnlyList<(string Library, IReadOnlyList<SymbolObject> Objects)> Built)
{
    /// <summary>Whether it has the library of a rank.</summary>
    public bool Has(int library) => Array.BinarySearch(Ranks, library) >= 0;

    /// <summary>All objects that are the image's own.</summary>
    public IEnumerable<SymbolObject> OwnObjects => Built.SelectMany(b => b.Objects).Concat(Application);
}

/// <summary>What a symbol is in one image.</summary>
/// <param name="Place">
/// Rank of the library that has it; behind all ranks a number for each build of a library that is built for each image; -1 when nothing has it; below that a number for
/// each application.
/// </param>
/// <param name="Traits">Its definition.</param>
internal readonly record struct Provider(int Place, DefinitionTraits Traits)
{
    public static Provider Missing { get; } = new(-1, DefinitionTraits.None);

    public static Provider OfApplication(int image, DefinitionTraits traits) => new(-2 - image, traits);

    public bool IsMissing => Place == -1;

    public bool IsApplication => Place < -1;

    public bool IsWeak => (Traits & DefinitionTraits.Weak) != 0;
}
