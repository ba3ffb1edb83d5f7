using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;

namespace LayoutDsl.Planning.Indirection;

/// <summary>What keeps references from going through a jump.</summary>
internal enum IndirectionObstacle
{
    /// <summary>They are to data.</summary>
    Data,

    /// <summary>They stand in an object that defines the symbol itself: the linker sends only undefined references elsewhere.</summary>
    OwnDefinition,

    /// <summary>They ask whether the function is there: with a jump it always is.</summary>
    AsksWhetherThere,

    /// <summary>The function is Thumb code in some images and Arm code in others.</summary>
    TwoStates,
}

/// <summary>Finds what keeps a symbol from being called through a jump.</summary>
internal sealed class IndirectionObstacles
{
    private readonly HashSet<string> asked;
    private readonly ILookup<string, DefinitionTraits> definitions;

    public IndirectionObstacles(FleetSymbols symbols)
    {
        SymbolObject[] all = symbols.Objects.ToArray();
        const ReferenceTraits Question = ReferenceTraits.Weak | ReferenceTraits.Address;
        asked = new HashSet<string>(all.SelectMany(o => o.References).Where(r => (r.Traits & Question) == Question).Select(r => r.Name), StringComparer.Ordinal);
        definitions = all.SelectMany(o => o.Definitions).Where(d => (d.Traits & DefinitionTraits.Code) != 0).ToLookup(d => d.Name, d => d.Traits & DefinitionTraits.Thumb, StringComparer.Ordinal);
    }

    /// <summary>What keeps the references to one symbol from it in all libraries; null when nothing does for some of them.</summary>
    public IndirectionObstacle? Find(IReadOnlyCollection<UnstableReference> references)
    {
        string symbol = references.First().Symbol;
        if (!references.All(r => r.IsCode)) return IndirectionObstacle.Data;

        // All references of all objects are sent to the jump: one question anywhere counts.
        if (asked.Contains(symbol) && references.Any(r => r.Providers.Any(p => p.IsMissing))) return IndirectionObstacle.AsksWhetherThere;
        if (definitions[symbol].Distinct().Count() > 1) return IndirectionObstacle.TwoStates;
        return references.Any(r => r.IsReachable) ? null : IndirectionObstacle.OwnDefinition;
    }

    /// <summary>Whether a function is Thumb code.</summary>
    public bool IsThumb(string symbol) => definitions[symbol].FirstOrDefault() != DefinitionTraits.None;
}
