using System.Collections.Generic;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>An image of a fleet, with the members of the union linked, and what these members alone make of it.</summary>
/// <param name="Name">The name of the image.</param>
/// <param name="Own">The image as it is by itself.</param>
/// <param name="Resolution">The image with the members of the union.</param>
/// <param name="Unsatisfied">What members need that the image does not need itself, and nothing in the image defines.</param>
/// <param name="Conflicts">Symbols that are defined more than once due to such members; the first definition in link order counts.</param>
/// <param name="Changed">Symbols of the image that mean something else due to such members.</param>
public sealed record UnionImage(
    string Name,
    LinkResolution Own,
    LinkResolution Resolution,
    IReadOnlyList<UndefinedReference> Unsatisfied,
    IReadOnlyList<MultipleDefinition> Conflicts,
    IReadOnlyList<ChangedDefinition> Changed)
{
    /// <summary>Whether the members that only other images need leave everything in this image as it is.</summary>
    public bool IsUnharmed => Unsatisfied.Count == 0 && Conflicts.Count == 0 && Changed.Count == 0;
}
