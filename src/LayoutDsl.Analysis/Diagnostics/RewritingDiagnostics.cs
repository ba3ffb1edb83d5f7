using System;
using LayoutDsl.Analysis.Rewriting;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Diagnostics;

/// <summary>One method for each kind of diagnostic about objects that are rewritten.</summary>
public static class RewritingDiagnostics
{
    /// <summary>An object with references that cannot be rewritten safely.</summary>
    /// <param name="bag">Takes the report.</param>
    /// <param name="location">The library in the layout.</param>
    /// <param name="library">Its name.</param>
    /// <param name="first">The first of the references.</param>
    /// <param name="others">How many others the object has for the same reason.</param>
    public static void ReportNotRewritable(this DiagnosticBag bag, SourceLocation location, string library, RewriteRefusal first, int others) => bag.Add(new Diagnostic(
        AnalysisDescriptors.NotRewritable,
        location,
        FormattableString.Invariant($"{first.Object} cannot be moved on its own: the reference to {first.Symbol} at 0x{first.Offset:x} of {first.Section} {first.Reason}{(others == 0 ? "" : $" (and {others} others)")}"),
        $"{first.Hint}, or write 'fixed {library};' in 'aslr'",
        default));

    /// <summary>More words than fit on the one page that the code of a library looks for them.</summary>
    public static void ReportTableOutOfReach(this DiagnosticBag bag, SourceLocation location, string library, int words, int limit) => bag.Add(new Diagnostic(
        AnalysisDescriptors.TableOutOfReach,
        location,
        FormattableString.Invariant($"'{library}' needs {words} words, and code for -fpic in it finds only the {limit} on the first page of its table"),
        "compile it with -fPIC, or make two libraries of it",
        default));

    /// <summary>Files that would be in two blocks.</summary>
    public static void ReportSharedInput(this DiagnosticBag bag, SourceLocation location, string pattern, string library, string other) => bag.Add(new Diagnostic(
        AnalysisDescriptors.SharedInput,
        location,
        $"\"{pattern}\" belongs to the library '{library}' and to {other}: a block has its objects for itself",
        "make a library of what they have in common",
        default));
}
