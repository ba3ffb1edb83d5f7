using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;
using Sprache;

namespace LayoutDsl.Parsing;

/// <summary>What the grammar needs beyond Sprache's own combinators.</summary>
internal static class Combinators
{
    /// <summary>A parser that is looked up when it runs, for rules that refer to each other. Sprache's own <c>Parse.Ref</c> throws when it is retried at the same input.</summary>
    public static Parser<T> Deferred<T>(Func<Parser<T>> parser) => input => parser()(input);

    /// <summary>The span from the first token of <paramref name="parser"/> to its last.</summary>
    public static Parser<(T Value, TextSpan Span)> Spanned<T>(this Parser<T> parser) => input =>
    {
        IResult<T> result = parser(input);
        if (!result.WasSuccessful) return Result.Failure<(T, TextSpan)>(result.Remainder, result.Message, result.Expectations);
        int start = Trivia.Skip((SliceInput)input).Position;
        return Result.Success((result.Value, TextSpan.FromBounds(start, Math.Max(start, result.Remainder.Position))), result.Remainder);
    };

    /// <summary>
    /// Items in braces. An item that cannot be read is recorded as a mistake and skipped up to its <c>;</c> or the closing brace, so that
    /// the items after it are still read.
    /// </summary>
    public static Parser<EquatableArray<T>> Block<T>(Parser<T> item)
        where T : IEquatable<T> => input =>
    {
        IResult<TextSpan> open = Lexemes.Symbol("{")(input);
        if (!open.WasSuccessful) return Result.Failure<EquatableArray<T>>(open.Remainder, open.Message, open.Expectations);
        var items = new List<T>();
        var at = (SliceInput)open.Remainder;
        while (true)
        {
            at = Trivia.Skip(at);
            if (at.AtEnd) return Result.Failure<EquatableArray<T>>(at, "unexpected", new[] { "'}'" });
            if (at.Current == '}') return Result.Success(items.ToEquatableArray(), at.MoveTo(at.Position + 1));
            IResult<T> result = item(at);
            if (result.WasSuccessful)
            {
                items.Add(result.Value);
                at = (SliceInput)result.Remainder;
            }
            else
            {
                at = Resume(at, Record(result));
            }
        }
    };

    /// <summary>Turns a failure into a mistake at the token that was not expected, and gives the input at that token.</summary>
    public static SliceInput Record<T>(IResult<T> failure)
    {
        var remainder = (SliceInput)failure.Remainder;
        string expected = Describe(failure.Expectations);
        SliceInput found = Trivia.Skip(remainder);
        bool missingEnd = failure.Expectations.Contains("';'") && remainder.Position > 0
            && (found.AtEnd || remainder.Substring(remainder.Position, found.Position).IndexOf('\n') >= 0);

        // A missing semicolon is a mistake of the line that lacks it, not of the one below.
        TextSpan span = missingEnd ? new TextSpan(remainder.Position - 1, 1) : TokenAt(found);
        remainder.Mistakes.Add(new SyntaxMistake(missingEnd ? SyntaxMistakeKind.Missing : SyntaxMistakeKind.Unexpected, span, expected));
        return missingEnd ? remainder : found;
    }

    private static string Describe(IEnumerable<string> expectations)
    {
        string[] all = expectations.Distinct().OrderBy(e => e, StringComparer.Ordinal).ToArray();
        return all.Length switch
        {
            0 => "something else",
            1 => all[0],
            _ => string.Join(", ", all.Take(all.Length - 1)) + " or " + all[all.Length - 1],
        };
    }

    private static TextSpan TokenAt(SliceInput at)
    {
        if (at.AtEnd) return new TextSpan(at.Position, 0);
        int end = at.Position + 1;
        if (SyntaxFacts.IsNamePart(at.Current))
        {
            while (SyntaxFacts.IsNamePart(at.CharAt(end))) end++;
        }

        return TextSpan.FromBounds(at.Position, end);
    }

    /// <summary>The input after the item that could not be read: past its semicolon, or at the brace that closes the block.</summary>
    private static SliceInput Resume(SliceInput itemStart, SliceInput failedAt)
    {
        // The semicolon is only missing: what follows is the next item.
        if (failedAt.Position > itemStart.Position && Trivia.Skip(failedAt).Position > failedAt.Position) return failedAt;
        int depth = 0;
        SliceInput at = failedAt;
        while (!at.AtEnd)
        {
            char c = at.Current;
            if (c == '}' && depth == 0) return at;
            if (c == ';' && depth == 0) return at.MoveTo(at.Position + 1);
            if (c is '{') depth++;
            if (c is '}') depth--;
            SliceInput next = c == '"' ? (SliceInput)Lexemes.String(at).Remainder : at.MoveTo(at.Position + 1);
            at = Trivia.Skip(next);
        }

        return at;
    }
}
