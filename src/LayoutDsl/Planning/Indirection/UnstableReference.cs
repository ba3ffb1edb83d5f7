using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;

namespace LayoutDsl.Planning.Indirection;

/// <summary>References of a library to a symbol that is not the same in all images that have the library.</summary>
/// <param name="Library">Rank of the library.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Providers">What it is in each image of the library, in the order of the images.</param>
/// <param name="Traits">How it is referred to.</param>
/// <param name="IsReachable">Whether the linker can send the references elsewhere: not those in an object that defines the symbol itself.</param>
/// <param name="IsApart">Whether they are in sections that do not lie among what images share (<see cref="ReferenceTargets.IsApart"/>).</param>
internal sealed record UnstableReference(int Library, string Symbol, IReadOnlyList<Provider> Providers, ReferenceTraits Traits, bool IsReachable, bool IsApart)
{
    /// <summary>Why it is not stable.</summary>
    public IndirectionReason Reason =>
        Providers.Any(p => p.IsApplication) ? IndirectionReason.ApplicationSymbol
        : Providers.Where(p => !p.IsMissing).Select(p => p.Place).Distinct().Count() > 1 ? IndirectionReason.ProviderDiffers
        : IndirectionReason.WeakMissing;

    /// <summary>Whether it is code wherever it is defined.</summary>
    public bool IsCode => Providers.All(p => p.IsMissing || (p.Traits & DefinitionTraits.Code) != 0);
}
