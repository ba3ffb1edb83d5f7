using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Importing;

internal sealed partial class LdParser
{
    /// <summary>A line of MEMORY.</summary>
    private void ParseRegion(List<ScriptStatementSyntax> statements)
    {
        AddComments(statements);
        LdToken name = lexer.Next(LdMode.Statement);
        if (name.Is("INCLUDE"))
        {
            NotCarried(statements, name, "INCLUDE " + lexer.Next(LdMode.Pattern).Text, "put the regions of the included file here");
            return;
        }

        if (!name.IsName)
        {
            Unexpected(name, "the name of a region");
            return;
        }

        string attributes = "";
        if (lexer.Peek(LdMode.Statement).Is("("))
        {
            lexer.Next(LdMode.Statement);
            attributes = string.Concat((lexer.ReadUntil(')') ?? "").Where(c => !char.IsWhiteSpace(c)));
            if (attributes.Any(c => "rwxailRWXAIL!".IndexOf(c) < 0)) Unexpected(name, "the letters r, w, x, a, i, l and '!'");
        }

        Expect(":");
        ExpressionSyntax origin = ReadRegionValue("ORIGIN", "org", "o");
        if (lexer.Peek(LdMode.Statement).Is(",")) lexer.Next(LdMode.Statement);
        ExpressionSyntax length = ReadRegionValue("LENGTH", "len", "l");
        NameSyntax? plain = NameOf(name);
        if (!failed && plain is not null) statements.Add(new ScriptRegionSyntax(plain, attributes, origin, length, name.Span));
    }

    private ExpressionSyntax ReadRegionValue(params string[] keywords)
    {
        if (failed) return Nothing;
        LdToken keyword = lexer.Next(LdMode.Expression);
        if (!keywords.Contains(keyword.Text)) Unexpected(keyword, keywords[0]);
        return !failed && Expect("=") ? ReadExpression(0) : Nothing;
    }

    /// <summary>A line of PHDRS.</summary>
    private void ParseHeader(List<ScriptStatementSyntax> statements)
    {
        AddComments(statements);
        LdToken name = lexer.Next(LdMode.Statement);
        NameSyntax? plain = NameOf(name);
        LdToken word = lexer.Peek(LdMode.Expression);
        ExpressionSyntax type;
        if (word.Kind == LdTokenKind.Name && word.Text.StartsWith("PT_", StringComparison.Ordinal) && word.Text.Length > 3)
        {
            lexer.Next(LdMode.Expression);
            type = new NameSyntax(word.Text.Substring(3).ToLowerInvariant(), word.Span);
        }
        else type = ReadExpression(0);

        var clauses = new List<ScriptClauseSyntax>();
        while (!failed)
        {
            LdToken next = lexer.Next(LdMode.Expression);
            if (next.Is(";")) break;
            NameSyntax clause = new(next.Text.ToLowerInvariant(), next.Span);
            if (next.Is("FILEHDR") || next.Is("PHDRS")) clauses.Add(new ScriptClauseSyntax(clause, default));
            else if (next.Is("AT") || next.Is("FLAGS")) clauses.Add(new ScriptClauseSyntax(clause, EquatableArray.Of(ReadParenthesized())));
            else Unexpected(next, "FILEHDR, PHDRS, AT, FLAGS or ';'");
        }

        if (!failed && plain is not null) statements.Add(new ScriptHeaderSyntax(plain, type, clauses.ToEquatableArray(), name.Span));
    }

    /// <summary>A node of VERSION: <c>NAME { global: a; local: *; } BASE;</c></summary>
    private void ParseVersion(List<ScriptStatementSyntax> statements)
    {
        AddComments(statements);
        LdToken first = lexer.Next(LdMode.Statement);
        StringSyntax? name = null;
        if (first.IsName)
        {
            name = ReadText(first);
            Expect("{");
        }
        else if (!first.Is("{")) Unexpected(first, "a version");

        var items = new List<ScriptVersionItemSyntax>();
        var scope = new NameSyntax("global", first.Span);
        while (!failed && !Closes()) scope = ParseVersionItem(items, scope, null);
        var bases = new List<StringSyntax>();
        while (!failed)
        {
            LdToken next = lexer.Next(LdMode.Statement);
            if (next.Is(";")) break;
            if (next.IsName) bases.Add(ReadText(next));
            else Unexpected(next, "';'");
        }

        if (!failed) statements.Add(new ScriptVersionSyntax(name, bases.ToEquatableArray(), items.ToEquatableArray(), first.Span));
    }

    /// <summary>A word or pattern of a version; gives the scope of what follows.</summary>
    private NameSyntax ParseVersionItem(List<ScriptVersionItemSyntax> items, NameSyntax scope, StringSyntax? language)
    {
        int start = lexer.Position;
        LdToken token = lexer.Next(LdMode.Statement);
        if ((token.Is("global") || token.Is("local")) && lexer.Peek(LdMode.Statement).Is(":"))
        {
            lexer.Next(LdMode.Statement);
            return new NameSyntax(token.Text, token.Span);
        }

        if (token.Is("extern") && language is null && lexer.Peek(LdMode.Statement).Kind == LdTokenKind.Quoted)
        {
            StringSyntax inner = ReadText(lexer.Next(LdMode.Statement));
            Expect("{");
            while (!failed && !Closes()) scope = ParseVersionItem(items, scope, inner);
            return scope;
        }

        // A pattern may have '::' in it, which no other name has.
        if (token.Kind != LdTokenKind.Quoted)
        {
            lexer.Position = start;
            token = lexer.Next(LdMode.Pattern);
        }

        StringSyntax pattern = ReadText(token);
        EquatableArray<NameSyntax> literal = token.Kind == LdTokenKind.Quoted ? EquatableArray.Of(new NameSyntax("literal", token.Span)) : default;
        items.Add(new ScriptVersionItemSyntax(scope, language, EquatableArray.Of(new ScriptPatternSyntax(pattern, literal, default))));
        return scope;
    }

    private ExpressionSyntax ReadParenthesized()
    {
        if (!Expect("(")) return Nothing;
        ExpressionSyntax value = ReadExpression(0);
        if (!failed) Expect(")");
        return value;
    }

    /// <summary>A name that a layout can declare; what it cannot is a failure.</summary>
    private NameSyntax? NameOf(LdToken token)
    {
        if (SymbolOf(token) is NameSyntax name) return name;
        Unexpected(token, "a name of letters, digits and underscores");
        return null;
    }
}
