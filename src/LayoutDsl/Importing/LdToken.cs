using LayoutDsl.Text;

namespace LayoutDsl.Importing;

/// <summary>What a token of a GNU ld script is.</summary>
internal enum LdTokenKind
{
    /// <summary>The text is over.</summary>
    End,

    /// <summary>A name, a keyword or a pattern.</summary>
    Name,

    /// <summary>A name in quotes, which is no keyword.</summary>
    Quoted,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An operator or a bracket.</summary>
    Symbol,
}

/// <summary>How GNU ld's lexer reads a name: it depends on where the name stands.</summary>
internal enum LdMode
{
    /// <summary>In an expression: signs end a name.</summary>
    Expression,

    /// <summary>At the start of a statement: an assignment ends a name, and so does a colon.</summary>
    Statement,

    /// <summary>A pattern of files or sections.</summary>
    Pattern,
}

/// <summary>A token of a GNU ld script.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="Value">The value of a number.</param>
/// <param name="Span">Where it stands.</param>
internal readonly record struct LdToken(LdTokenKind Kind, string Text, ulong Value, TextSpan Span)
{
    public bool IsName => Kind is LdTokenKind.Name or LdTokenKind.Quoted;

    public bool Is(string text) => Kind is LdTokenKind.Name or LdTokenKind.Symbol && Text == text;
}
