using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Sprache;

namespace LayoutDsl.Parsing;

/// <summary>Expressions of scripts: all operators of C that GNU ld has, on addresses that only the linker knows.</summary>
internal static class ScriptExpressionGrammar
{
    /// <summary>Any expression.</summary>
    public static readonly Parser<ExpressionSyntax> Expression = input => ReadConditional(input, 0);

    private static readonly Parser<EquatableArray<ExpressionSyntax>> Arguments =
        from open in Lexemes.Symbol("(")
        from arguments in Combinators.Deferred(() => Expression).XDelimitedBy(Lexemes.Symbol(",")).XOptional()
        from close in Lexemes.Symbol(")")
        select arguments.GetOrElse(Array.Empty<ExpressionSyntax>()).ToEquatableArray();

    private static readonly Parser<ExpressionSyntax> Parenthesized =
        (from open in Lexemes.Symbol("(")
         from inner in Combinators.Deferred(() => Expression)
         from close in Lexemes.Symbol(")")
         select inner).Spanned().Select(p => (ExpressionSyntax)new ParenthesizedSyntax(p.Value, p.Span));

    private static readonly Parser<ExpressionSyntax> NameOrCall = input =>
    {
        IResult<NameSyntax> name = Lexemes.Name(input);
        if (!name.WasSuccessful) return Result.Failure<ExpressionSyntax>(name.Remainder, name.Message, name.Expectations);
        return Arguments.Select(a => (ExpressionSyntax)new CallSyntax(name.Value, a, name.Value.Span))
            .XOr(Parse.Return((ExpressionSyntax)name.Value))(name.Remainder);
    };

    private static readonly Parser<ExpressionSyntax> Primary = Combinators.Expecting("a value",
        Lexemes.Number.XOr(Lexemes.String).XOr(Parenthesized).XOr(NameOrCall));

    private static IResult<ExpressionSyntax> ReadConditional(IInput input, int depth)
    {
        if (depth > SyntaxFacts.MaximumNesting) return Result.Failure<ExpressionSyntax>(input, "too deep", new[] { "a simpler expression" });
        IResult<ExpressionSyntax> condition = ReadChain(input, 0);
        if (!condition.WasSuccessful) return condition;
        IResult<TextSpan> mark = Lexemes.Symbol("?")(condition.Remainder);
        if (!mark.WasSuccessful) return condition;
        IResult<ExpressionSyntax> then = ReadConditional(mark.Remainder, depth + 1);
        if (!then.WasSuccessful) return then;
        IResult<TextSpan> colon = Lexemes.Symbol(":")(then.Remainder);
        if (!colon.WasSuccessful) return Result.Failure<ExpressionSyntax>(colon.Remainder, colon.Message, colon.Expectations);
        IResult<ExpressionSyntax> otherwise = ReadConditional(colon.Remainder, depth + 1);
        if (!otherwise.WasSuccessful) return otherwise;
        var span = TextSpan.FromBounds(condition.Value.Span.Start, otherwise.Value.Span.End);
        return Result.Success<ExpressionSyntax>(new ConditionalSyntax(condition.Value, then.Value, otherwise.Value, span), otherwise.Remainder);
    }

    /// <summary>Operands joined by the operators of one level.</summary>
    private static IResult<ExpressionSyntax> ReadChain(IInput input, int level)
    {
        if (level == ScriptOperators.Levels.Count) return ReadUnary(input);
        IResult<ExpressionSyntax> first = ReadChain(input, level + 1);
        if (!first.WasSuccessful) return first;
        var rest = new List<ChainLinkSyntax>();
        var at = (SliceInput)first.Remainder;
        while (FindOperator(at) is var (op, start) && ScriptOperators.Levels[level].Contains(op))
        {
            IResult<ExpressionSyntax> operand = ReadChain(at.MoveTo(start + op.Length), level + 1);
            if (!operand.WasSuccessful) return operand;
            rest.Add(new ChainLinkSyntax(op, new TextSpan(start, op.Length), operand.Value));
            at = (SliceInput)operand.Remainder;
        }

        if (rest.Count == 0) return first;
        var span = TextSpan.FromBounds(first.Value.Span.Start, rest[rest.Count - 1].Operand.Span.End);
        return Result.Success<ExpressionSyntax>(new ChainSyntax(first.Value, rest.ToEquatableArray(), span), at);
    }

    private static IResult<ExpressionSyntax> ReadUnary(IInput input)
    {
        var signs = new List<(string Text, int Start)>();
        var at = (SliceInput)input;
        while (FindOperator(at) is var (op, start) && ScriptOperators.Unary.Contains(op))
        {
            if (signs.Count == SyntaxFacts.MaximumNesting) return Result.Failure<ExpressionSyntax>(at, "too deep", new[] { "a simpler expression" });
            signs.Add((op, start));
            at = at.MoveTo(start + op.Length);
        }

        IResult<ExpressionSyntax> operand = Primary(at);
        if (!operand.WasSuccessful || signs.Count == 0) return operand;
        ExpressionSyntax value = operand.Value;
        foreach ((string text, int start) in Enumerable.Reverse(signs)) value = new UnarySyntax(text, value, TextSpan.FromBounds(start, value.Span.End));
        return Result.Success(value, operand.Remainder);
    }

    private static (string Text, int Start) FindOperator(SliceInput input)
    {
        SliceInput at = Trivia.Skip(input);
        return (ScriptOperators.Find(at.CharAt, at.Position), at.Position);
    }
}
