using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Sprache;

namespace LayoutDsl.Parsing;

/// <summary>Expressions. From loosest to tightest: <c>|</c>, <c>&amp;</c>, shifts, sums, products.</summary>
internal static class ExpressionGrammar
{
    private static readonly Parser<ExpressionSyntax> Parenthesized =
        (from open in Lexemes.Symbol("(")
         from inner in Combinators.Deferred(() => Expression!)
         from close in Lexemes.Symbol(")")
         select inner).Spanned().Select(p => (ExpressionSyntax)new ParenthesizedSyntax(p.Value, p.Span));

    private static readonly Parser<EquatableArray<ExpressionSyntax>> Arguments =
        from open in Lexemes.Symbol("(")
        from arguments in Combinators.Deferred(() => Expression!).XDelimitedBy(Lexemes.Symbol(","))
        from close in Lexemes.Symbol(")")
        select arguments.ToEquatableArray();

    private static readonly Parser<NameSyntax> Member =
        from dot in Lexemes.Dot
        from name in Lexemes.Name
        select name;

    private static readonly Parser<ExpressionSyntax> NameOrCall = input =>
    {
        IResult<NameSyntax> name = Lexemes.Name(input);
        if (!name.WasSuccessful) return Result.Failure<ExpressionSyntax>(name.Remainder, name.Message, name.Expectations);
        Parser<ExpressionSyntax> rest =
            Arguments.Select(a => (ExpressionSyntax)new CallSyntax(name.Value, a, name.Value.Span))
                .XOr(Member.Select(m => (ExpressionSyntax)new MemberSyntax(name.Value, m, TextSpan.FromBounds(name.Value.Span.Start, m.Span.End))))
                .XOr(Parse.Return((ExpressionSyntax)name.Value));
        return rest(name.Remainder);
    };

    private static readonly Parser<ExpressionSyntax> Primary = Combinators.Expecting("a value",
        Lexemes.Number.XOr(Lexemes.String).XOr(Parenthesized).XOr(NameOrCall));

    private static readonly Parser<ExpressionSyntax> Product = Chain(Primary, "*", "/");

    private static readonly Parser<ExpressionSyntax> Sum = Chain(Product, "+", "-");

    private static readonly Parser<ExpressionSyntax> Shift = Chain(Sum, "<<", ">>");

    private static readonly Parser<ExpressionSyntax> And = Chain(Shift, "&");

    /// <summary>Any expression.</summary>
    public static readonly Parser<ExpressionSyntax> Expression = Chain(And, "|");

    private static Parser<ExpressionSyntax> Chain(Parser<ExpressionSyntax> operand, params string[] operators)
    {
        Parser<(string Text, TextSpan Span)> op = operators
            .Select(o => (o == "*" ? Lexemes.Times : Lexemes.Symbol(o)).Select(span => (o, span)))
            .Aggregate((left, right) => left.XOr(right));
        Parser<ChainLinkSyntax> link =
            from sign in op
            from right in operand
            select new ChainLinkSyntax(sign.Text, sign.Span, right);
        return input =>
        {
            IResult<ExpressionSyntax> first = operand(input);
            if (!first.WasSuccessful) return first;
            var rest = new List<ChainLinkSyntax>();
            IInput at = first.Remainder;
            while (true)
            {
                IResult<ChainLinkSyntax> next = link(at);
                if (!next.WasSuccessful)
                {
                    if (next.Remainder.Position != at.Position) return Result.Failure<ExpressionSyntax>(next.Remainder, next.Message, next.Expectations);
                    break;
                }

                rest.Add(next.Value);
                at = next.Remainder;
            }

            if (rest.Count == 0) return first;
            var span = TextSpan.FromBounds(first.Value.Span.Start, rest[rest.Count - 1].Operand.Span.End);
            return Result.Success<ExpressionSyntax>(new ChainSyntax(first.Value, rest.ToEquatableArray(), span), at);
        };
    }
}
