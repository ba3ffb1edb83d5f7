using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;

namespace LayoutDsl.Planning.Indirection;

/// <summary>Finds the references of libraries that are not stable, and the pages that they are on.</summary>
internal sealed class UnstableReferences
{
    private readonly FleetSymbols symbols;
    private readonly SectionMatcher matcher;
    private readonly HashSet<string> fixedSymbols;
    private readonly Dictionary<(int Library, string Section, ulong Page), PageVariants> pages = new();

    private UnstableReferences(BoundLayout layout, FleetSymbols symbols)
    {
        this.symbols = symbols;

        // What the script defines is at one address in all images, whatever objects say; what it provides is so only where no object has it.
        fixedSymbols = new HashSet<string>(
            layout.Symbols.Where(s => !s.IsProvided).Select(s => s.Name).Concat(layout.Sections.Where(s => s.Bounds is not null).SelectMany(s => new[] { s.Bounds!.Start, s.Bounds.End })),
            StringComparer.Ordinal);
        matcher = new SectionMatcher(layout);
        for (int library = 0; library < symbols.Libraries.Count; library++) Find(library, layout.Target.Page);
    }

    /// <summary>The pages with such references, by library and place.</summary>
    public IReadOnlyDictionary<(int Library, string Section, ulong Page), PageVariants> Pages => pages;

    /// <summary>Finds them.</summary>
    public static UnstableReferences Find(BoundLayout layout, FleetSymbols symbols) => new(layout, symbols);

    private void Find(int library, ulong page)
    {
        if (symbols.Libraries[library].Objects.All(o => o.References.Count == 0)) return;
        int[] images = symbols.GetImages(library);
        if (images.Length < 2) return;
        var providers = new Dictionary<string, Provider[]?>(StringComparer.Ordinal);
        var found = new Dictionary<(string Symbol, bool IsReachable), (ReferenceTraits Traits, List<(SymbolObject Object, ReferenceFacts Reference)> Places)>();
        foreach (SymbolObject item in symbols.Libraries[library].Objects)
        {
            var own = new HashSet<string>(StringComparer.Ordinal);
            if (item.References.Count > 0) own.UnionWith(item.Definitions.Select(d => d.Name));
            foreach (ReferenceFacts reference in item.References)
            {
                if (FindProviders(reference, images, providers) is null) continue;
                var key = (reference.Name, !own.Contains(reference.Name));
                if (!found.TryGetValue(key, out var entry)) entry = (ReferenceTraits.None, new List<(SymbolObject, ReferenceFacts)>());
                entry.Places.Add((item, reference));
                found[key] = (entry.Traits | reference.Traits, entry.Places);
            }
        }

        var places = new LibraryPages(symbols.Libraries[library], matcher, page);
        foreach (var entry in found)
        {
            var unstable = new UnstableReference(library, entry.Key.Symbol, providers[entry.Key.Symbol]!, entry.Value.Traits, entry.Key.IsReachable);
            foreach ((string section, ulong at) in entry.Value.Places.SelectMany(p => places.Find(p.Object, p.Reference))) PageAt(library, section, at).Add(unstable);
        }
    }

    /// <summary>What a symbol is in each image; null when it is the same in all.</summary>
    private Provider[]? FindProviders(ReferenceFacts reference, int[] images, Dictionary<string, Provider[]?> known)
    {
        if (fixedSymbols.Contains(reference.Name)) return null;
        if (known.TryGetValue(reference.Name, out Provider[]? providers)) return providers;
        if (symbols.MayDiffer(reference.Name, mayBeMissing: (reference.Traits & ReferenceTraits.Weak) != 0))
        {
            providers = images.Select(i => symbols.Resolve(reference.Name, i)).ToArray();

            // Thread-local data is at one place in the block of every thread (TableLayout).
            bool isStable = providers.All(p => p.Place == providers[0].Place) || providers.Any(p => (p.Traits & DefinitionTraits.ThreadLocal) != 0);
            bool isData = providers.All(p => p.IsMissing ? symbols.MayBeAnywhere(reference.Name) : (p.Traits & DefinitionTraits.Code) == 0);
            if (isStable || (isData && DatumTables.IsFixed(reference.Name, symbols, matcher))) providers = null;
        }

        // A weak reference in one object and a strong one in another: both are judged by the first, and a strong one to nothing does not link.
        return known[reference.Name] = providers;
    }

    private PageVariants PageAt(int library, string section, ulong page)
    {
        if (!pages.TryGetValue((library, section, page), out PageVariants? at)) pages.Add((library, section, page), at = new PageVariants());
        return at;
    }
}
