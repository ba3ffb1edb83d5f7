using System.Collections.Generic;
using LayoutDsl.Locking;

namespace LayoutDsl.Planning;

/// <summary>What a plan keeps to.</summary>
/// <param name="File">What earlier plans gave away; null when nothing was planned before.</param>
/// <param name="IsPart">The fleet has more images than those that are planned, and the lock stands for them.</param>
internal sealed record PlanLock(LockFile? File, bool IsPart)
{
    /// <summary>The libraries that an earlier plan placed.</summary>
    public IEnumerable<string> Libraries => (File ?? LockFile.Empty).GetOrder(LockedOrder.Library);

    /// <summary>The functions that an earlier plan calls through jumps, in their order.</summary>
    public IEnumerable<string> Jumps => (File ?? LockFile.Empty).GetOrder(LockedOrder.Jump, LockedOrder.ThumbJump);
}
