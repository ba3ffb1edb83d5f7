using System.Collections.Generic;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>A member of an archive that the fleet needs.</summary>
/// <param name="Index">The index in the archive.</param>
/// <param name="NeededBy">
/// The images (indices in the fleet) that need it by themselves; empty if only members that other images need pull it.
/// </param>
/// <param name="Users">How many images reach it: those that need it, or all that have it when they run something of it at their start.</param>
public sealed record UnionMember(int Index, IReadOnlyList<int> NeededBy, int Users);
