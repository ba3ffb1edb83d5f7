namespace LayoutDsl.Locking;

/// <summary>What a plan does to a slot of a lock.</summary>
public enum LockChangeKind
{
    /// <summary>It has another address.</summary>
    Moved,

    /// <summary>It stays where it is and reserves more bytes.</summary>
    Grown,

    /// <summary>It stays where it is and reserves fewer bytes.</summary>
    Shrunk,

    /// <summary>It stays as it is with another content.</summary>
    Updated,

    /// <summary>The lock does not have it.</summary>
    New,

    /// <summary>The plan does not have it.</summary>
    Gone,
}

/// <summary>One slot that differs between a lock and a plan.</summary>
/// <param name="Kind">What is different.</param>
/// <param name="Before">The slot in the lock; null when it is new.</param>
/// <param name="After">The slot in the plan; null when it is gone.</param>
public sealed record LockChange(LockChangeKind Kind, LockedSlot? Before, LockedSlot? After)
{
    /// <summary>The slot, as it is now if it is.</summary>
    public LockedSlot Slot => After ?? Before!;

    /// <summary>
    /// Whether a lock without this change does not describe the plan. Content may change at will, what is gone keeps its place, and how far the largest application reaches
    /// moves nothing.
    /// </summary>
    public bool ChangesPlan => Kind switch
    {
        LockChangeKind.Updated or LockChangeKind.Gone => false,
        LockChangeKind.Grown or LockChangeKind.Shrunk => !Slot.IsImageClass,
        _ => true,
    };

    /// <summary>Whether the content outgrew the slot, which is why it moved.</summary>
    public bool HasOutgrown => Kind == LockChangeKind.Moved && After!.Reserved > Before!.Reserved;
}
