using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Importing;

internal sealed partial class LdParser
{
    private static readonly ExpressionSyntax Nothing = new NumberSyntax(0, default);

    private static readonly Dictionary<string, ScriptWord> FunctionsByKeyword = ScriptWords.Functions.ToDictionary(f => f.Keyword, StringComparer.Ordinal);

    /// <summary>An expression; the number zero after a failure.</summary>
    private ExpressionSyntax ReadExpression(int nesting)
    {
        if (nesting > SyntaxFacts.MaximumNesting)
        {
            Expected("a simpler expression");
            return Nothing;
        }

        ExpressionSyntax condition = ReadChain(0, nesting);
        if (failed || !lexer.Peek(LdMode.Expression).Is("?")) return condition;
        lexer.Next(LdMode.Expression);
        ExpressionSyntax then = ReadExpression(nesting + 1);
        if (failed || !Expect(":")) return condition;
        ExpressionSyntax otherwise = ReadExpression(nesting + 1);
        return new ConditionalSyntax(condition, then, otherwise, TextSpan.FromBounds(condition.Span.Start, otherwise.Span.End));
    }

    private ExpressionSyntax ReadChain(int level, int nesting)
    {
        if (level == ScriptOperators.Levels.Count) return ReadUnary(nesting);
        ExpressionSyntax first = ReadChain(level + 1, nesting);
        var rest = new List<ChainLinkSyntax>();
        while (!failed)
        {
            LdToken op = lexer.Peek(LdMode.Expression);
            if (op.Kind != LdTokenKind.Symbol || !ScriptOperators.Levels[level].Contains(op.Text)) break;
            lexer.Next(LdMode.Expression);
            rest.Add(new ChainLinkSyntax(op.Text, op.Span, ReadChain(level + 1, nesting)));
        }

        return rest.Count == 0 ? first : new ChainSyntax(first, rest.ToEquatableArray(), TextSpan.FromBounds(first.Span.Start, rest[rest.Count - 1].Operand.Span.End));
    }

    private ExpressionSyntax ReadUnary(int nesting)
    {
        LdToken next = lexer.Peek(LdMode.Expression);
        if (next.Kind != LdTokenKind.Symbol || !ScriptOperators.Unary.Contains(next.Text)) return ReadPrimary(nesting);
        if (nesting > SyntaxFacts.MaximumNesting)
        {
            Expected("a simpler expression");
            return Nothing;
        }

        lexer.Next(LdMode.Expression);
        ExpressionSyntax operand = ReadUnary(nesting + 1);
        return new UnarySyntax(next.Text, operand, TextSpan.FromBounds(next.Span.Start, operand.Span.End));
    }

    private ExpressionSyntax ReadPrimary(int nesting)
    {
        LdToken token = lexer.Next(LdMode.Expression);
        switch (token.Kind)
        {
            case LdTokenKind.Number:
                return new NumberSyntax(token.Value, token.Span);
            case LdTokenKind.Quoted:
                return SymbolOf(token);
            case LdTokenKind.Symbol when token.Text == "(":
                ExpressionSyntax inner = ReadExpression(nesting + 1);
                if (!failed) Expect(")");
                return new ParenthesizedSyntax(inner, TextSpan.FromBounds(token.Span.Start, lexer.Position));
            case LdTokenKind.Name when token.Text is "SIZEOF_HEADERS" or "sizeof_headers":
                return new NameSyntax("headers_size", token.Span);
            case LdTokenKind.Name when token.Text == "CONSTANT":
                return ReadConstant();
            case LdTokenKind.Name when FunctionsByKeyword.TryGetValue(token.Text is "BLOCK" ? "ALIGN" : token.Text is "absolute" ? "ABSOLUTE" : token.Text, out ScriptWord? function) && lexer.Peek(LdMode.Expression).Is("("):
                return ReadCall(token, function, nesting);
            case LdTokenKind.Name:
                return SymbolOf(token);
            default:
                Unexpected(token, "a value");
                return Nothing;
        }
    }

    private NameSyntax ReadConstant()
    {
        Expect("(");
        LdToken name = lexer.Next(LdMode.Expression);
        if (!name.Is("MAXPAGESIZE") && !name.Is("COMMONPAGESIZE")) Unexpected(name, "MAXPAGESIZE or COMMONPAGESIZE");
        else Expect(")");
        import.Count("CONSTANT");
        return new NameSyntax(name.Text == "MAXPAGESIZE" ? "max_page_size" : "common_page_size", name.Span);
    }

    private CallSyntax ReadCall(LdToken token, ScriptWord function, int nesting)
    {
        import.Count(function.Keyword);
        Expect("(");
        var arguments = new List<ExpressionSyntax>();
        while (!failed && arguments.Count < function.Most)
        {
            arguments.Add(ReadArgument(function.Arguments, arguments.Count, nesting + 1));
            if (failed || !lexer.Peek(LdMode.Expression).Is(",")) break;
            lexer.Next(LdMode.Expression);
        }

        if (!failed) Expect(")");
        if (!failed && arguments.Count < function.Least) Unexpected(token, "more arguments");
        return new CallSyntax(new NameSyntax(function.Word, token.Span), arguments.ToEquatableArray(), token.Span);
    }

    private ExpressionSyntax ReadArgument(ScriptArguments kind, int index, int nesting)
    {
        bool isMessage = kind == ScriptArguments.Assertion && index == 1;
        if (isMessage) return ReadMessage();
        if (kind is ScriptArguments.Values or ScriptArguments.Assertion || (kind == ScriptArguments.Segment && index == 1)) return ReadExpression(nesting);
        LdToken name = lexer.Next(kind is ScriptArguments.Texts ? LdMode.Pattern : LdMode.Expression);
        if (!name.IsName)
        {
            Unexpected(name, "a name");
            return Nothing;
        }

        return kind is ScriptArguments.Symbols or ScriptArguments.Regions ? SymbolOf(name) : ReadText(name);
    }

    private StringSyntax ReadMessage()
    {
        LdToken message = lexer.Next(LdMode.Expression);
        if (message.IsName) return new StringSyntax(new string(message.Text.Select(c => c < ' ' || c == '\u007f' ? ' ' : c).ToArray()), message.Span);
        Unexpected(message, "a message");
        return new StringSyntax("", message.Span);
    }

    /// <summary>The fill of a gap. A plain hexadecimal number is a pattern of bytes, digit by digit (ld manual, Output Section Fill).</summary>
    private ExpressionSyntax ReadFill()
    {
        int start = lexer.Position;
        LdToken first = lexer.Next(LdMode.Expression);
        bool isPattern = first.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && first.Text.Length > 2 && first.Text.Skip(2).All(Uri.IsHexDigit) && !IsOperator(lexer.Peek(LdMode.Expression));
        if (isPattern) return new StringSyntax(first.Text.Substring(2), first.Span);
        lexer.Position = start;
        return ReadExpression(0);
    }

    private static bool IsOperator(LdToken token) => token.Kind == LdTokenKind.Symbol && (token.Text == "?" || ScriptOperators.Levels.Any(l => l.Contains(token.Text)));

    /// <summary>A quoted text; reports what no layout can hold.</summary>
    private StringSyntax ReadText(LdToken token)
    {
        if (!token.IsName) Unexpected(token, "a name");
        else if (token.Text.Length == 0 || token.Text.Any(c => c < ' ' || c == '\u007f')) Unexpected(token, "a name without control characters");
        return new StringSyntax(token.Text, token.Span);
    }

    /// <summary>A symbol or region: by its name when a layout can write it so and it has no other meaning there, else in quotes.</summary>
    private ExpressionSyntax SymbolOf(LdToken token)
    {
        if (token.Kind == LdTokenKind.Name && token.Text == ".") return new NameSyntax(ScriptWords.Here, token.Span);
        bool isName = token.Text.Length > 0 && SyntaxFacts.IsNameStart(token.Text[0]) && token.Text.All(SyntaxFacts.IsNamePart);
        return isName && token.Text != "page" && !ScriptWords.Values.ContainsKey(token.Text) ? new NameSyntax(token.Text, token.Span) : ReadText(token);
    }
}
