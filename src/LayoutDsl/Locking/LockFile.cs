using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Locking;

/// <summary>What an earlier plan gave away: slots, in ordinal order of owner, section and part, and places in orders.</summary>
public sealed record LockFile(EquatableArray<LockedSlot> Slots)
{
    /// <summary>Without any slot.</summary>
    public static LockFile Empty { get; } = new(default(EquatableArray<LockedSlot>));

    /// <summary>Places in orders, in ordinal order of kind and name.</summary>
    public EquatableArray<LockedRank> Ranks { get; init; }

    /// <summary>Input sections of parts, in ordinal order of library, path, member and section.</summary>
    public EquatableArray<LockedPiece> Pieces { get; init; }

    /// <summary>The lock that holds a plan as it is.</summary>
    public static LockFile From(LayoutPlan plan) => LockBuilder.Build(plan);

    /// <summary>The lock of these slots, ranks and input sections, sorted.</summary>
    public static LockFile Of(IEnumerable<LockedSlot> slots, IEnumerable<LockedRank>? ranks = null, IEnumerable<LockedPiece>? pieces = null) => new(slots
        .OrderBy(s => s.Owner, StringComparer.Ordinal)
        .ThenBy(s => s.Section, StringComparer.Ordinal)
        .ThenBy(s => s.Part, StringComparer.Ordinal)
        .ToEquatableArray())
    {
        Ranks = (ranks ?? Enumerable.Empty<LockedRank>()).OrderBy(r => r.Kind).ThenBy(r => r.Name, StringComparer.Ordinal).ToEquatableArray(),
        Pieces = (pieces ?? Enumerable.Empty<LockedPiece>())
            .OrderBy(p => p.Owner, StringComparer.Ordinal)
            .ThenBy(p => p.Path, StringComparer.Ordinal)
            .ThenBy(p => p.Member, StringComparer.Ordinal)
            .ThenBy(p => p.Section, StringComparer.Ordinal)
            .ToEquatableArray(),
    };

    /// <summary>The names in an order, first ones first.</summary>
    public IEnumerable<string> GetOrder(params LockedOrder[] kinds) =>
        Ranks.Where(r => kinds.Contains(r.Kind)).OrderBy(r => r.Rank).ThenBy(r => r.Name, StringComparer.Ordinal).Select(r => r.Name);

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

        var known = new HashSet<(string, string, string, string)>(newer.Pieces.Select(p => p.Key));
        return Of(slots.Concat(old.Values), UpdateRanks(newer), newer.Pieces.Concat(Pieces.Where(p => !known.Contains(p.Key))));
    }

    /// <summary>What has a place keeps it, and what is new comes behind all of its kind.</summary>
    private IEnumerable<LockedRank> UpdateRanks(LockFile newer)
    {
        IEnumerable<LockedRank> added = FindUnranked(newer)
            .GroupBy(r => r.Kind == LockedOrder.Library)
            .SelectMany(g =>
            {
                ulong next = Ranks.Where(r => (r.Kind == LockedOrder.Library) == g.Key).Select(r => r.Rank + 1).DefaultIfEmpty(0UL).Max();
                return g.OrderBy(r => r.Rank).Select(r => r with { Rank = next++ });
            });
        return Ranks.Concat(added);
    }

    /// <summary>What has a place in an order of a newer lock and none in this one.</summary>
    private IReadOnlyList<LockedRank> FindUnranked(LockFile newer)
    {
        var known = new HashSet<(bool, string)>(Ranks.Select(KeyOf));
        return newer.Ranks.Where(r => !known.Contains(KeyOf(r))).ToArray();

        static (bool, string) KeyOf(LockedRank rank) => (rank.Kind == LockedOrder.Library, rank.Name);
    }

    /// <summary>What a newer lock says and this one does not, as messages name it: places in orders, and input sections of parts. A lock without any of a library is of an earlier version, and holds what it has.</summary>
    public IReadOnlyList<string> FindMissing(LockFile newer)
    {
        var known = new HashSet<LockedPiece>(Pieces);
        var owners = new HashSet<string>(Pieces.Select(p => p.Owner), StringComparer.Ordinal);
        return FindUnranked(newer)
            .Select(r => $"the place of '{r.Name}' in the order of {(r.Kind == LockedOrder.Library ? "libraries" : "jumps")}")
            .Concat(newer.Pieces.Where(p => owners.Contains(p.Owner) && !known.Contains(p)).Select(p => $"{p.Section} of {(p.Member.Length > 0 ? p.Member : LayoutPath.GetFileName(p.Path))} in '{p.Owner}'"))
            .ToArray();
    }

    private static LockedSlot Join(LockedSlot before, LockedSlot after)
    {
        if (before.Region != after.Region || after.Address >= before.End || before.Address >= after.End) return after;
        ulong start = Math.Min(before.Address, after.Address);
        return after with { Address = start, Reserved = Math.Max(before.End, after.End) - start };
    }

    /// <summary>This lock without what some libraries have in it.</summary>
    public LockFile Without(ICollection<string> owners) => this with
    {
        Slots = Slots.Where(s => !owners.Contains(s.Owner)).ToEquatableArray(),
        Pieces = Pieces.Where(p => !owners.Contains(p.Owner)).ToEquatableArray(),
    };
}
