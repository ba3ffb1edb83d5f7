using LayoutDsl.Parsing;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

public sealed partial class DiagnosticBag
{
    /// <summary>A token that cannot stand where it stands.</summary>
    public void ReportUnexpectedToken(SourceLocation location, string found, string expected) =>
        Report(DiagnosticDescriptors.UnexpectedToken, location, $"found {found} where {expected} is expected");

    /// <summary>A token, mostly a semicolon, that is not there.</summary>
    public void ReportMissingToken(SourceLocation location, string expected) =>
        Report(DiagnosticDescriptors.MissingToken, location, $"{expected} is missing here");

    /// <summary>A first word that starts no declaration.</summary>
    public void ReportUnknownDeclaration(SourceLocation location, string word) =>
        Report(DiagnosticDescriptors.UnknownDeclaration, location, $"'{word}' does not start a declaration", Suggestions.DidYouMean(word, SyntaxFacts.DeclarationKeywords));

    /// <summary>A quote without its partner on the same line.</summary>
    public void ReportUnterminatedString(SourceLocation location) =>
        Report(DiagnosticDescriptors.UnterminatedString, location, "the quoted text does not end on its line", "add the closing '\"'");

    /// <summary>A backslash before something that needs none.</summary>
    public void ReportBadEscape(SourceLocation location) =>
        Report(DiagnosticDescriptors.BadEscape, location, "unknown escape in a quoted text", "only \\\" and \\\\ exist; separate folders with '/'");

    /// <summary>A number beyond 64 bits.</summary>
    public void ReportNumberTooLarge(SourceLocation location, string text) =>
        Report(DiagnosticDescriptors.NumberTooLarge, location, $"'{text}' does not fit in 64 bits", "the largest value is 0xFFFFFFFFFFFFFFFF");

    /// <summary>A unit that does not exist.</summary>
    public void ReportUnknownUnit(SourceLocation location, string unit) =>
        Report(DiagnosticDescriptors.UnknownUnit, location, $"'{unit}' is not a unit", "units are B, KiB (1024B), MiB, GiB and TiB");

    /// <summary>Brackets beyond the nesting limit.</summary>
    public void ReportNestingTooDeep(SourceLocation location, int limit) =>
        Report(DiagnosticDescriptors.NestingTooDeep, location, $"brackets nest deeper than {limit} levels", "name parts of the expression with 'const'");

    /// <summary>A file beyond the size limit.</summary>
    public void ReportFileTooLarge(SourceLocation location, int length, int limit) =>
        Report(DiagnosticDescriptors.FileTooLarge, location, $"the file has {length} characters, the limit is {limit}", "split it with 'include'");

    /// <summary>Bytes that are not text.</summary>
    public void ReportNotText(SourceLocation location) =>
        Report(DiagnosticDescriptors.NotText, location, "the file is not UTF-8 text", "is it the right file?");

    /// <summary>A comment up to the end of the file.</summary>
    public void ReportUnterminatedComment(SourceLocation location) =>
        Report(DiagnosticDescriptors.UnterminatedComment, location, "the comment does not end: everything behind it is skipped", "add the closing '*/'");

    /// <summary>So many mistakes that the rest of the file was not read.</summary>
    public void ReportTooManySyntaxErrors(SourceLocation location, int limit) =>
        Report(DiagnosticDescriptors.TooManySyntaxErrors, location, $"stopped after {limit} syntax errors; the rest of the file was not read");
}
