using System;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>Gives the values of names and of the functions that are not plain arithmetic.</summary>
internal interface IExpressionScope
{
    /// <summary>The value of a name; null when there is none, which the scope has reported.</summary>
    ulong? GetName(NameSyntax name);

    /// <summary>The value of a call; null when there is none, which the scope has reported if it is a mistake.</summary>
    ulong? Call(CallSyntax call);
}

/// <summary>Computes expressions in unsigned 64-bit arithmetic in which everything that leaves the range is a diagnostic.</summary>
internal sealed class ExpressionEvaluator
{
    private readonly IExpressionScope scope;
    private readonly DiagnosticBag bag;
    private readonly Func<TextSpan, SourceLocation> locate;

    public ExpressionEvaluator(IExpressionScope scope, DiagnosticBag bag, Func<TextSpan, SourceLocation> locate)
    {
        this.scope = scope;
        this.bag = bag;
        this.locate = locate;
    }

    /// <summary>The value, or null when it has none; mistakes are in the bag.</summary>
    public ulong? Evaluate(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case NumberSyntax number:
                return number.Value;
            case ParenthesizedSyntax parenthesized:
                return Evaluate(parenthesized.Inner);
            case NameSyntax name:
                return scope.GetName(name);
            case CallSyntax call:
                return EvaluateCall(call);
            case ChainSyntax chain:
                return EvaluateChain(chain);
            default:
                bag.ReportWrongValue(locate(expression.Span), "a number");
                return null;
        }
    }

    private ulong? EvaluateChain(ChainSyntax chain)
    {
        ulong? value = Evaluate(chain.First);
        foreach (ChainLinkSyntax link in chain.Rest)
        {
            ulong? right = Evaluate(link.Operand);
            value = value is { } a && right is { } b ? Apply(link, a, b) : null;
        }

        return value;
    }

    private ulong? Apply(ChainLinkSyntax link, ulong a, ulong b)
    {
        string? problem = link.Operator switch
        {
            "+" when a > ulong.MaxValue - b => FormattableString.Invariant($"{a} + {b} is too large"),
            "-" when b > a => FormattableString.Invariant($"{a} - {b} is below zero"),
            "*" when b != 0 && a > ulong.MaxValue / b => FormattableString.Invariant($"{a} * {b} is too large"),
            "/" when b == 0 => "division by zero",
            "<<" or ">>" when b > 63 => FormattableString.Invariant($"a shift by {b} leaves 64 bits"),
            "<<" when b > 0 && a >> (64 - (int)b) != 0 => FormattableString.Invariant($"{a} << {b} is too large"),
            _ => null,
        };
        if (problem is not null)
        {
            bag.ReportBadArithmetic(locate(link.OperatorSpan), problem);
            return null;
        }

        return link.Operator switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "<<" => a << (int)b,
            ">>" => a >> (int)b,
            "&" => a & b,
            _ => a | b,
        };
    }

    private ulong? EvaluateCall(CallSyntax call)
    {
        string name = call.Function.Text;
        if (name is not ("align" or "min" or "max")) return scope.Call(call);
        if (call.Arguments.Count != 2)
        {
            bag.ReportBadCall(locate(call.Span), $"'{name}' needs two values", null);
            return null;
        }

        ulong?[] values = call.Arguments.Select(Evaluate).ToArray();
        if (values[0] is not { } a || values[1] is not { } b) return null;
        return name switch { "min" => Math.Min(a, b), "max" => Math.Max(a, b), _ => Align(call, a, b) };
    }

    private ulong? Align(CallSyntax call, ulong value, ulong alignment)
    {
        if (!Alignment.IsPowerOfTwo(alignment))
        {
            bag.ReportNotAPowerOfTwo(locate(call.Arguments[1].Span), alignment);
            return null;
        }

        if (Alignment.TryAlignUp(value, alignment, out ulong aligned)) return aligned;
        bag.ReportBadArithmetic(locate(call.Span), FormattableString.Invariant($"{value} aligned to {alignment} is too large"));
        return null;
    }
}
