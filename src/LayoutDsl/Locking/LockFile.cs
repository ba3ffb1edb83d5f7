using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Locking;

/// <summary>Earlier slots, in ordinal order of owner, section and part.</summary>
public sealed record LockFile(EquatableArray<LockedSlot> Slots)
{
    /// <summary>Without any slot.</summary>
    public static LockFile Empty { get; } = new(default(EquatableArray<LockedSlot>));

    /// <summary>The lock that holds a plan as it is.</summary>
    public static LockFile From(LayoutPlan plan) => LockBuilder.Build(plan);

    /// <summary>The lock of these slots, sorted.</summary>
    public static LockFile Of(IEnumerable<LockedSlot> slots) => new(slots
        .OrderBy(s => s.Owner, StringComparer.Ordinal)
        .ThenBy(s => s.Section, StringComparer.Ordinal)
        .ThenBy(s => s.Part, StringComparer.Ordinal)
        .ToEquatableArray());

    /// <summary>This lock brought up to date: the slots of a newer one, and those that it has not, since what is gone may come back.</summary>
    public LockFile Update(LockFile newer)
    {
        var old = Slots.ToDictionary(s => s.Key);
        var slots = new List<LockedSlot>();
        foreach (LockedSlot slot in newer.Slots)
        {
            // Applications may lie anywhere in their range: that of which an image is away just now stays theirs.
            slots.Add(slot.IsImageClass && old.TryGetValue(slot.Key, out LockedSlot? was) ? Join(was, slot) : slot);
            old.Remove(slot.Key);
        }

        return Of(slots.Concat(old.Values));
    }

    private static LockedSlot Join(LockedSlot before, LockedSlot after)
    {
        if (before.Region != after.Region || after.Address >= before.End || before.Address >= after.End) return after;
        ulong start = Math.Min(before.Address, after.Address);
        return after with { Address = start, Reserved = Math.Max(before.End, after.End) - start };
    }

    /// <summary>This lock without what some libraries have in it.</summary>
    public LockFile Without(ICollection<string> owners) => new(Slots.Where(s => !owners.Contains(s.Owner)).ToEquatableArray());
}
