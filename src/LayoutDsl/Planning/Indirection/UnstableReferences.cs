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
    private readonly ReferenceTargets targets;
    private readonly Dictionary<(int Library, string Section, ulong Page), PageVariants> pages = new();

    private UnstableReferences(BoundLayout layout, FleetSymbols symbols, ReferenceTargets targets)
    {
        this.symbols = symbols;
        this.targets = targets;
        for (int library = 0; library < symbols.Libraries.Count; library++) Find(library, layout.Target.Page);
    }

    /// <summary>The pages with such references, by library and place.</summary>
    public IReadOnlyDictionary<(int Library, string Section, ulong Page), PageVariants> Pages => pages;

    /// <summary>Finds them.</summary>
    public static UnstableReferences Find(BoundLayout layout, FleetSymbols symbols, ReferenceTargets targets) => new(layout, symbols, targets);

    private void Find(int library, ulong page)
    {
        if (symbols.Libraries[library].Objects.All(o => o.References.Count == 0)) return;
        if (symbols.GetImages(library).Length < 2) return;
        var found = new Dictionary<(string Symbol, bool IsReachable, bool IsApart), (Provider[] Providers, ReferenceTraits Traits, List<(SymbolObject Object, ReferenceFacts Reference)> Places)>();
        foreach (SymbolObject item in symbols.Libraries[library].Objects)
        {
            var own = new HashSet<string>(StringComparer.Ordinal);
            if (item.References.Count > 0) own.UnionWith(item.Definitions.Select(d => d.Name));
            foreach (ReferenceFacts reference in item.References)
            {
                if (targets.Find(library, reference) is not { } providers) continue;
                var key = (reference.Name, !own.Contains(reference.Name), targets.IsApart(library, item.Facts.Sections[reference.Section]));
                if (!found.TryGetValue(key, out var entry)) entry = (providers, ReferenceTraits.None, new List<(SymbolObject, ReferenceFacts)>());
                entry.Places.Add((item, reference));
                found[key] = (providers, entry.Traits | reference.Traits, entry.Places);
            }
        }

        var places = new LibraryPages(symbols.Libraries[library], targets.Matcher, page);
        foreach (var entry in found)
        {
            var unstable = new UnstableReference(library, entry.Key.Symbol, entry.Value.Providers, entry.Value.Traits, entry.Key.IsReachable, entry.Key.IsApart);
            foreach ((string section, ulong at) in entry.Value.Places.SelectMany(p => places.Find(p.Object, p.Reference))) PageAt(library, section, at).Add(unstable);
        }
    }

    private PageVariants PageAt(int library, string section, ulong page)
    {
        if (!pages.TryGetValue((library, section, page), out PageVariants? at)) pages.Add((library, section, page), at = new PageVariants());
        return at;
    }
}
