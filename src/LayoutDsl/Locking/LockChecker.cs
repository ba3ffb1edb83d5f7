using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Locking;

/// <summary>Finds out whether a lock can be kept, and whether a plan kept it.</summary>
internal static class LockChecker
{
    /// <summary>Reports libraries of one image whose slots overlap, once for each two libraries: what two branches that each add a library may leave behind.</summary>
    public static void CheckOverlaps(BoundLayout layout, LockFile locked, DiagnosticBag bag)
    {
        var libraries = layout.Libraries.ToDictionary(l => l.Name, StringComparer.Ordinal);
        Dictionary<string, List<int>>? images = null;
        var reported = new HashSet<(string, string)>();
        foreach ((LockedSlot first, LockedSlot second) in FindOverlaps(locked.Slots.Where(s => s.Part.Length == 0 && libraries.ContainsKey(s.Owner))))
        {
            if (first.Owner == second.Owner || reported.Contains((first.Owner, second.Owner))) continue;
            images ??= FindImages(layout);
            if (FindCommon(images, first.Owner, second.Owner) is not { } image) continue;
            bool movesFirst = Weight(first) < Weight(second) || (Weight(first) == Weight(second) && string.CompareOrdinal(first.Owner, second.Owner) > 0);
            LockedSlot move = movesFirst ? first : second;
            bag.ReportLockOverlap(libraries[move.Owner].Location, move, movesFirst ? second : first, layout.Images[image].Name);
            reported.Add((first.Owner, second.Owner));
            reported.Add((second.Owner, first.Owner));
        }

        // What fewer images have costs less to move.
        int Weight(LockedSlot slot) => images![slot.Owner].Sum(i => layout.Images[i].Family?.Count ?? 1);
    }

    /// <summary>Reports the slots that moved, and a lock that does not describe the plan.</summary>
    public static EquatableArray<Diagnostic> Compare(BoundLayout layout, LayoutPlan plan, LockFile locked)
    {
        var bag = new DiagnosticBag();
        var locations = layout.Libraries.ToDictionary(l => l.Name, l => l.Location, StringComparer.Ordinal);
        LockFile now = LockFile.From(plan);
        LockChange[] changes = LockDiff.Between(locked, now).Where(c => c.ChangesPlan).ToArray();
        foreach (LockChange change in changes.Where(c => c.Kind == LockChangeKind.Moved))
        {
            bag.ReportSlotMoved(locations.TryGetValue(change.Slot.Owner, out SourceLocation? location) ? location : layout.Target.Location, change);
        }

        IReadOnlyList<string> missing = locked.FindMissing(now);
        if (changes.Length + missing.Count > 0) bag.ReportLockOutOfDate(layout.Target.Location, changes, missing);
        return bag.ToSortedArray();
    }

    /// <summary>The pairs that overlap, by a sweep over the addresses.</summary>
    private static IEnumerable<(LockedSlot First, LockedSlot Second)> FindOverlaps(IEnumerable<LockedSlot> slots)
    {
        var open = new List<LockedSlot>();
        foreach (LockedSlot slot in slots.Where(s => s.Reserved > 0).OrderBy(s => s.Region, StringComparer.Ordinal).ThenBy(s => s.Address))
        {
            open.RemoveAll(o => o.Region != slot.Region || o.End <= slot.Address);
            foreach (LockedSlot other in open) yield return (other, slot);
            open.Add(slot);
        }
    }

    /// <summary>The images that have each library, by their index, in order.</summary>
    private static Dictionary<string, List<int>> FindImages(BoundLayout layout)
    {
        var images = layout.Libraries.ToDictionary(l => l.Name, _ => new List<int>(), StringComparer.Ordinal);
        for (int i = 0; i < layout.Images.Count; i++)
        {
            foreach (string library in layout.Images[i].Libraries) images[library].Add(i);
        }

        return images;
    }

    private static int? FindCommon(Dictionary<string, List<int>> images, string first, string second)
    {
        List<int> left = images[first], right = images[second];
        for (int i = 0, j = 0; i < left.Count && j < right.Count;)
        {
            if (left[i] == right[j]) return left[i];
            if (left[i] < right[j]) i++;
            else j++;
        }

        return null;
    }
}
