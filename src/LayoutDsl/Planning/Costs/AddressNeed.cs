using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Costs;

/// <summary>
/// How much of a region a plan takes, and how much any plan takes at least: whole pages for each set of permissions, of the image that has most, or of libraries of which any two are in some image together. Such libraries
/// have addresses of their own in every plan, even when no image has all of them.
/// </summary>
/// <param name="Region">The region.</param>
/// <param name="Taken">Bytes from the first slot to the end of the last, in whole pages.</param>
/// <param name="Needed">Bytes that any plan takes at least.</param>
/// <param name="Image">The image that needs so much; empty when it is libraries that meet.</param>
/// <param name="Libraries">The libraries that meet, largest first; empty when it is one image.</param>
public sealed record AddressNeed(string Region, ulong Taken, ulong Needed, string Image, EquatableArray<string> Libraries)
{
    private const int NamedLibraries = 3;

    /// <summary>Who needs it, as text.</summary>
    public string Who => Image.Length > 0
        ? $"'{Image}' alone needs"
        : string.Join(", ", Libraries.Take(NamedLibraries).Select(l => $"'{l}'")) + (Libraries.Count > NamedLibraries ? FormattableString.Invariant($" and {Libraries.Count - NamedLibraries} more") : "") + ", of which any two are in an image together, need";

    /// <summary>The needs of the regions that have libraries, in the order of the plan; none where images have addresses of their own, which are spread over all of their region.</summary>
    public static IReadOnlyList<AddressNeed> Of(LayoutPlan plan)
    {
        if (plan.Aslr is not null) return Array.Empty<AddressNeed>();
        var members = plan.Libraries.ToDictionary(l => l.Name, _ => new List<int>(), StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < plan.Images.Count; i++)
        {
            numbers.Add(plan.Images[i].Name, i);
            foreach (string library in plan.Images[i].Libraries) members[library].Add(i);
        }

        var needs = new List<AddressNeed>();
        foreach (RegionPlan region in plan.Regions)
        {
            LibraryRange[] parts = plan.Libraries
                .SelectMany(l => l.Slots.Where(s => IsIn(plan, s, region.Name)).GroupBy(s => s.Part, StringComparer.Ordinal))
                .Select(g => MakeRange(g.ToArray()))
                .Where(p => p.Images.Count > 0)
                .OrderByDescending(p => p.Bytes)
                .ThenBy(p => p.Library, StringComparer.Ordinal)
                .ToArray();
            if (parts.Length > 0) needs.Add(Measure(plan, region.Name, parts));
        }

        return needs;

        LibraryRange MakeRange(SlotPlan[] slots) => new(
            slots[0].Owner,
            slots.Any(s => s.Images.Count == 0) ? members[slots[0].Owner] : slots.SelectMany(s => s.Images).Distinct(StringComparer.Ordinal).Select(n => numbers[n]).OrderBy(n => n).ToArray(),
            slots.GroupBy(s => s.Section, StringComparer.Ordinal).Select(g => g.OrderByDescending(s => s.Size).First()).ToArray());
    }

    private static AddressNeed Measure(LayoutPlan plan, string region, IReadOnlyList<LibraryRange> parts)
    {
        (ulong start, ulong end, ulong most, int largest) = (ulong.MaxValue, 0, 0, 0);
        for (int i = 0; i < plan.Images.Count; i++)
        {
            SlotPlan[] slots = plan.GetSlots(plan.Images[i]).Where(s => IsIn(plan, s, region)).ToArray();
            ulong bytes = PagesOf(plan, slots);
            if (bytes > most) (most, largest) = (bytes, i);
            foreach (SlotPlan slot in slots)
            {
                start = Math.Min(start, Alignment.AlignDown(slot.Address, plan.Page));
                end = Math.Max(end, Alignment.AlignUp(slot.Address + slot.Size, plan.Page));
            }
        }

        // Either the largest libraries first, or what meets all that the largest image has.
        ISet<string> ofLargest = new HashSet<string>(plan.Images[largest].Libraries, StringComparer.Ordinal);
        var meeting = new[] { FindMeeting(parts), FindMeeting(parts.OrderByDescending(p => ofLargest.Contains(p.Library))) }
            .Select(m => (Parts: m, Bytes: PagesOf(plan, m.SelectMany(p => p.Slots))))
            .OrderByDescending(m => m.Bytes)
            .First();
        return meeting.Bytes > most
            ? new AddressNeed(region, end - start, meeting.Bytes, "", meeting.Parts.Select(p => p.Library).Distinct(StringComparer.Ordinal).ToEquatableArray())
            : new AddressNeed(region, end - start, most, plan.Images[largest].Name, default);
    }

    private static List<LibraryRange> FindMeeting(IEnumerable<LibraryRange> parts)
    {
        var found = new List<LibraryRange>();
        foreach (LibraryRange part in parts)
        {
            if (found.All(part.Meets)) found.Add(part);
        }

        return found;
    }

    private static ulong PagesOf(LayoutPlan plan, IEnumerable<SlotPlan> slots) => slots
        .GroupBy(s => (plan.GetSection(s.Section).Permissions, plan.GetSection(s.Section).IsRelro))
        .Aggregate(0UL, (sum, g) => sum + Alignment.AlignUp(g.Aggregate(0UL, (bytes, s) => bytes + s.Size), plan.Page));

    private static bool IsIn(LayoutPlan plan, SlotPlan slot, string region)
    {
        SectionPlan section = plan.GetSection(slot.Section);

        // Zeroed thread-local data is in each thread's block only.
        return slot.Region == region && slot.Size > 0 && section.IsLoaded && !(section.IsZero && section.Role == SectionRole.ThreadData);
    }

    /// <summary>What a library has in all images that have it, or a part of it.</summary>
    private sealed record LibraryRange(string Library, IReadOnlyList<int> Images, IReadOnlyList<SlotPlan> Slots)
    {
        public ulong Bytes { get; } = Slots.Aggregate(0UL, (sum, s) => sum + s.Size);

        public bool Meets(LibraryRange other)
        {
            for (int i = 0, j = 0; i < Images.Count && j < other.Images.Count;)
            {
                if (Images[i] == other.Images[j]) return true;
                if (Images[i] < other.Images[j]) i++;
                else j++;
            }

            return false;
        }
    }
}
