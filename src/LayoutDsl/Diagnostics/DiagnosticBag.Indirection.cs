using System;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

public sealed partial class DiagnosticBag
{
    /// <summary><c>auto</c> beside <c>none</c>.</summary>
    public void ReportIndirectionContradiction(SourceLocation location, SourceLocation first) =>
        Report(DiagnosticDescriptors.IndirectionContradiction, location, "indirection cannot be both 'auto' and 'none'", "keep one of them: 'auto' is what holds without either", new RelatedLocation(first, "the other one"));

    /// <summary>Data that a library refers to and that is another one, or at another place, in some images.</summary>
    /// <param name="location">The library.</param>
    /// <param name="library">Its name.</param>
    /// <param name="symbols">What it refers to.</param>
    /// <param name="pages">Pages that the fleet has more for it.</param>
    public void ReportUnstableData(SourceLocation location, string library, string symbols, long pages) => Report(
        DiagnosticDescriptors.UnstableData,
        location,
        $"'{library}' refers to data that differs between images: {symbols}{Cost(pages)}",
        "compile what defines it with -fdata-sections, which gives it one address in all images, or let the library get its address at start");

    /// <summary>References to a function in the object that defines it weakly.</summary>
    public void ReportUnreachableReference(SourceLocation location, string library, string symbols, long pages) => Report(
        DiagnosticDescriptors.UnreachableReference,
        location,
        $"objects of '{library}' refer to functions that they define themselves and that give way to others in some images: {symbols}{Cost(pages)}",
        "move the weak definition into an object of its own: the linker sends only undefined references to a jump");

    /// <summary>A function that a library asks for by a weak reference.</summary>
    public void ReportQuestionedFunction(SourceLocation location, string library, string symbols, string first, long pages) => Report(
        DiagnosticDescriptors.QuestionedFunction,
        location,
        $"'{library}' asks whether functions are there, and some images lack them: {symbols}{Cost(pages)}",
        $"define '{first}' in all images that have '{library}', or in none");

    /// <summary>A function that is Thumb code in some images and Arm code in others.</summary>
    public void ReportFunctionOfTwoStates(SourceLocation location, string library, string symbols, long pages) => Report(
        DiagnosticDescriptors.FunctionOfTwoStates,
        location,
        $"'{library}' calls functions that are Thumb code in some objects and Arm code in others: {symbols}{Cost(pages)}",
        "compile all their definitions with -mthumb, or all with -marm");

    private static string Cost(long pages) => FormattableString.Invariant($" (up to {pages} more {(pages == 1 ? "page" : "pages")} in the fleet)");
}
