using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Planning;

/// <summary>What must hold for every plan, over a few hundred fleets.</summary>
public sealed class PlanInvariantTests
{
    private const int Fleets = 300;

    private static readonly System.Lazy<(RandomFleet, LayoutPlan)[]> Plans = new(() => Enumerable.Range(0, Fleets).Select(PlanFleet).ToArray());

    [Fact]
    public void Slots_OfAnImage_DoNotOverlap() => ForEachImage((plan, image) =>
    {
        SlotPlan? last = null;
        foreach (SlotPlan slot in plan.GetSlots(image).Where(s => s.Reserved > 0))
        {
            Assert.True(last is null || last.End <= slot.Address, $"{last} and {slot} overlap in {image.Name}");
            last = slot;
        }
    });

    [Fact]
    public void Slots_OfAnImage_AreAlignedAndInsideTheirRegion() => ForEachImage((plan, image) =>
    {
        foreach (SlotPlan slot in plan.GetSlots(image).Where(s => s.Reserved > 0))
        {
            RegionPlan region = plan.Regions.Single(r => r.Name == slot.Region);
            Assert.Equal(0UL, slot.Address % slot.Alignment);
            Assert.True(slot.Size <= slot.Reserved);
            Assert.True(slot.Address >= region.Origin && slot.End <= region.Origin + region.Length);
        }
    });

    [Fact]
    public void Addresses_OfAnyPlan_AreAtLeastWhatAnyPlanNeeds() => ForEachPlan((plan, _) =>
    {
        foreach (AddressNeed need in AddressNeed.Of(plan)) Assert.InRange(need.Needed, plan.Page, need.Taken);
    });

    [Fact]
    public void LibrarySlots_InAllImages_HaveOneAddress() => ForEachPlan((plan, _) =>
    {
        var addresses = new Dictionary<string, ulong>();
        foreach (ImagePlan image in plan.Images)
        {
            foreach (SlotPlan slot in plan.GetSlots(image).Where(s => s.Owner != image.Name))
            {
                Assert.Contains(slot.Owner, image.Libraries);
                if (!addresses.TryAdd(slot.OutputSection, slot.Address)) Assert.Equal(addresses[slot.OutputSection], slot.Address);
            }
        }
    });

    [Fact]
    public void Tables_InAllImages_HaveOneAddress() => ForEachPlan((plan, _) =>
    {
        foreach (SectionPlan table in plan.Sections.Where(s => s.IsTable && s.Role == SectionRole.Ordinary))
        {
            SlotPlan[] slots = plan.Images.Select(i => i.Slots.Single(s => s.Section == table.Name)).ToArray();
            Assert.Single(slots.Select(s => (s.Address, s.Reserved)).Distinct());
            if (table.IsPadded) Assert.All(slots, s => Assert.Equal(s.Reserved, s.Size));
        }
    });

    [Fact]
    public void Pages_OfAnImageThatNobodyWrites_HoldSlotsOfOneMembershipGroup() => ForEachImage((plan, image) =>
    {
        var membership = plan.Libraries.ToDictionary(l => l.Name, l => string.Join(",", plan.GetImages(l).Select(i => i.Name)));
        AssertOnePerPage(plan, image, slot => (plan.GetSection(slot.Section).Permissions & Permissions.Write) != 0 && membership.ContainsKey(slot.Owner) ? "written" : membership.GetValueOrDefault(slot.Owner, "own"));
    });

    [Fact]
    public void Pages_OfAnImage_HaveOneSetOfPermissions() =>
        ForEachImage((plan, image) => AssertOnePerPage(plan, image, slot => plan.GetSection(slot.Section).Permissions.ToLetters()));

    [Fact]
    public void Pages_OfAnImage_AreNeverBothInTheFileAndInAnotherSegment() => ForEachImage((plan, image) =>
    {
        var owners = new Dictionary<ulong, string>();
        foreach (SegmentPlan segment in SegmentPlan.Find(plan, image))
        {
            for (ulong page = segment.Address / plan.Page; page <= (segment.End - 1) / plan.Page; page++) Assert.True(owners.TryAdd(page, segment.Name), $"{owners.GetValueOrDefault(page)} and {segment.Name} share a page");
        }
    });

    [Fact]
    public void Segments_OfAnImage_CoverAllContentWithoutAFreePage() => ForEachImage((plan, image) =>
    {
        IReadOnlyList<SegmentPlan> segments = SegmentPlan.Find(plan, image);
        Assert.Equal(plan.GetSlots(image).Where(s => s.Size > 0), segments.SelectMany(s => s.Slots));
        foreach (SegmentPlan segment in segments)
        {
            Assert.All(segment.Slots, s => Assert.Equal(segment.Permissions, plan.GetSection(s.Section).Permissions));
            Assert.All(segment.Slots.Zip(segment.Slots.Skip(1)), pair => Assert.True(pair.Second.Address / plan.Page <= ((pair.First.Address + pair.First.Size - 1) / plan.Page) + 1));
            Assert.All(segment.Slots.Zip(segment.Slots.Skip(1)), pair => Assert.True(!plan.GetSection(pair.First.Section).IsZero || plan.GetSection(pair.Second.Section).IsZero));
        }
    });

    [Fact]
    public void Slots_OfALibrary_HaveRoomForAllItsSectionsAndHeadroom() => ForEachPlan((plan, facts) =>
    {
        foreach (LibraryPlan library in plan.Libraries)
        {
            ulong text = facts.Objects.Where(o => o.Path == library.Name + ".a").SelectMany(o => o.Sections).Where(s => s.Name.StartsWith(".text", System.StringComparison.Ordinal)).Aggregate(0UL, (sum, s) => sum + s.Size);
            SlotPlan slot = library.Slots.Single(s => s.Section == "text");
            Assert.InRange(slot.Size, text, text + (20 * 8192));
            Assert.True(slot.Reserved >= slot.Size);
        }
    });

    [Fact]
    public void Plan_DeclarationsReversed_IsEqual() => Property.Holds(RandomFleet.Any, Fleets / 3, fleet =>
    {
        LayoutPlan? forwards = Layouts.Plan(fleet.Text, fleet.Facts).Value;
        LayoutPlan? backwards = Layouts.Plan(string.Join("\n", fleet.Declarations.Reverse()), fleet.Facts).Value;
        Assert.Equal(forwards, backwards);
    });

    [Fact]
    public void Plan_SmallRegion_FitsOrSaysWhatDoesNot() => Property.Holds(RandomFleet.Any, Fleets, fleet =>
    {
        Result<LayoutPlan> plan = Layouts.Plan(fleet.Text.Replace("1TiB", "256KiB").Replace("2MiB + 512GiB", "1MiB + 128KiB").Replace("512GiB", "1MiB + 128KiB"), fleet.Facts);
        Assert.True(plan.Value is not null || plan.Diagnostics.Any(d => d.Id is "LAY2007" or "LAY2008"));
    });

    private static void AssertOnePerPage(LayoutPlan plan, ImagePlan image, System.Func<SlotPlan, string> key)
    {
        var pages = new Dictionary<ulong, string>();
        foreach (SlotPlan slot in plan.GetSlots(image).Where(s => s.Reserved > 0))
        {
            for (ulong page = slot.Address / plan.Page; page <= (slot.End - 1) / plan.Page; page++)
            {
                if (!pages.TryAdd(page, key(slot))) Assert.Equal(pages[page], key(slot));
            }
        }
    }

    private static void ForEachImage(System.Action<LayoutPlan, ImagePlan> check) => ForEachPlan((plan, _) =>
    {
        foreach (ImagePlan image in plan.Images) check(plan, image);
    });

    private static void ForEachPlan(System.Action<LayoutPlan, FactsFile> check)
    {
        foreach ((RandomFleet fleet, LayoutPlan plan) in Plans.Value)
        {
            System.Exception? failure = Record.Exception(() => check(plan, fleet.Facts));
            Assert.True(failure is null, $"{failure?.Message}\n\n{fleet}");
        }
    }

    private static (RandomFleet, LayoutPlan) PlanFleet(int seed)
    {
        RandomFleet fleet = Property.Pick(RandomFleet.Any, seed);
        Result<LayoutPlan> plan = Layouts.Plan(fleet.Text, fleet.Facts);
        Layouts.AssertNone(plan.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return (fleet, plan.Value!);
    }
}
