using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Sprache;

namespace LayoutDsl.Parsing;

/// <summary>Turns the text of a file into its declarations. Never throws for any text; every mistake is a diagnostic.</summary>
public static class LayoutParser
{
    private const int LongestQuotation = 60;

    /// <summary>Parses a file.</summary>
    public static FileSyntax ParseFile(SourceText text)
    {
        var declarations = new List<PlacedDeclaration>();
        var bag = new DiagnosticBag();
        if (!CheckText(text, bag)) return new FileSyntax(text, default, bag.ToSortedArray());
        var broken = new List<string>();
        bool inBrokenBlock = false;
        foreach (DeclarationSlice slice in DeclarationScanner.Scan(text.Content))
        {
            // Without its opening brace, the statements of a block look like declarations of their own; 'headroom' is both.
            string word = FirstWord(text.Content, slice);
            inBrokenBlock &= LayoutGrammar.Find(word) is null || (word == "headroom" && text.Content[slice.End - 1] == ';');
            if (inBrokenBlock)
            {
                inBrokenBlock = text.Content[slice.Start] != '}';
                continue;
            }

            DeclarationSyntax? declaration = ParseSlice(text, slice, bag, out bool lacksBlock);
            inBrokenBlock = lacksBlock;
            if (declaration is not null) declarations.Add(new PlacedDeclaration(slice.Start, slice.Documentation, declaration));
            else if (FirstWord(text.Content, slice, skip: word.Length) is { Length: > 0 } name) broken.Add(name);
            if (bag.Count < SyntaxFacts.MaximumSyntaxErrors) continue;
            bag.ReportTooManySyntaxErrors(text.GetLocation(new TextSpan(slice.End, 0)), SyntaxFacts.MaximumSyntaxErrors);
            break;
        }

        return new FileSyntax(text, declarations.ToEquatableArray(), bag.ToSortedArray()) { BrokenNames = broken.ToEquatableArray() };
    }

    /// <summary>The name at the start of a slice, or behind its first <paramref name="skip"/> characters; empty when there is none.</summary>
    private static string FirstWord(string text, DeclarationSlice slice, int skip = 0)
    {
        IResult<NameSyntax> name = Lexemes.Name(new SliceInput(text, slice.Start + skip, slice.End));
        return name.WasSuccessful ? name.Value.Text : "";
    }

    private static bool CheckText(SourceText text, DiagnosticBag bag)
    {
        if (text.Content.Length > SyntaxFacts.MaximumFileLength)
        {
            bag.ReportFileTooLarge(SourceLocation.OfFile(text.Path), text.Content.Length, SyntaxFacts.MaximumFileLength);
            return false;
        }

        int bad = text.Content.IndexOfAny(new[] { '\0', '\uFFFD' });
        if (bad < 0) return true;
        bag.ReportNotText(text.GetLocation(new TextSpan(bad, 1)));
        return false;
    }

    private static DeclarationSyntax? ParseSlice(SourceText text, DeclarationSlice slice, DiagnosticBag bag, out bool lacksBlock)
    {
        lacksBlock = false;
        if (slice.OpenComment >= 0)
        {
            bag.ReportUnterminatedComment(text.GetLocation(new TextSpan(slice.OpenComment, 2)));
            return null;
        }

        if (slice.TooDeep >= 0)
        {
            bag.ReportNestingTooDeep(text.GetLocation(new TextSpan(slice.TooDeep, 1)), SyntaxFacts.MaximumNesting);
            return null;
        }

        var input = new SliceInput(text.Content, slice.Start, slice.End);
        IResult<NameSyntax> keyword = Lexemes.Name(input);
        Parser<DeclarationSyntax>? parser = keyword.WasSuccessful ? LayoutGrammar.Find(keyword.Value.Text) : null;
        if (parser is null)
        {
            ReportNoDeclaration(text, slice, keyword, bag);
            return null;
        }

        IResult<DeclarationSyntax> result = parser(input);
        if (!result.WasSuccessful) Combinators.Record(result);
        lacksBlock = !result.WasSuccessful && result.Expectations.Contains("'{'") && text.Content[slice.End - 1] != '}';
        foreach (SyntaxMistake mistake in input.Mistakes.Take(SyntaxFacts.MaximumSyntaxErrors - bag.Count)) Report(text, slice, mistake, bag);
        return result.WasSuccessful ? result.Value : null;
    }

    private static void ReportNoDeclaration(SourceText text, DeclarationSlice slice, IResult<NameSyntax> keyword, DiagnosticBag bag)
    {
        if (keyword.WasSuccessful) bag.ReportUnknownDeclaration(text.GetLocation(keyword.Value.Span.Shift(slice.Start)), keyword.Value.Text);
        else bag.ReportUnexpectedToken(text.GetLocation(new TextSpan(slice.Start, 1)), FoundAt(text, slice.Start, 1), "a declaration");
    }

    private static void Report(SourceText text, DeclarationSlice slice, SyntaxMistake mistake, DiagnosticBag bag)
    {
        TextSpan span = mistake.Span.Shift(slice.Start);
        SourceLocation location = text.GetLocation(span);
        switch (mistake.Kind)
        {
            case SyntaxMistakeKind.NumberTooLarge:
                bag.ReportNumberTooLarge(location, mistake.Detail);
                break;
            case SyntaxMistakeKind.UnknownUnit:
                bag.ReportUnknownUnit(location, mistake.Detail);
                break;
            case SyntaxMistakeKind.BadEscape:
                bag.ReportBadEscape(location);
                break;
            case SyntaxMistakeKind.UnterminatedString:
                bag.ReportUnterminatedString(location);
                break;
            case SyntaxMistakeKind.Missing:
                bag.ReportMissingToken(location, mistake.Detail);
                break;
            default:
                bag.ReportUnexpectedToken(location, FoundAt(text, span.Start, span.Length), mistake.Detail);
                break;
        }
    }

    private static string FoundAt(SourceText text, int start, int length) =>
        "'" + (length <= LongestQuotation ? text.Content.Substring(start, length) : text.Content.Substring(start, LongestQuotation) + "...") + "'";
}
