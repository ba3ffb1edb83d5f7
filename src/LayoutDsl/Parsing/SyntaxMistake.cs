using LayoutDsl.Text;

namespace LayoutDsl.Parsing;

/// <summary>What kind of syntax mistake was met; each kind has its diagnostic.</summary>
public enum SyntaxMistakeKind
{
    /// <summary>Something else is expected.</summary>
    Unexpected,

    /// <summary>Something is not there.</summary>
    Missing,

    /// <summary>A number above 2^64-1.</summary>
    NumberTooLarge,

    /// <summary>Letters behind a number that are no unit.</summary>
    UnknownUnit,

    /// <summary>A backslash before something else than a quote or a backslash.</summary>
    BadEscape,

    /// <summary>A quoted text without its end.</summary>
    UnterminatedString,
}

/// <summary>A mistake at a place inside a declaration.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Span">Where, from the start of the declaration.</param>
/// <param name="Detail">What was expected, or the offending text.</param>
public sealed record SyntaxMistake(SyntaxMistakeKind Kind, TextSpan Span, string Detail);
