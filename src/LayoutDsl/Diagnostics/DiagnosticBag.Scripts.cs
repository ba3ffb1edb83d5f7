using System.Collections.Generic;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

public sealed partial class DiagnosticBag
{
    /// <summary>A text that is no linker script.</summary>
    public void ReportNotAScript(SourceLocation location, string found, string expected) =>
        Report(DiagnosticDescriptors.NotAScript, location, $"found {found} where GNU ld expects {expected}");

    /// <summary>A script beyond the limits of the importer.</summary>
    public void ReportScriptTooLarge(SourceLocation location, string problem, string hint) =>
        Report(DiagnosticDescriptors.ScriptTooLarge, location, problem, hint);

    /// <summary>Something that GNU ld accepts and that has no form in a layout.</summary>
    public void ReportNotCarriedOver(SourceLocation location, string what, string hint) =>
        Report(DiagnosticDescriptors.NotCarriedOver, location, $"{what} is not carried over", hint);

    /// <summary>A statement where its kind cannot stand.</summary>
    public void ReportMisplacedStatement(SourceLocation location, string what, string place, string hint) =>
        Report(DiagnosticDescriptors.MisplacedStatement, location, $"{what} cannot stand in {place}", hint);

    /// <summary>A word of a head that is given twice, or does not belong to it.</summary>
    public void ReportBadClause(SourceLocation location, string problem, string hint) =>
        Report(DiagnosticDescriptors.BadClause, location, problem, hint);

    /// <summary>A command or function with other arguments than it has.</summary>
    public void ReportBadScriptArguments(SourceLocation location, string problem, string hint) =>
        Report(DiagnosticDescriptors.BadScriptArguments, location, problem, hint);

    /// <summary>A function that scripts do not have.</summary>
    public void ReportUnknownScriptFunction(SourceLocation location, string name, IReadOnlyCollection<string> known) =>
        Report(DiagnosticDescriptors.BadScriptArguments, location, $"scripts have no function '{name}'", Suggestions.DidYouMean(name, known));

    /// <summary>Something that the chosen linker does not know.</summary>
    public void ReportUnsupportedByLinker(SourceLocation location, string linker, string keyword) =>
        Report(DiagnosticDescriptors.UnsupportedByLinker, location, $"{linker} has no {keyword}", "link with GNU ld, or leave it out");

    /// <summary>A plan that is larger than the literals of a C# before version 11 can be.</summary>
    public void ReportLanguageTooOld(SourceLocation location, int images, int version) => Report(
        DiagnosticDescriptors.LanguageTooOld,
        location,
        System.FormattableString.Invariant($"the plan of {images} images is too large for the literals of C# {version}"),
        "set <LangVersion> of the project to 11 or later");

    /// <summary>An overlay that its script has no place for.</summary>
    public void ReportOverlayMismatch(SourceLocation location, string problem, string hint) =>
        Report(DiagnosticDescriptors.OverlayMismatch, location, problem, hint);

    /// <summary>A text that GNU ld could read as something else.</summary>
    public void ReportUnwritableText(SourceLocation location, string text) =>
        Report(DiagnosticDescriptors.UnwritableScriptText, location, $"\"{text}\" cannot be written in a linker script", "leave out quotes and control characters; GNU ld has no escape for them");
}
