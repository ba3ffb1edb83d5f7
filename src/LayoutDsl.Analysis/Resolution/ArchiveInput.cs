using System.Collections.Generic;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>An archive, from which members are linked that define what is undefined so far.</summary>
/// <param name="Archive">The archive.</param>
/// <param name="Whole">Whether all members are linked (ld manual: --whole-archive).</param>
public sealed record ArchiveInput(LinkArchive Archive, bool Whole = false) : LinkInput
{
    /// <summary>
    /// Members that are linked in any case, in this order, before the archive is searched: as if they stood before it as objects.
    /// Indices of <see cref="ObjectFiles.ArchiveFile.Members"/>.
    /// </summary>
    public IReadOnlyList<int> Forced { get; init; } = [];
}
