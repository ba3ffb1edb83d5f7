using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Locking;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Locking;

/// <summary>What a lock promises, over generated fleets: what it has stays, whatever comes or goes.</summary>
public sealed class LockedPlanTests
{
    private const int Fleets = 150;

    [Fact]
    public void Plan_WithItsOwnLock_IsTheSamePlan() => ForEachFleet((fleet, plan) =>
    {
        LayoutPlan again = Plan(fleet, LockFile.From(plan));
        Assert.Equal(Places(plan), Places(again));
        Assert.DoesNotContain(LockDiff.Between(LockFile.From(plan), LockFile.From(again)), c => c.ChangesPlan);
    });

    [Fact]
    public void Plan_DeclarationsInAnotherOrder_IsTheSame() => ForEachFleet((fleet, plan) =>
    {
        LayoutPlan other = Plan(fleet with { Declarations = [.. fleet.Declarations.Reverse()] }, null);
        Assert.Equal(plan, other);
    });

    [Fact]
    public void Image_RemovedAndAddedAgain_MovesNothing() => ForEachFleet((fleet, plan) =>
    {
        foreach (string image in fleet.Declarations.Where(d => d.StartsWith("image ", StringComparison.Ordinal)).Take(2))
        {
            RandomFleet without = Without(fleet, image);
            LockFile locked = LockFile.From(plan);
            if (TryPlan(without, locked) is not { } smaller) continue;
            AssertKept(locked, LockFile.From(smaller));

            // The order of libraries follows how many images they have, and the padding in a table follows that order: it may have outgrown its slot.
            if (LockDiff.Between(locked, LockFile.From(smaller)).Any(IsLargerTable)) continue;
            LayoutPlan again = Plan(fleet, locked.Update(LockFile.From(smaller)));
            Assert.Equal(Places(plan), Places(again));
        }
    });

    [Fact]
    public void Image_PlannedAlone_IsAsInTheWholeFleet()
    {
        int alone = 0, refused = 0;
        ForEachFleet((fleet, _) =>
        {
            foreach (string image in fleet.Declarations.Where(d => d.StartsWith("image ", StringComparison.Ordinal)).Take(2))
            {
                string name = image.Split(' ')[1].Split('[')[0];
                if (TryPlan(Without(fleet, image), null) is not { } smaller || Layouts.Bind(fleet.Text).Value is not { } layout) continue;
                LockFile locked = LockFile.From(smaller);
                Diagnostics.Result<LayoutPlan> result = LayoutCompiler.PlanImages(layout, fleet.Facts, locked, [name]);
                if (result.Value is not { } part)
                {
                    // Refused only when the others would have to follow.
                    refused++;
                    Assert.All(result.Diagnostics, d => Assert.Equal("LAY2070", d.Id));
                    Assert.Contains(LockDiff.Between(locked, LockFile.From(Plan(fleet, locked))), c => c.ChangesPlan && c.Kind != LockChangeKind.New);
                    continue;
                }

                alone++;
                LockFile updated = locked.Update(LockFile.From(part));
                LayoutPlan whole = Plan(fleet, updated);
                Assert.DoesNotContain(LockDiff.Between(updated, LockFile.From(whole)), c => c.ChangesPlan);
                foreach (ImagePlan planned in part.Images) AssertSame(part, planned, whole);
                foreach (ImagePlan other in smaller.Images) AssertSame(smaller, other, whole);

                // Where nothing is new but the image, it has those places at once.
                if (part.Libraries.All(l => smaller.Libraries.Any(s => s.Name == l.Name))) Assert.Equal(Places(whole), Places(Plan(fleet, locked)));
            }
        });
        Assert.True(alone > 100 && refused > 0, $"{alone} planned alone, {refused} refused");
    }

    [Fact]
    public void Library_Added_MovesNothingElse() => ForEachFleet((fleet, plan) =>
    {
        foreach (string library in fleet.Declarations.Where(d => d.StartsWith("library ", StringComparison.Ordinal)).Take(2))
        {
            if (TryPlan(Without(fleet, library), null) is not { } smaller) continue;
            LockFile locked = LockFile.From(smaller);
            if (TryPlan(fleet, locked) is not { } grown) continue;
            AssertKept(locked, LockFile.From(grown));
            AssertNoOverlaps(grown);
        }
    });

    [Fact]
    public void Library_OutgrowsItsSlot_MovesAlone() => ForEachFleet((fleet, plan) =>
    {
        if (!fleet.Facts.Objects.Any(o => o.Path == "l0.a") || plan.Libraries.All(l => l.Name != "l0")) return;
        LockFile locked = LockFile.From(plan);
        if (TryPlan(Grow(fleet, "l0.a"), locked) is not { } grown) return;
        AssertNoOverlaps(grown);
        LockChange[] changes = LockDiff.Between(locked, LockFile.From(grown)).Where(c => c.ChangesPlan).ToArray();
        Assert.All(changes, c => Assert.Equal(("l0", "text"), (c.Slot.Owner, c.Slot.Section)));
    });

    [Fact]
    public void Costs_OfAnyPlan_AreConsistent() => ForEachFleet((_, plan) =>
    {
        var costs = PlanCosts.Of(plan);
        Assert.Equal(plan.Images.Aggregate(0UL, (sum, i) => sum + i.Instances), costs.Instances);
        Assert.Equal(costs, PlanCosts.Of(plan));
        ulong once = (ulong)plan.Libraries.SelectMany(l => l.Slots).Where(s => s.Size > 0 && !plan.GetSection(s.Section).Permissions.HasFlag(Model.Permissions.Write))
            .SelectMany(s => Enumerable.Range(0, (int)(((s.Address + s.Size - 1) / plan.Page) - (s.Address / plan.Page)) + 1).Select(i => (s.Address / plan.Page) + (ulong)i)).Distinct().LongCount();

        // Pages of libraries are never mixed with others of other images, so each address is one page.
        Assert.Equal(once, costs.Shared);
    });

    /// <summary>All slots are where they were. A table has something of every library, so it may outgrow its slot.</summary>
    private static void AssertKept(LockFile before, LockFile after) =>
        Assert.DoesNotContain(LockDiff.Between(before, after), c => c.ChangesPlan && c.Kind != LockChangeKind.New && !IsLargerTable(c));

    /// <summary>A table needs more when a library brings entries, and grows where it is or moves alone.</summary>
    private static bool IsLargerTable(LockChange change) => change.Slot.Owner.Length == 0 && (change.HasOutgrown || change.Kind == LockChangeKind.Grown);

    private static void AssertNoOverlaps(LayoutPlan plan)
    {
        foreach (ImagePlan image in plan.Images)
        {
            SlotPlan[] slots = plan.GetSlots(image).Where(s => s.Reserved > 0).ToArray();
            Assert.All(slots.Zip(slots.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Address, $"{pair.First} and {pair.Second} overlap in {image.Name}"));
            Assert.All(slots, s => Assert.Equal(0UL, s.Address % s.Alignment));
        }
    }

    /// <summary>An image is linked from the same files in the same order to the same slots.</summary>
    private static void AssertSame(LayoutPlan expected, ImagePlan image, LayoutPlan actual)
    {
        ImagePlan found = actual.GetImage(image.Name);
        Assert.Equal(expected.GetFiles(image), actual.GetFiles(found));
        Assert.Equal(Slots(expected, image), Slots(actual, found));

        // The alignment of a table is the largest of all images, which its address has anyway.
        static IEnumerable<string> Slots(LayoutPlan plan, ImagePlan image) => plan.GetSlots(image).Where(s => s.Size > 0).Select(s =>
            $"{s.OutputSection} 0x{s.Address:x} {s.Size} {s.Reserved} {(plan.GetSection(s.Section).IsTable ? 1 : s.Alignment)} {s.IsNote} {string.Join(" ", s.Inputs.Select(i => $"{i.Path}({i.Member}:{string.Join(" ", i.Sections)}{i.Offset})"))}");
    }

    private static IEnumerable<(string Image, string Section, ulong Address, ulong Reserved)> Places(LayoutPlan plan) =>
        plan.Images.SelectMany(i => plan.GetSlots(i).Where(s => s.Reserved > 0).Select(s => (i.Name, s.OutputSection, s.Address, s.Reserved)));

    private static RandomFleet Grow(RandomFleet fleet, string path)
    {
        bool grown = false;
        return fleet with
        {
            Facts = fleet.Facts with
            {
                Objects = new([.. fleet.Facts.Objects.Select(o =>
                {
                    if (grown || o.Path != path) return o;
                    grown = true;
                    return o with { Sections = new([.. o.Sections, Measured.Code(50_000)]) };
                })]),
            },
        };
    }

    private static RandomFleet Without(RandomFleet fleet, string declaration)
    {
        string name = declaration.Split(' ')[1].Split('[')[0];
        return fleet with
        {
            Declarations = [.. fleet.Declarations
                .Where(d => d != declaration && !d.StartsWith($"align {{ {name}.", StringComparison.Ordinal))
                .Select(d => d.StartsWith("image ", StringComparison.Ordinal) ? WithoutUse(d, name) : d)],
        };
    }

    private static string WithoutUse(string image, string library)
    {
        int start = image.IndexOf("uses ", StringComparison.Ordinal);
        if (start < 0) return image;
        int end = image.IndexOf(';', start);
        string[] left = image[(start + 5)..end].Split(", ").Where(l => l != library).ToArray();
        return image[..start] + (left.Length == 0 ? "" : $"uses {string.Join(", ", left)};") + image[(end + 1)..];
    }

    private static LayoutPlan Plan(RandomFleet fleet, LockFile? locked) => TryPlan(fleet, locked) ?? throw new InvalidOperationException("the fleet has no plan");

    private static LayoutPlan? TryPlan(RandomFleet fleet, LockFile? locked)
    {
        Model.BoundLayout? layout = Layouts.Bind(fleet.Text).Value;
        return layout is null ? null : LayoutCompiler.Plan(layout, fleet.Facts, locked).Value;
    }

    private static void ForEachFleet(Action<RandomFleet, LayoutPlan> check) => Property.Holds(RandomFleet.Any, Fleets, fleet =>
    {
        if (TryPlan(fleet, null) is { } plan) check(fleet, plan);
    });
}
