namespace LayoutDsl.Formatting;

/// <summary>What a token of the formatter is.</summary>
internal enum FormatTokenKind
{
    /// <summary>A name or a number.</summary>
    Word,

    /// <summary>A quoted text.</summary>
    Text,

    /// <summary>An operator, a bracket or a separator.</summary>
    Symbol,

    /// <summary><c>// ...</c>, doc comments among them.</summary>
    LineComment,

    /// <summary><c>/* ... */</c></summary>
    BlockComment,
}

/// <summary>A token or comment, and the white space in front of it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Content">Its text, with <c>\n</c> as the only line end.</param>
/// <param name="LinesBefore">Line ends between it and what stands before it.</param>
/// <param name="HasSpaceBefore">Whether white space stands before it.</param>
internal readonly record struct FormatToken(FormatTokenKind Kind, string Content, int LinesBefore, bool HasSpaceBefore)
{
    public bool IsComment => Kind is FormatTokenKind.LineComment or FormatTokenKind.BlockComment;

    public bool Is(string symbol) => Kind == FormatTokenKind.Symbol && Content == symbol;

    /// <summary>Whether it joins what stands on both sides of it.</summary>
    public bool IsOperator => Kind == FormatTokenKind.Symbol && Content is not ("{" or "}" or "(" or ")" or "[" or "]" or ";" or "," or "." or ".." or ":");
}
