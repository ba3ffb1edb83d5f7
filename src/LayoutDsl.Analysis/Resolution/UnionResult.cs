using System.Collections.Generic;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>The union of what the images of a fleet need.</summary>
/// <param name="Archives">The archives, in the order in which the images name them.</param>
/// <param name="Images">The images, in the order of the fleet.</param>
public sealed record UnionResult(IReadOnlyList<UnionArchive> Archives, IReadOnlyList<UnionImage> Images);
