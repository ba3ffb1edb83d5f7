using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Plans images of a fleet without the others: the lock has the place of every library, how far tables and applications reach, the order of the libraries and that of the jumps. What it does
/// not have is an error, and the fleet has to be planned as a whole.
/// </summary>
internal static class PartPlanner
{
    public static Result<LayoutPlan> Plan(BoundLayout layout, FactsFile facts, LockFile locked, IReadOnlyCollection<string> images, PlanProgress progress)
    {
        var bag = new DiagnosticBag();
        SourceLocation location = layout.Target.Location;
        if (Select(layout, images) is not { } part)
        {
            bag.ReportNotAlone(location, $"the layout does not have all of {string.Join(", ", images)}");
            return new Result<LayoutPlan>(null, bag.ToSortedArray());
        }

        if (locked.Ranks.Count == 0 && locked.Slots.Any(s => s.Owner.Length > 0)) bag.ReportNotAlone(location, "the lock does not have the order of the libraries");
        var used = new HashSet<string>(part.Images.SelectMany(i => i.Libraries));
        foreach (BoundLibrary library in layout.Libraries.Where(l => l.IsPerImage)) bag.ReportNotAlone(library.Location, $"what '{library.Name}' has in common in all images is known of all of them only");
        LockChecker.CheckOverlaps(part, locked, bag);
        if (bag.HasErrors) return new Result<LayoutPlan>(null, bag.ToSortedArray());

        // Rules that decide for nothing and patterns that match nothing may do so for the other images.
        Result<LayoutPlan> planned = LayoutPlanner.Plan(part, facts, new PlanLock(locked, IsPart: true), progress);
        bag.AddRange(planned.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        if (planned.Value is { } plan) Check(layout, plan with { Libraries = plan.Libraries.Where(l => used.Contains(l.Name)).ToEquatableArray() }, locked, bag);
        return new Result<LayoutPlan>(bag.HasErrors ? null : planned.Value, bag.ToSortedArray());
    }

    /// <summary>The layout with some of its images, or members of families; null when it has not all of them.</summary>
    public static BoundLayout? Select(BoundLayout layout, IReadOnlyCollection<string> names)
    {
        var open = new HashSet<string>(names, System.StringComparer.Ordinal);
        var selected = new List<BoundImage>();
        foreach (BoundImage image in layout.Images)
        {
            if (open.Remove(image.Name)) selected.Add(image);
            else if (image.Family is { } family) selected.AddRange(open.Where(n => IsMember(image.Name, family, n)).OrderBy(n => n.Length).ThenBy(n => n, System.StringComparer.Ordinal).ToArray().Select(Take));

            BoundImage Take(string name)
            {
                open.Remove(name);
                int number = int.Parse(name.Substring(image.Name.Length), CultureInfo.InvariantCulture);
                return image with { Family = new BoundFamily(number, number) };
            }
        }

        return open.Count > 0 ? null : layout with { Images = selected.ToEquatableArray() };
    }

    private static bool IsMember(string prefix, BoundFamily family, string name) =>
        name.StartsWith(prefix, System.StringComparison.Ordinal)
        && int.TryParse(name.Substring(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number >= family.First && number <= family.Last
        && name.Length == prefix.Length + number.ToString(CultureInfo.InvariantCulture).Length;

    /// <summary>Reports what the other images would have to follow, and libraries that are not what the fleet has.</summary>
    private static void Check(BoundLayout layout, LayoutPlan plan, LockFile locked, DiagnosticBag bag)
    {
        var locations = layout.Libraries.ToDictionary(l => l.Name, l => l.Location, System.StringComparer.Ordinal);
        foreach (LockChange change in LockDiff.Between(locked, LockFile.From(plan)).Where(c => c.Before is not null && c.After is not null))
        {
            SourceLocation location = locations.TryGetValue(change.Slot.Owner, out SourceLocation? known) ? known : layout.Target.Location;
            if (change.Kind == LockChangeKind.Moved || change.ChangesPlan) bag.ReportNotAlone(location, $"{change.Slot.DisplayName} does not fit into its place in the lock");
            else if (change.Kind == LockChangeKind.Updated) bag.ReportOtherContent(location, change.Slot.DisplayName);
        }
    }
}
