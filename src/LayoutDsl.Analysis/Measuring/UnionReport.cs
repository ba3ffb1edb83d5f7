using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>
/// Says where members that only other images need do something to an image: they lack a symbol there, define one that it has, or take the place of a definition. Each symbol is reported once, whatever
/// the number of images.
/// </summary>
internal sealed class UnionReport
{
    private readonly UnionResult union;
    private readonly HashSet<string> missing;
    private readonly MemberArchives archives;
    private readonly DiagnosticBag bag;
    private readonly HashSet<(string Id, string Symbol)> reported = new();

    private UnionReport(UnionResult union, IEnumerable<string> missing, MemberArchives archives, DiagnosticBag bag)
    {
        this.union = union;
        this.missing = new HashSet<string>(missing, StringComparer.Ordinal);
        this.archives = archives;
        this.bag = bag;
    }

    /// <summary>Reports everything that a fleet's union does to its images.</summary>
    /// <param name="union">The union.</param>
    /// <param name="missing">Symbols that images get as 0.</param>
    /// <param name="archives">Where the members come from.</param>
    /// <param name="bag">Takes the reports.</param>
    public static void Report(UnionResult union, IEnumerable<string> missing, MemberArchives archives, DiagnosticBag bag)
    {
        var report = new UnionReport(union, missing, archives, bag);
        foreach (UnionImage image in union.Images.Where(i => !i.IsUnharmed)) report.Report(image);
    }

    private void Report(UnionImage image)
    {
        foreach (UndefinedReference absent in image.Unsatisfied.Where(u => missing.Contains(u.Name) && reported.Add((AnalysisDescriptors.UnionUnsatisfied.Id, u.Name))))
        {
            bag.ReportUnionUnsatisfied(LocationOf(absent.Object.Object), image.Name, absent.Object.Object.Name, FindReason(image, absent.Object), absent.Name);
        }

        foreach (MultipleDefinition twice in image.Conflicts.Where(c => reported.Add((AnalysisDescriptors.UnionConflict.Id, c.Name))))
        {
            LinkedObject added = image.Own.Find(twice.Other.Object) is null ? twice.Other : twice.First;
            LinkedObject other = ReferenceEquals(added, twice.Other) ? twice.First : twice.Other;
            bag.ReportUnionConflict(LocationOf(added.Object), image.Name, added.Object.Name, FindReason(image, added), twice.Name, other.Object.Name);
        }

        // A weak reference that is undefined alone and defined with the others is what makes the images alike. Of weak definitions, such as inline functions of C++, any one will do.
        foreach (ChangedDefinition changed in image.Changed.Where(c => IsOther(c) && reported.Add((AnalysisDescriptors.UnionChanged.Id, c.Name))))
        {
            LinkedObject added = changed.Union.Object!;
            bag.ReportUnionChanged(LocationOf(added.Object), image.Name, changed.Name, changed.Own.Object!.Object.Name, added.Object.Name, FindReason(image, added));
        }
    }

    private static bool IsOther(ChangedDefinition changed) => changed.Own.Kind == DefinitionKind.Weak && changed.Union.Kind == DefinitionKind.Strong;

    /// <summary>An image that needs a member by itself; null when members that others need pull it.</summary>
    private string? FindReason(UnionImage image, LinkedObject member)
    {
        if (member.Object.Archive is not { } archive) return null;
        UnionMember? found = union.Archives.FirstOrDefault(a => ReferenceEquals(a.Archive, archive))?.Members.FirstOrDefault(m => m.Index == member.Object.MemberIndex);
        return found?.NeededBy.Select(i => union.Images[i].Name).FirstOrDefault(n => n != image.Name);
    }

    private SourceLocation LocationOf(LinkObject item) =>
        archives.Inputs.FirstOrDefault(i => i.Archives.Any(a => ReferenceEquals(a, item.Archive)))?.Location ?? archives.Inputs[0].Location;
}
