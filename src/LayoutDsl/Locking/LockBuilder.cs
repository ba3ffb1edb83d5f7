using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Locking;

/// <summary>Takes from a plan what a lock remembers of it.</summary>
internal static class LockBuilder
{
    public static LockFile Build(LayoutPlan plan) => LockFile.Of(OfLibraries(plan).Concat(OfImages(plan)), RanksOf(plan), PiecesOf(plan));

    private static IEnumerable<LockedRank> RanksOf(LayoutPlan plan) => plan.Libraries
        .Select((l, i) => new LockedRank(LockedOrder.Library, l.Name, (ulong)i))
        .Concat(plan.Indirections.Select((j, i) => new LockedRank(j.IsThumb ? LockedOrder.ThumbJump : LockedOrder.Jump, j.Symbol, (ulong)i)));

    private static IEnumerable<LockedPiece> PiecesOf(LayoutPlan plan) => plan.Libraries
        .SelectMany(l => l.Slots)
        .Where(s => s.Part.Length > 0)
        .SelectMany(s => s.Inputs.SelectMany(i => (i.Common ? i.Sections.Append("") : i.Sections).Select(n => new LockedPiece(s.Owner, i.Path, i.Member, n, s.Part))))
        .Distinct();

    private static IEnumerable<LockedSlot> OfLibraries(LayoutPlan plan) => plan.Libraries
        .SelectMany(l => l.Slots)
        .Where(s => s.Reserved > 0)
        .GroupBy(s => (s.Owner, s.Section, s.Part))
        .Select(g => new LockedSlot(g.Key.Owner, g.Key.Section, g.Key.Part, g.First().Region, g.First().Address, g.First().Reserved, StableHash.Of(g.Select(ContentOf))));

    /// <summary>A table is at one address in all images, and so is the start of each class of applications' sections.</summary>
    private static IEnumerable<LockedSlot> OfImages(LayoutPlan plan)
    {
        var slots = new Dictionary<string, LockedSlot>(StringComparer.Ordinal);
        foreach (SlotPlan slot in plan.Images.SelectMany(i => i.Slots).Where(s => s.Reserved > 0))
        {
            SectionPlan section = plan.GetSection(slot.Section);
            string name = section.IsTable ? section.Name : ImageClass.NameOf(section.Permissions, section.IsRelro, section.IsZero && section.Role != SectionRole.ThreadData);
            ulong start = slot.Address;
            ulong end = slot.End;
            if (slots.TryGetValue(name, out LockedSlot? known))
            {
                start = Math.Min(start, known.Address);
                end = Math.Max(end, known.End);
            }

            slots[name] = new LockedSlot("", name, "", slot.Region, start, end - start, "");
        }

        return slots.Values;
    }

    private static string ContentOf(SlotPlan slot) => StableHash.Of(slot.Inputs
        .SelectMany(i => new[] { i.Path, i.Member, string.Join(" ", i.Sections) })
        .Append(slot.Size.ToString(CultureInfo.InvariantCulture)));
}
