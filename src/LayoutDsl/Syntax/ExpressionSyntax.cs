using LayoutDsl.Text;

namespace LayoutDsl.Syntax;

/// <summary>Something with a value: a number, a text, a name or a combination of them. Spans count from the start of the declaration that holds it.</summary>
public abstract record ExpressionSyntax(TextSpan Span);

/// <summary>An integer, its unit already applied: <c>4KiB</c> is 4096.</summary>
public sealed record NumberSyntax(ulong Value, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A percentage such as <c>25%</c>.</summary>
public sealed record PercentSyntax(ulong Value, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A quoted text, its escapes already resolved.</summary>
public sealed record StringSyntax(string Value, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A name: of a constant, a library, a section, ...</summary>
public sealed record NameSyntax(string Text, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A library's section: <c>zlib.text</c>.</summary>
public sealed record MemberSyntax(NameSyntax Owner, NameSyntax Member, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A call such as <c>align(x, 4KiB)</c>.</summary>
public sealed record CallSyntax(NameSyntax Function, EquatableArray<ExpressionSyntax> Arguments, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A parenthesised expression.</summary>
public sealed record ParenthesizedSyntax(ExpressionSyntax Inner, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>Operands joined by operators of one precedence, from left to right. Flat, so that a chain of any length needs no recursion.</summary>
public sealed record ChainSyntax(ExpressionSyntax First, EquatableArray<ChainLinkSyntax> Rest, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>An operator of a chain with the operand on its right.</summary>
public sealed record ChainLinkSyntax(string Operator, TextSpan OperatorSpan, ExpressionSyntax Operand);
