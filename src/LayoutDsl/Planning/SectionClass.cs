using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>
/// Sections that may lie on one page: those of one set of permissions, written ones apart from those that only look writable, zeroed ones apart from those with bytes in the file.
/// </summary>
internal sealed record SectionClass(Permissions Permissions, bool IsRelro, bool IsZero, IReadOnlyList<BoundSection> Sections)
{
    /// <summary>Whether programs write it, so that its pages are an instance's own.</summary>
    public bool IsWritten => (Permissions & Permissions.Write) != 0 && !IsRelro;

    /// <summary>Sorts sections into classes: code, read-only data, data that nobody writes, data, zeroed data; by name inside a class.</summary>
    public static IEnumerable<SectionClass> Order(IEnumerable<BoundSection> sections) => sections
        .GroupBy(s => (s.Permissions, s.IsRelro, IsZero: s.IsZero && s.Role != SectionRole.ThreadData))
        .OrderBy(g => Rank(g.Key.Permissions))
        .ThenBy(g => !g.Key.IsRelro)
        .ThenBy(g => g.Key.IsZero)
        .Select(g => new SectionClass(g.Key.Permissions, g.Key.IsRelro, g.Key.IsZero, g.OrderBy(ThreadRank).ThenBy(s => s.Name, StringComparer.Ordinal).ToArray()));

    /// <summary>Reports the sections that a region does not allow.</summary>
    public void CheckRegion(BoundRegion region, DiagnosticBag bag)
    {
        foreach (BoundSection section in Sections) CheckRegion(section, region, bag);
    }

    /// <summary>Reports a section that a region does not allow.</summary>
    public static void CheckRegion(BoundSection section, BoundRegion region, DiagnosticBag bag)
    {
        if (section.IsBuiltIn || (section.Permissions & ~region.Permissions) == 0) return;
        bag.ReportRegionPermissions(section.Location, section.Name, section.Permissions.ToLetters(), region.Name, region.Permissions.ToLetters());
    }

    /// <summary>Thread-local data lies together, that with bytes in the file first: one program header covers both (gABI, Thread-Local Storage).</summary>
    private static int ThreadRank(BoundSection section) => section.Role != SectionRole.ThreadData ? 0 : section.IsZero ? 2 : 1;

    private static int Rank(Permissions permissions) =>
        (permissions & Permissions.Execute) != 0 ? 0 : (permissions & Permissions.Write) != 0 ? 2 : 1;
}
