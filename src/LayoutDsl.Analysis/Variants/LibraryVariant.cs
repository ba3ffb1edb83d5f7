using System.Collections.Generic;

namespace LayoutDsl.Analysis.Variants;

/// <summary>One of the contents that a part of a library has in a fleet.</summary>
/// <param name="Images">Names of the images that have it.</param>
/// <param name="Size">Its bytes, over all sections.</param>
public sealed record LibraryVariant(IReadOnlyList<string> Images, ulong Size);
