using LayoutDsl.Text;

namespace LayoutDsl.Parsing;

/// <summary>What kind of syntax mistake was met; each kind has its diagnostic.</summary>
internal enum SyntaxMistakeKind
{
    Unexpected,
    Missing,
    NumberTooLarge,
    UnknownUnit,
    BadEscape,
    UnterminatedString,
}

/// <summary>A mistake at a place inside a declaration.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Span">Where, from the start of the declaration.</param>
/// <param name="Detail">What was expected, or the offending text.</param>
internal sealed record SyntaxMistake(SyntaxMistakeKind Kind, TextSpan Span, string Detail);
