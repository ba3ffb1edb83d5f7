namespace LayoutDsl.Locking;

/// <summary>A place in an order that an earlier plan gave, and that stays given: what is new comes behind.</summary>
/// <param name="Kind">In which order.</param>
/// <param name="Name">The library or function.</param>
/// <param name="Rank">Its place: smaller ones come first. Two branches may give one place twice; then the names decide.</param>
public sealed record LockedRank(LockedOrder Kind, string Name, ulong Rank);

/// <summary>An order that a lock remembers.</summary>
public enum LockedOrder
{
    /// <summary>Functions that are called through a jump, in the order of the jumps.</summary>
    Jump,

    /// <summary>Libraries, in the order in which they are linked: that of their thread-local data and of their entries in tables.</summary>
    Library,

    /// <summary>As <see cref="Jump"/>, and in one order with them: functions whose code is Thumb code.</summary>
    ThumbJump,
}
