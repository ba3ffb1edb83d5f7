using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;

namespace LayoutDsl.Planning.Indirection;

/// <summary>What the references of libraries lead to in each image.</summary>
internal sealed class ReferenceTargets
{
    private readonly BoundLayout layout;
    private readonly FleetSymbols symbols;
    private readonly HashSet<string> fixedSymbols;
    private readonly Dictionary<string, int> ranks;
    private readonly Dictionary<string, Provider[]?>[] known;
    private readonly int[]?[] images;

    public ReferenceTargets(BoundLayout layout, FleetSymbols symbols)
    {
        this.layout = layout;
        this.symbols = symbols;

        // What the script defines is at one address in all images, whatever objects say; what it provides is so only where no object has it.
        fixedSymbols = new HashSet<string>(
            layout.Symbols.Where(s => !s.IsProvided).Select(s => s.Name).Concat(layout.Sections.Where(s => s.Bounds is not null).SelectMany(s => new[] { s.Bounds!.Start, s.Bounds.End })),
            StringComparer.Ordinal);
        Matcher = new SectionMatcher(layout);
        ranks = symbols.Libraries.Select((l, i) => (l.Name, i)).ToDictionary(l => l.Name, l => l.i, StringComparer.Ordinal);
        known = symbols.Libraries.Select(_ => new Dictionary<string, Provider[]?>(StringComparer.Ordinal)).ToArray();
        images = new int[symbols.Libraries.Count][];
    }

    /// <summary>Where input sections belong.</summary>
    public SectionMatcher Matcher { get; }

    /// <summary>
    /// Whether an input section with references that are not stable lies with what differs between images, and not among what they share: of a library that is built for each image, what is smaller
    /// than a page. A larger one would gain no page.
    /// </summary>
    public bool IsApart(int library, SectionFacts section) => section.Size < layout.Target.Page && layout.Libraries.First(l => l.Name == symbols.Libraries[library].Name).IsPerImage;

    /// <summary>What a symbol is in each image of a library, in the order of the images; null when it is the same in all.</summary>
    public Provider[]? Find(int library, ReferenceFacts reference)
    {
        if (fixedSymbols.Contains(reference.Name)) return null;
        if (known[library].TryGetValue(reference.Name, out Provider[]? providers)) return providers;
        if (symbols.MayDiffer(reference.Name, mayBeMissing: (reference.Traits & ReferenceTraits.Weak) != 0))
        {
            providers = (images[library] ??= symbols.GetImages(library)).Select(i => symbols.Resolve(reference.Name, i)).ToArray();

            // Thread-local data is at one place in the block of every thread (TableLayout).
            bool isStable = providers.All(p => p.Place == providers[0].Place) || (!symbols.HasForeignScripts && providers.Any(p => (p.Traits & DefinitionTraits.ThreadLocal) != 0));
            bool isData = providers.All(p => p.IsMissing ? symbols.MayBeAnywhere(reference.Name) : (p.Traits & DefinitionTraits.Code) == 0);
            if (isStable || (isData && DatumTables.IsFixed(reference.Name, symbols, Matcher))) providers = null;
        }

        // A weak reference in one object and a strong one in another: both are judged by the first, and a strong one to nothing does not link.
        return known[library][reference.Name] = providers;
    }

    /// <summary>
    /// What the references of an object's section lead to in one image, of those that lead elsewhere in others: equal for two images when all lead to the same. Empty when all are stable.
    /// </summary>
    /// <param name="library">The library of the object.</param>
    /// <param name="image">The image.</param>
    /// <param name="item">The object.</param>
    /// <param name="section">Name of its section.</param>
    /// <param name="jumps">The functions that are called through jumps.</param>
    public string Describe(string library, string image, ObjectFacts item, string section, ISet<string> jumps)
    {
        if (item.Symbols is null || !ranks.TryGetValue(library, out int rank)) return "";
        int at = Array.BinarySearch(images[rank] ??= symbols.GetImages(rank), symbols.GetNumber(image));
        var own = new HashSet<string>(item.Symbols.Definitions.Select(d => d.Name), StringComparer.Ordinal);

        // How far an object's own thread-local data is from the thread pointer depends on all that the image has.
        string threads = symbols.HasForeignScripts && item.Sections.Any(s => s.IsThreadLocal) && item.Sections.Any(s => s.Name == section && IsApart(rank, s)) ? FormattableString.Invariant($" threads@{at}") : "";
        return threads + string.Concat(item.Symbols.References
            .Where(r => item.Sections[r.Section].Name == section && IsApart(rank, item.Sections[r.Section]) && (own.Contains(r.Name) || !jumps.Contains(r.Name)))
            .Select(r => Find(rank, r) is { } providers ? FormattableString.Invariant($" {r.Name}@{providers[at].Place}") : ""));
    }
}
