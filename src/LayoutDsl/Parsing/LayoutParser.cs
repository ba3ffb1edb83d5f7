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
    public static FileSyntax ParseFile(SourceText text) => Assemble(text, ParseDeclaration);

    /// <summary>The texts of a file's declarations, in their order; none when the file cannot be read at all.</summary>
    public static IReadOnlyList<string> Cut(SourceText text) =>
        CheckText(text, new DiagnosticBag()) ? DeclarationScanner.Scan(text.Content).Select(s => TextOf(text, s)).ToArray() : System.Array.Empty<string>();

    /// <summary>Parses the text of one declaration. Nothing in the result depends on where it stands.</summary>
    public static ParsedDeclaration ParseDeclaration(string text)
    {
        var input = new SliceInput(text, 0, text.Length);
        IResult<NameSyntax> keyword = Lexemes.Name(input);
        string word = keyword.WasSuccessful ? keyword.Value.Text : "";
        Parser<DeclarationSyntax>? parser = LayoutGrammar.Find(word);
        string name = FirstWord(text, word.Length);
        if (parser is null) return new ParsedDeclaration(word, name, null, default, false);
        IResult<DeclarationSyntax> result = parser(input);
        if (!result.WasSuccessful) Combinators.Record(result);
        bool lacksBlock = !result.WasSuccessful && result.Expectations.Contains("'{'") && text[text.Length - 1] != '}';
        return new ParsedDeclaration(word, name, result.WasSuccessful ? result.Value : null, input.Mistakes.ToEquatableArray(), lacksBlock);
    }

    /// <summary>Puts a file together from its declarations.</summary>
    /// <param name="text">The file.</param>
    /// <param name="parse">Gives the parsed form of each text of <see cref="Cut"/>, in this order.</param>
    public static FileSyntax Assemble(SourceText text, System.Func<string, ParsedDeclaration> parse)
    {
        var declarations = new List<PlacedDeclaration>();
        var bag = new DiagnosticBag();
        if (!CheckText(text, bag)) return new FileSyntax(text, default, bag.ToSortedArray());
        var broken = new List<string>();
        bool inBrokenBlock = false;
        foreach (DeclarationSlice slice in DeclarationScanner.Scan(text.Content))
        {
            // Without its opening brace, the statements of a block look like declarations of their own; 'headroom' is both.
            ParsedDeclaration parsed = parse(TextOf(text, slice));
            inBrokenBlock &= LayoutGrammar.Find(parsed.Keyword) is null || (parsed.Keyword == "headroom" && text.Content[slice.End - 1] == ';');
            if (inBrokenBlock)
            {
                inBrokenBlock = text.Content[slice.Start] != '}';
                continue;
            }

            inBrokenBlock = Report(text, slice, parsed, bag) && parsed.LacksBlock;
            if (parsed.Declaration is not null && slice.OpenComment < 0 && slice.TooDeep < 0) declarations.Add(new PlacedDeclaration(slice.Start, slice.Documentation, parsed.Declaration));
            else if (parsed.Name.Length > 0) broken.Add(parsed.Name);
            if (bag.Count < SyntaxFacts.MaximumSyntaxErrors) continue;
            bag.ReportTooManySyntaxErrors(text.GetLocation(new TextSpan(slice.End, 0)), SyntaxFacts.MaximumSyntaxErrors);
            break;
        }

        return new FileSyntax(text, declarations.ToEquatableArray(), bag.ToSortedArray()) { BrokenNames = broken.ToEquatableArray() };
    }

    private static string TextOf(SourceText text, DeclarationSlice slice) =>
        slice.TooDeep >= 0 || slice.OpenComment >= 0 ? "" : text.Content.Substring(slice.Start, slice.End - slice.Start);

    /// <summary>The name behind the first <paramref name="skip"/> characters; empty when there is none.</summary>
    private static string FirstWord(string text, int skip)
    {
        IResult<NameSyntax> name = Lexemes.Name(new SliceInput(text, skip, text.Length));
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

    /// <summary>Reports the mistakes of a declaration; false when it was not looked at.</summary>
    private static bool Report(SourceText text, DeclarationSlice slice, ParsedDeclaration parsed, DiagnosticBag bag)
    {
        if (slice.OpenComment >= 0) bag.ReportUnterminatedComment(text.GetLocation(new TextSpan(slice.OpenComment, 2)));
        else if (slice.TooDeep >= 0) bag.ReportNestingTooDeep(text.GetLocation(new TextSpan(slice.TooDeep, 1)), SyntaxFacts.MaximumNesting);
        else if (LayoutGrammar.Find(parsed.Keyword) is null) ReportNoDeclaration(text, slice, parsed.Keyword, bag);
        else
        {
            foreach (SyntaxMistake mistake in parsed.Mistakes.Take(SyntaxFacts.MaximumSyntaxErrors - bag.Count)) Report(text, slice, mistake, bag);
            return true;
        }

        return false;
    }

    private static void ReportNoDeclaration(SourceText text, DeclarationSlice slice, string keyword, DiagnosticBag bag)
    {
        if (keyword.Length > 0) bag.ReportUnknownDeclaration(text.GetLocation(new TextSpan(slice.Start, keyword.Length)), keyword);
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
