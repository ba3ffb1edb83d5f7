using System.Collections.Generic;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>What a fleet needs of an archive: the same members in every image that has it.</summary>
/// <param name="Archive">The archive.</param>
/// <param name="Images">The images that have it, as indices in the fleet.</param>
/// <param name="Members">The members in the order in which they are linked.</param>
public sealed record UnionArchive(LinkArchive Archive, IReadOnlyList<int> Images, IReadOnlyList<UnionMember> Members);
