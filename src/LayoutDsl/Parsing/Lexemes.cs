using System;
using System.Globalization;
using System.Linq;
using System.Text;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Sprache;

namespace LayoutDsl.Parsing;

/// <summary>
/// The tokens, as Sprache parsers. Each skips the trivia in front of it and gives the span of the token alone. A token that does
/// not match fails at the place where it started, trivia not consumed, so that Sprache's <c>X</c> combinators see that nothing was.
/// </summary>
internal static class Lexemes
{
    /// <summary>Any name that is written in ASCII letters, digits and underscores.</summary>
    public static readonly Parser<NameSyntax> Name = NameThat("a name", _ => true);

    /// <summary>An integer with an optional unit, or a percentage.</summary>
    public static readonly Parser<ExpressionSyntax> Number = ReadNumber;

    /// <summary>A text in double quotes, on one line.</summary>
    public static readonly Parser<StringSyntax> String = ReadString;

    /// <summary>The dot of <c>zlib.text</c>, which is not the first half of <c>..</c>.</summary>
    public static readonly Parser<TextSpan> Dot = input => Symbol("..")(input).WasSuccessful ? Fail<TextSpan>(input, "'.'") : Symbol(".")(input);

    /// <summary>The sign of multiplication, which is not the <c>*</c> of a selector (<c>*.text</c>) on the next line.</summary>
    public static readonly Parser<TextSpan> Times = input => Symbol("*.")(input).WasSuccessful ? Fail<TextSpan>(input, "'*'") : Symbol("*")(input);

    public static Parser<NameSyntax> Keyword(string word) => NameThat($"'{word}'", text => text == word);

    public static Parser<NameSyntax> NameThat(string expectation, Func<string, bool> accept) => input =>
    {
        SliceInput at = Trivia.Skip((SliceInput)input);
        int end = at.Position;
        if (!at.AtEnd && SyntaxFacts.IsNameStart(at.Current))
        {
            while (SyntaxFacts.IsNamePart(at.CharAt(end))) end++;
        }

        if (end == at.Position) return Fail<NameSyntax>(input, expectation);
        string text = at.Substring(at.Position, end);
        return accept(text)
            ? Result.Success(new NameSyntax(text, TextSpan.FromBounds(at.Position, end)), at.MoveTo(end))
            : Fail<NameSyntax>(input, expectation);
    };

    /// <summary>An operator or a bracket.</summary>
    public static Parser<TextSpan> Symbol(string symbol) => input =>
    {
        SliceInput at = Trivia.Skip((SliceInput)input);
        for (int i = 0; i < symbol.Length; i++)
        {
            if (at.CharAt(at.Position + i) != symbol[i]) return Fail<TextSpan>(input, $"'{symbol}'");
        }

        return Result.Success(new TextSpan(at.Position, symbol.Length), at.MoveTo(at.Position + symbol.Length));
    };

    private static IResult<T> Fail<T>(IInput input, string expectation) => Result.Failure<T>(input, "unexpected", new[] { expectation });

    private static IResult<ExpressionSyntax> ReadNumber(IInput input)
    {
        SliceInput at = Trivia.Skip((SliceInput)input);
        int start = at.Position;
        if (at.AtEnd || !SyntaxFacts.IsDigit(at.Current)) return Fail<ExpressionSyntax>(input, "a number");
        int radix = (at.CharAt(start), at.CharAt(start + 1)) switch { ('0', 'x' or 'X') => 16, ('0', 'b' or 'B') when at.CharAt(start + 2) is '0' or '1' => 2, _ => 10 };
        int digits = radix == 10 ? start : start + 2;
        int end = digits;
        ulong value = 0;
        bool overflow = false;
        bool anyDigit = false;
        for (; ; end++)
        {
            char c = at.CharAt(end);
            if (c == '_') continue;
            int digit = DigitValue(c);
            if (digit < 0 || digit >= radix) break;
            anyDigit = true;
            overflow |= value > (ulong.MaxValue - (ulong)digit) / (ulong)radix;
            value = unchecked((value * (ulong)radix) + (ulong)digit);
        }

        if (!anyDigit)
        {
            while (SyntaxFacts.IsNamePart(at.CharAt(end))) end++;
            at.Mistakes.Add(new SyntaxMistake(SyntaxMistakeKind.Unexpected, TextSpan.FromBounds(start, end), "a hexadecimal number such as '0x1F'"));
            return Result.Success<ExpressionSyntax>(new NumberSyntax(0, TextSpan.FromBounds(start, end)), at.MoveTo(end));
        }

        return ReadUnit(at, start, end, value, overflow);
    }

    private static IResult<ExpressionSyntax> ReadUnit(SliceInput at, int start, int end, ulong value, bool overflow)
    {
        if (at.CharAt(end) == '%')
        {
            if (overflow) at.Mistakes.Add(new SyntaxMistake(SyntaxMistakeKind.NumberTooLarge, TextSpan.FromBounds(start, end + 1), at.Substring(start, end + 1)));
            return Result.Success<ExpressionSyntax>(new PercentSyntax(value, TextSpan.FromBounds(start, end + 1)), at.MoveTo(end + 1));
        }

        int unitEnd = end;
        while (SyntaxFacts.IsNamePart(at.CharAt(unitEnd))) unitEnd++;
        if (unitEnd > end)
        {
            string unit = at.Substring(end, unitEnd);
            if (!SyntaxFacts.Units.TryGetValue(unit, out ulong factor))
            {
                at.Mistakes.Add(new SyntaxMistake(SyntaxMistakeKind.UnknownUnit, TextSpan.FromBounds(end, unitEnd), unit));

                // The value goes on with the unit that was probably meant: one mistake, one message.
                factor = SyntaxFacts.Units.FirstOrDefault(u => char.ToLowerInvariant(u.Key[0]) == char.ToLowerInvariant(unit[0])).Value;
                if (factor == 0) factor = 1;
            }

            overflow |= value > ulong.MaxValue / factor;
            value = unchecked(value * factor);
        }

        var span = TextSpan.FromBounds(start, unitEnd);
        if (overflow) at.Mistakes.Add(new SyntaxMistake(SyntaxMistakeKind.NumberTooLarge, span, at.Substring(start, unitEnd)));
        return Result.Success<ExpressionSyntax>(new NumberSyntax(overflow ? 0 : value, span), at.MoveTo(unitEnd));
    }

    private static int DigitValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private static IResult<StringSyntax> ReadString(IInput input)
    {
        SliceInput at = Trivia.Skip((SliceInput)input);
        int start = at.Position;
        if (at.CharAt(start) != '"') return Fail<StringSyntax>(input, "a quoted text");
        var value = new StringBuilder();
        int i = start + 1;
        while (at.CharAt(i) is not ('"' or '\0' or '\n' or '\r'))
        {
            char c = at.CharAt(i++);
            if (c != '\\')
            {
                value.Append(c);
                continue;
            }

            char escaped = at.CharAt(i);
            if (escaped is '"' or '\\')
            {
                value.Append(escaped);
                i++;
            }
            else
            {
                at.Mistakes.Add(new SyntaxMistake(SyntaxMistakeKind.BadEscape, new TextSpan(i - 1, escaped is '\0' or '\n' or '\r' ? 1 : 2), escaped.ToString(CultureInfo.InvariantCulture)));
            }
        }

        string text = value.ToString();
        if (at.CharAt(i) == '"') i++;
        else
        {
            // It has swallowed the end of its statement, which is no part of it.
            text = text.Split(';', '}')[0];
            at.Mistakes.Add(new SyntaxMistake(SyntaxMistakeKind.UnterminatedString, TextSpan.FromBounds(start, i), ""));
        }

        return Result.Success(new StringSyntax(text, TextSpan.FromBounds(start, i)), at.MoveTo(i));
    }
}
