using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Indirection;

/// <summary>Who defines what in a fleet, and what a symbol is in each image: the rules of the linker over objects that are all linked (members of archives were chosen before).</summary>
internal sealed class FleetSymbols
{
    private readonly Dictionary<(string Pattern, InputKind Kind), InputFacts> inputs;
    private readonly ILookup<string, SymbolObject> objects;
    private readonly Dictionary<string, List<Definition>> libraryDefinitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, DefinitionTraits>> applicationDefinitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> ranks;

    /// <param name="layout">The layout.</param>
    /// <param name="facts">What was measured, or null.</param>
    /// <param name="libraries">The libraries in the order in which images link them.</param>
    public FleetSymbols(BoundLayout layout, FactsFile? facts, IReadOnlyList<BoundLibrary> libraries)
    {
        facts ??= new FactsFile(default, default);
        inputs = facts.Inputs.GroupBy(i => (i.Pattern, i.Kind)).ToDictionary(g => g.Key, g => g.First());
        objects = facts.Objects.Select(o => new SymbolObject(o)).ToLookup(o => o.Facts.Path, StringComparer.Ordinal);
        Libraries = libraries.Select(l => new SymbolUnit(l.Name, Find(l.Inputs, null))).ToArray();
        ranks = libraries.Select((l, i) => (l.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        var images = new List<SymbolImage>();
        foreach (BoundImage image in layout.Images)
        {
            var own = new HashSet<int>(image.Libraries.Select(l => ranks[l]));
            for (int i = 0; i < (image.Family?.Count ?? 1); i++) images.Add(new SymbolImage(own, Find(image.Inputs, image.Family?.First + i)));
        }

        Images = images;
        Index();
    }

    /// <summary>The libraries, in link order.</summary>
    public IReadOnlyList<SymbolUnit> Libraries { get; }

    /// <summary>The images, members of families one by one.</summary>
    public IReadOnlyList<SymbolImage> Images { get; }

    /// <summary>All objects, each once.</summary>
    public IEnumerable<SymbolObject> Objects => Libraries.SelectMany(l => l.Objects).Concat(Images.SelectMany(i => i.Objects)).Distinct();

    /// <summary>Whether facts say what objects define and refer to.</summary>
    public bool AreKnown => Objects.Any(o => o.Facts.Symbols is not null);

    /// <summary>Whether a symbol can be another one in some image: it has several definitions, one in an application, or may be missing.</summary>
    public bool MayDiffer(string symbol, bool mayBeMissing) =>
        applicationDefinitions.ContainsKey(symbol)
        || (libraryDefinitions.TryGetValue(symbol, out List<Definition>? own) && (mayBeMissing || own.Count > 1));

    /// <summary>What a symbol is in an image: a strong definition before a weak one, in link order, the application last.</summary>
    public Provider Resolve(string symbol, int image)
    {
        Provider? weak = null;
        if (libraryDefinitions.TryGetValue(symbol, out List<Definition>? definitions))
        {
            foreach (Definition definition in definitions.Where(d => Images[image].Libraries.Contains(d.Library)))
            {
                var found = new Provider(definition.Library, definition.Traits);
                if ((definition.Traits & DefinitionTraits.Weak) == 0) return found;
                weak ??= found;
            }
        }

        if (!applicationDefinitions.TryGetValue(symbol, out Dictionary<int, DefinitionTraits>? own) || !own.TryGetValue(image, out DefinitionTraits traits)) return weak ?? Provider.Missing;
        return weak is null || (traits & DefinitionTraits.Weak) == 0 ? Provider.OfApplication(image, traits) : weak.Value;
    }

    private void Index()
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Libraries.Count; i++)
        {
            foreach (SymbolObject item in Libraries[i].Objects)
            {
                foreach ((string name, DefinitionTraits traits) in item.Definitions)
                {
                    if (!libraryDefinitions.TryGetValue(name, out List<Definition>? list)) libraryDefinitions.Add(name, list = new List<Definition>());
                    list.Add(new Definition(i, traits));
                }

                wanted.UnionWith(item.References.Select(r => r.Name));
            }
        }

        // Of the applications only what libraries ask for matters. Members of a family often have one object in common.
        var known = new Dictionary<SymbolObject, (string Name, DefinitionTraits Traits)[]>();
        for (int i = 0; i < Images.Count; i++)
        {
            foreach (SymbolObject item in Images[i].Objects)
            {
                if (!known.TryGetValue(item, out (string Name, DefinitionTraits Traits)[]? own)) known.Add(item, own = item.Definitions.Where(d => wanted.Contains(d.Name)).ToArray());
                foreach ((string name, DefinitionTraits traits) in own) AddApplication(name, i, traits);
            }
        }
    }

    private void AddApplication(string name, int image, DefinitionTraits traits)
    {
        if (!applicationDefinitions.TryGetValue(name, out Dictionary<int, DefinitionTraits>? images)) applicationDefinitions.Add(name, images = new Dictionary<int, DefinitionTraits>());
        if (!images.TryGetValue(image, out DefinitionTraits first) || ((first & DefinitionTraits.Weak) != 0 && (traits & DefinitionTraits.Weak) == 0)) images[image] = traits;
    }

    private IReadOnlyList<SymbolObject> Find(IEnumerable<BoundInput> unitInputs, int? member)
    {
        var files = new List<string>();
        foreach (BoundInput input in unitInputs)
        {
            if (inputs.TryGetValue((input.Expand(member), input.Kind), out InputFacts? found)) files.AddRange(found.Files);
        }

        return files.Distinct(StringComparer.Ordinal).SelectMany(f => objects[f]).ToArray();
    }

    private readonly record struct Definition(int Library, DefinitionTraits Traits);
}

/// <summary>An object, equal to itself alone: comparing what is in it would take long.</summary>
internal sealed class SymbolObject
{
    public SymbolObject(ObjectFacts facts) => Facts = facts;

    public ObjectFacts Facts { get; }

    public EquatableArray<ReferenceFacts> References => Facts.Symbols?.References ?? default;

    public IEnumerable<(string Name, DefinitionTraits Traits)> Definitions =>
        (Facts.Symbols?.Definitions ?? default).Select(d => (d.Name, d.Traits)).Concat(Facts.Commons.Select(c => (c.Name, DefinitionTraits.None)));
}

/// <summary>A library's objects, in link order.</summary>
internal sealed record SymbolUnit(string Name, IReadOnlyList<SymbolObject> Objects);

/// <summary>An image: the ranks of its libraries, and the objects of its application.</summary>
internal sealed record SymbolImage(HashSet<int> Libraries, IReadOnlyList<SymbolObject> Objects);

/// <summary>What a symbol is in one image.</summary>
/// <param name="Place">Rank of the library that has it, -1 when nothing has it, below that a number for each application.</param>
/// <param name="Traits">Its definition.</param>
internal readonly record struct Provider(int Place, DefinitionTraits Traits)
{
    public static Provider Missing { get; } = new(-1, DefinitionTraits.None);

    public static Provider OfApplication(int image, DefinitionTraits traits) => new(-2 - image, traits);

    public bool IsMissing => Place == -1;

    public bool IsApplication => Place < -1;
}
