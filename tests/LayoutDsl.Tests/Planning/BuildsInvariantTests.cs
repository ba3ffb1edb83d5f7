using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using LayoutDsl.Locking;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Planning;

/// <summary>What must hold for every plan of libraries that are built for each image.</summary>
public sealed class BuildsInvariantTests
{
    private const int Fleets = 60;

    [Fact]
    public void Slots_OfAnImage_AreAlignedAndDoNotOverlap() => ForEach((_, plan) => AssertSound(plan));

    [Fact]
    public void Parts_InAllImagesThatHaveThem_HaveOneAddress() => ForEach((_, plan) =>
    {
        var addresses = new Dictionary<string, ulong>();
        foreach (SlotPlan slot in plan.Images.SelectMany(plan.GetSlots).Where(s => s.Owner[0] == 'l' && s.Size > 0))
        {
            if (!addresses.TryAdd(slot.OutputSection, slot.Address)) Assert.Equal(addresses[slot.OutputSection], slot.Address);
        }
    });

    [Fact]
    public void Objects_OfAnImage_AreAllInItsSlotsOnce() => ForEach((fleet, plan) =>
    {
        foreach (ImagePlan image in plan.Images)
        {
            string[] expected = [.. fleet.Facts.Objects.Where(o => o.Path == image.Name + ".o" || o.Path.StartsWith(image.Name + "/", System.StringComparison.Ordinal)).SelectMany(o => o.Sections.Select(s => o.Path + s.Name)).Order()];
            Assert.Equal(expected, plan.GetSlots(image).SelectMany(s => s.Inputs).SelectMany(i => i.Sections.Select(s => i.Path + s)).Order());
        }
    });

    [Fact]
    public void Plan_DeclarationsReversed_IsEqual() => ForEach((fleet, plan) => Assert.Equal(plan, Plan(fleet with { Declarations = [.. fleet.Declarations.Reverse()] })));

    [Fact]
    public void Plan_WithItsOwnLock_IsTheSamePlan() => ForEach((fleet, plan) =>
    {
        LayoutPlan again = Plan(fleet, LockFile.From(plan))!;
        Assert.Equal(Places(plan), Places(again));
        Assert.DoesNotContain(LockDiff.Between(LockFile.From(plan), LockFile.From(again)), c => c.ChangesPlan);
    });

    [Fact]
    public void Image_RemovedAndAddedAgain_IsTheSamePlan() => ForEach((fleet, plan) =>
    {
        var locked = LockFile.From(plan);
        if (Plan(fleet.WithoutLastImage(), locked) is not { } smaller) return;
        AssertSound(smaller);
        Assert.DoesNotContain(LockDiff.Between(locked, LockFile.From(smaller)), c => c.ChangesPlan);
        LayoutPlan again = Plan(fleet, locked.Update(LockFile.From(smaller)))!;
        Assert.Equal(Places(plan), Places(again));
        Assert.Equal(locked, locked.Update(LockFile.From(again)));
    });

    [Fact]
    public void Plan_InASmallRegion_OverlapsSoundlyOrSaysWhatDoesNotFit()
    {
        int overlaps = 0;
        ForEach((fleet, plan) =>
        {
            ulong needed = plan.Images.SelectMany(plan.GetSlots).Max(s => s.End) - plan.Regions[0].Origin;
            Diagnostics.Result<LayoutPlan> small = Layouts.Plan(fleet.In(needed - plan.Page).Text, fleet.Facts);
            if (small.Value is null)
            {
                // What does not fit is named, and with it an image or what is in it.
                Diagnostics.Diagnostic[] reports = [.. small.Diagnostics.Where(d => d.Id is "LAY2007" or "LAY2008")];
                Assert.NotEmpty(reports);
                string[] names = [.. plan.Libraries.Select(l => l.Name).Concat(plan.Images.Select(i => i.Name)).Concat(plan.Sections.Select(t => t.Name))];
                Assert.All(reports, r => Assert.Contains(names, n => r.Message.Contains($"'{n}'", System.StringComparison.Ordinal)));
            }
            else
            {
                overlaps++;
                AssertSound(small.Value);
                Diagnostics.Diagnostic overlap = Assert.Single(small.Diagnostics, d => d.Id == "LAY2060");

                // What the largest image needs alone is at most what the plan takes, and never more than there is.
                Match sizes = Regex.Match(overlap.Message, @"the plan takes (\d+) KiB; '.* needs? at least (\d+) KiB");
                Assert.True(sizes.Success, overlap.Message);
                Assert.InRange(int.Parse(sizes.Groups[2].Value, CultureInfo.InvariantCulture), 1, int.Parse(sizes.Groups[1].Value, CultureInfo.InvariantCulture));
            }
        });
        Assert.True(overlaps > 0, "no fleet fits with an overlap");
    }

    [Fact]
    public void Costs_OfAnyPlan_AreAtLeastTheDifferentContent() => ForEach((fleet, plan) =>
    {
        // All different read-only content of libraries, without any gap: no plan needs fewer pages.
        ulong bytes = fleet.Facts.Objects.Where(o => o.Path.Contains('/', System.StringComparison.Ordinal)).DistinctBy(o => o.ContentId).SelectMany(o => o.Sections)
            .Where(s => (s.Flags & 1) == 0).Aggregate(0UL, (sum, s) => sum + s.Size);
        Assert.True(PlanCosts.Of(plan).Shared * plan.Page >= bytes);
    });

    private static void AssertSound(LayoutPlan plan)
    {
        foreach (ImagePlan image in plan.Images)
        {
            SlotPlan? last = null;
            foreach (SlotPlan slot in plan.GetSlots(image).Where(s => s.Reserved > 0))
            {
                Assert.Equal(0UL, slot.Address % slot.Alignment);
                Assert.True(last is null || last.End <= slot.Address, $"{last} and {slot} overlap in {image.Name}");
                last = slot;
            }
        }
    }

    private static IEnumerable<(string Image, string Section, string Part, ulong Address, ulong Reserved)> Places(LayoutPlan plan) =>
        plan.Images.SelectMany(i => plan.GetSlots(i).Where(s => s.Reserved > 0).Select(s => (i.Name, s.Section + s.Owner, s.Part, s.Address, s.Reserved)));

    private static LayoutPlan? Plan(BuildsFleet fleet, LockFile? locked = null)
    {
        Model.BoundLayout? layout = Layouts.Bind(fleet.Text).Value;
        return layout is null ? null : LayoutCompiler.Plan(layout, fleet.Facts, locked).Value;
    }

    private static void ForEach(System.Action<BuildsFleet, LayoutPlan> check) => Property.Holds(BuildsFleet.Any, Fleets, fleet => check(fleet, Plan(fleet)!));
}
