using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>The union of what the images of a fleet need.</summary>
/// <param name="Archives">The archives, in the order in which the images name them.</param>
/// <param name="Images">The images, in the order of the fleet.</param>
public sealed record UnionResult(IReadOnlyList<UnionArchive> Archives, IReadOnlyList<UnionImage> Images)
{
    /// <summary>
    /// Symbols, in ordinal order, that an image lacks and only members need that others brought. Those that any image lacks by itself are not among them: they are a mistake, which the linker
    /// has to see.
    /// </summary>
    public IReadOnlyList<string> FindMissing()
    {
        var mistakes = new HashSet<string>(Images.SelectMany(i => i.Own.UndefinedReferences).Where(u => u.IsUsed).Select(u => u.Name), StringComparer.Ordinal);
        return Images
            .SelectMany(i => i.Unsatisfied)
            .Select(u => u.Name)
            .Where(n => !mistakes.Contains(n))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToArray();
    }
}
