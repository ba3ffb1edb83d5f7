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

    /// <summary>Names an alternative as a whole: when none of it matched, one word is clearer than the list of its parts.</summary>
    public static Parser<T> Expecting<T>(string what, Parser<T> parser) => input =>
    {
        IResult<T> result = parser(input);
        return result.WasSuccessful || result.Remainder.Position != input.Position
            ? result
            : Result.Failure<T>(input, result.Message, new[] { what });
    };

    /// <summary>The span from the first token of <paramref name="parser"/> to its last.</summary>
    public static Parser<(T Value, TextSpan Span)> Spanned<T>(this Parser<T> parser) => input =>
    {
        IResult<T> result = parser(input);
        if (!result.WasSuccessful) return Result.Failure<(T, TextSpan)>(result.Remainder, result.Message, result.Expectations);
        int start = Trivia.Skip((SliceInput)input).Position;
        return Result.Success((result.Value, TextSpan.FromBounds(start, Math.Max(start, result.Remainder.Position))), result.Remainder);
    };

    /// <summary>
    /// The semicolon after a statement. When it is not there, but the statement is plainly over (its line, its block or its declaration ends), that is a
    /// mistake of the line that lacks it and the statement counts all the same.
    /// </summary>
    public static readonly Parser<TextSpan> StatementEnd = input =>
    {
        IResult<TextSpan> end = Lexemes.Symbol(";")(input);
        if (end.WasSuccessful) return end;
        var at = (SliceInput)input;
        SliceInput next = Trivia.Skip(at);
        bool lineEnds = at.Substring(at.Position, next.Position).IndexOfAny(new[] { '\n', '\r' }) >= 0;
        bool isOver = next.AtEnd || next.Current == '}' || (lineEnds && (next.Current == '*' || SyntaxFacts.IsNameStart(next.Current)));
        if (!isOver) return end;
        RecordMissing(at, "';'");
        return Result.Success(new TextSpan(at.Position, 0), at);
    };

    /// <summary>Names what else could stand where <paramref name="parser"/> fails, such as one more item of the list before it.</summary>
    public static Parser<T> AlsoExpecting<T>(this Parser<T> parser, params string[] others) => input =>
    {
        IResult<T> result = parser(input);
        return result.WasSuccessful ? result : Result.Failure<T>(result.Remainder, result.Message, result.Expectations.Concat(others));
    };

    /// <summary>
    /// Items in braces. An item that cannot be read is recorded as a mistake and skipped up to its <c>;</c> or the closing brace, so that
    /// the items after it are still read. A closing brace that is not there is a mistake too, but the items count.
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
            SliceInput next = Trivia.Skip(at);
            if (next.AtEnd || next.Mistakes.Count > SyntaxFacts.MaximumSyntaxErrors)
            {
                RecordMissing(at, "'}'");
                return Result.Success(items.ToEquatableArray(), next.MoveTo(next.Length));
            }

            if (next.Current == '}') return Result.Success(items.ToEquatableArray(), next.MoveTo(next.Position + 1));
            IResult<T> result = item(next);
            if (result.WasSuccessful) items.Add(result.Value);
            at = result.WasSuccessful ? (SliceInput)result.Remainder : SkipItem(Record(result));
        }
    };

    /// <summary>Turns a failure into a mistake at the token that was not expected, and gives the input at that token.</summary>
    public static SliceInput Record<T>(IResult<T> failure)
    {
        var remainder = (SliceInput)failure.Remainder;
        SliceInput found = Trivia.Skip(remainder);
        string expected = Describe(failure.Expectations);
        if (found.AtEnd) RecordMissing(remainder, expected);
        else remainder.Mistakes.Add(new SyntaxMistake(SyntaxMistakeKind.Unexpected, TokenAt(found), expected));
        return found;
    }

    /// <summary>Records that something is missing just after the last token before <paramref name="at"/>.</summary>
    private static void RecordMissing(SliceInput at, string expected)
    {
        // A quote that is not closed has swallowed the rest of its line: what then is missing is its doing.
        bool isConsequence = at.Mistakes.Any(m => m.Kind == SyntaxMistakeKind.UnterminatedString && (m.Span.End == at.Position || expected == "'}'"));
        if (!isConsequence) at.Mistakes.Add(new SyntaxMistake(SyntaxMistakeKind.Missing, new TextSpan(Math.Max(0, at.Position - 1), 1), expected));
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
        int end = at.Position + 1;
        if (at.Current == '"')
        {
            while (end < at.Length && at.CharAt(end) is not ('"' or '\n' or '\r')) end++;
            if (at.CharAt(end) == '"') end++;
        }
        else if (SyntaxFacts.IsNamePart(at.Current))
        {
            while (SyntaxFacts.IsNamePart(at.CharAt(end))) end++;
        }

        return TextSpan.FromBounds(at.Position, end);
    }

    /// <summary>The input after an item that could not be read: past its semicolon, or at the brace that closes the block.</summary>
    private static SliceInput SkipItem(SliceInput at)
    {
        int depth = 0;
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
