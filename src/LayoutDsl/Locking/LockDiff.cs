using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Locking;

/// <summary>Compares locks.</summary>
public static class LockDiff
{
    /// <summary>What differs, in the order of the slots.</summary>
    public static IReadOnlyList<LockChange> Between(LockFile before, LockFile after)
    {
        var old = before.Slots.ToDictionary(s => s.Key);
        var current = new HashSet<(string, string, string)>(after.Slots.Select(s => s.Key));
        IEnumerable<LockChange> changes = after.Slots
            .Select(s => old.TryGetValue(s.Key, out LockedSlot? was) ? Compare(was, s) : new LockChange(LockChangeKind.New, null, s))
            .OfType<LockChange>()
            .Concat(before.Slots.Where(s => !current.Contains(s.Key)).Select(s => new LockChange(LockChangeKind.Gone, s, null)));
        ILookup<(string, string, string), LockChange> byKey = changes.ToLookup(c => c.Slot.Key);
        return LockFile.Of(changes.Select(c => c.Slot)).Slots.SelectMany(s => byKey[s.Key]).ToArray();
    }

    private static LockChange? Compare(LockedSlot before, LockedSlot after)
    {
        if (before == after || (before.IsImageClass && before.Holds(after))) return null;
        LockChangeKind kind =
            before.Address != after.Address || before.Region != after.Region ? LockChangeKind.Moved
            : after.Reserved > before.Reserved ? LockChangeKind.Grown
            : after.Reserved < before.Reserved ? LockChangeKind.Shrunk
            : LockChangeKind.Updated;
        return new LockChange(kind, before, after);
    }
}
