using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Locking;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

public sealed partial class DiagnosticBag
{
    /// <summary>A lock that cannot be read.</summary>
    public void ReportBadLock(SourceLocation location, string problem) =>
        Report(DiagnosticDescriptors.BadLock, location, $"the lock cannot be used: {problem}", "take the file from version control again, or remove the line: what it held gets a new place");

    /// <summary>A lock with the marks of a merge that is not finished.</summary>
    public void ReportLockConflict(SourceLocation location) =>
        Report(DiagnosticDescriptors.LockConflict, location, "the lock has a merge conflict", "remove the marker lines and keep the lines of both sides, then run 'layout lock'");

    /// <summary>Two lines for one slot.</summary>
    public void ReportLockedTwice(SourceLocation location, string slot, SourceLocation first) =>
        Report(DiagnosticDescriptors.LockedTwice, location, $"{slot} is locked twice, and not at the same place", "remove one of the lines: keep that of the images that run already", new RelatedLocation(first, "the first line"));

    /// <summary>Two libraries that an image would have at one address.</summary>
    /// <param name="location">The library to move.</param>
    /// <param name="move">Slot of the library to move.</param>
    /// <param name="keep">The slot that it overlaps.</param>
    /// <param name="image">An image that has both.</param>
    public void ReportLockOverlap(SourceLocation location, LockedSlot move, LockedSlot keep, string image) => Report(
        DiagnosticDescriptors.LockOverlap,
        location,
        System.FormattableString.Invariant($"{move.DisplayName} (0x{move.Address:x} to 0x{move.End:x}) and {keep.DisplayName} (0x{keep.Address:x} to 0x{keep.End:x}) overlap in the lock, and '{image}' has both"),
        $"run 'layout lock' with '--move {move.Owner}': it gets a new place, and nothing else moves");

    /// <summary>A slot that is not where it was.</summary>
    public void ReportSlotMoved(SourceLocation location, LockChange change)
    {
        LockedSlot before = change.Before!, after = change.After!;
        Report(
            DiagnosticDescriptors.SlotMoved,
            location,
            System.FormattableString.Invariant($"{after.DisplayName} {(change.HasOutgrown ? "has outgrown its slot and moves" : "moves")} from 0x{before.Address:x} ({before.Reserved} bytes) to 0x{after.Address:x} ({after.Reserved} bytes)"),
            change.HasOutgrown ? "images that are not relinked no longer share it; give it 'headroom' to make this rare" : "images that are not relinked no longer share it");
    }

    /// <summary>Two headroom rules for one selector.</summary>
    public void ReportDuplicateHeadroomRule(SourceLocation location, string selector, SourceLocation first) => Report(
        DiagnosticDescriptors.DuplicateHeadroomRule,
        location,
        $"the headroom of '{selector}' is given twice",
        "keep one of them; the 'headroom' property of a library is the rule for all its sections",
        new RelatedLocation(first, "the first one"));

    /// <summary>A headroom rule that decides for no slot.</summary>
    public void ReportUnusedHeadroomRule(SourceLocation location, string selector) =>
        Report(DiagnosticDescriptors.UnusedHeadroomRule, location, $"the headroom of '{selector}' decides for no slot", "more specific rules stand for all that it selects: remove it");

    /// <summary>Images that cannot be planned without the others.</summary>
    public void ReportNotAlone(SourceLocation location, string why) =>
        Report(DiagnosticDescriptors.NotAlone, location, $"the images cannot be planned without the rest of the fleet: {why}", "plan the whole fleet, and write its lock with 'layout lock'");

    /// <summary>A library that was another one when the lock was written.</summary>
    public void ReportOtherContent(SourceLocation location, string slot) =>
        Report(DiagnosticDescriptors.OtherContent, location, $"{slot} has other content than when the lock was written: images that are linked with that do not share its pages", "give the library as the fleet has it, or write the lock of the whole fleet anew");

    /// <summary>A lock that lacks something.</summary>
    public void ReportLockOutOfDate(SourceLocation location, IReadOnlyList<LockChange> changes, IReadOnlyList<string> missing)
    {
        const int Named = 3;
        string[] all = changes.Select(c => c.Slot.DisplayName).Concat(missing).ToArray();
        string names = string.Join(", ", all.Take(Named));
        string more = all.Length > Named ? System.FormattableString.Invariant($" and {all.Length - Named} more") : "";
        Report(DiagnosticDescriptors.LockOutOfDate, location, $"the lock is out of date: {names}{more}", $"run 'layout lock{(changes.Any(c => c.Kind == LockChangeKind.Moved) ? " --update" : "")}' (or build with LayoutUpdateLock=true) and commit the lock");
    }
}
