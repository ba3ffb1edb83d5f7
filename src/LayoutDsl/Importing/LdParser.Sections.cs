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
    private static readonly Dictionary<string, string> ClausesByKeyword = ScriptWords.Types.Concat(ScriptWords.Flags).Where(p => p.Key != "overlaid").ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> SortsByKeyword = ScriptWords.Sorts.Select(p => (p.Value, p.Key)).Append(("SORT", "sort_by_name")).ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    private static bool IsSymbolKeyword(string text) => text is "PROVIDE" or "PROVIDE_HIDDEN" or "HIDDEN";

    /// <summary>Whether the statement here is an assignment: a name and one of its signs.</summary>
    private bool IsAssignment()
    {
        int start = lexer.Position;
        lexer.Next(LdMode.Statement);
        LdToken sign = lexer.Peek(LdMode.Expression);
        lexer.Position = start;
        return sign.Kind == LdTokenKind.Symbol && ScriptOperators.Assignments.Contains(sign.Text);
    }

    private ScriptAssignmentSyntax ParseAssignment(ScriptSymbolKind kind = ScriptSymbolKind.Plain)
    {
        LdToken name = lexer.Next(LdMode.Statement);
        ExpressionSyntax target = SymbolOf(name);
        LdToken sign = lexer.Next(LdMode.Expression);
        if (!ScriptOperators.Assignments.Contains(sign.Text)) Unexpected(sign, "'='");
        ExpressionSyntax value = failed ? Nothing : ReadExpression(0);
        import.Count(name.Text == "." ? ". = ..." : kind == ScriptSymbolKind.Plain ? "symbol = ..." : "");
        if (!failed && kind == ScriptSymbolKind.Plain) ReadEnd();
        return new ScriptAssignmentSyntax(kind, target, sign.Text, value, name.Span);
    }

    /// <summary>The end of an assignment: a semicolon or a comma. A brace that follows ends it as well.</summary>
    private void ReadEnd()
    {
        LdToken end = lexer.Peek(LdMode.Expression);
        if (end.Is(";") || end.Is(",")) lexer.Next(LdMode.Expression);
        else Unexpected(end, "';'");
    }

    private ScriptAssignmentSyntax? ParseProvided()
    {
        LdToken keyword = lexer.Next(LdMode.Statement);
        import.Count(keyword.Text);
        if (!Expect("(")) return null;
        ScriptAssignmentSyntax assignment = ParseAssignment(keyword.Text switch { "HIDDEN" => ScriptSymbolKind.Hidden, "PROVIDE" => ScriptSymbolKind.Provide, _ => ScriptSymbolKind.ProvideHidden });
        if (!failed) Expect(")");
        return assignment;
    }

    private ScriptOutputSyntax ParseOutput()
    {
        LdToken name = lexer.Next(LdMode.Statement);
        StringSyntax text = ReadText(name);
        import.Count(name.Text == ScriptOutputSyntax.Discard ? name.Text : "output section");
        var clauses = new List<ScriptClauseSyntax>();
        if (!failed) ReadHead(clauses);
        List<ScriptStatementSyntax> statements = ParseBody();
        ReadTail(clauses);
        return new ScriptOutputSyntax(text, clauses.ToEquatableArray(), statements.ToEquatableArray(), name.Span);
    }

    private List<ScriptStatementSyntax> ParseBody()
    {
        var statements = new List<ScriptStatementSyntax>();
        if (!failed && Expect("{")) ParseStatements(statements, ScriptPlaces.Output, untilBrace: true);
        return statements;
    }

    private ScriptOverlaySyntax ParseOverlay()
    {
        LdToken keyword = lexer.Next(LdMode.Statement);
        import.Count("OVERLAY");
        var clauses = new List<ScriptClauseSyntax>();
        ReadHead(clauses);
        Expect("{");
        var sections = new List<ScriptStatementSyntax>();
        while (!failed && !Closes())
        {
            AddComments(sections);
            LdToken name = lexer.Next(LdMode.Statement);
            StringSyntax text = ReadText(name);
            List<ScriptStatementSyntax> statements = ParseBody();
            var own = new List<ScriptClauseSyntax>();
            ReadTail(own);
            sections.Add(new ScriptOutputSyntax(text, own.ToEquatableArray(), statements.ToEquatableArray(), name.Span));
        }

        ReadTail(clauses);
        return new ScriptOverlaySyntax(clauses.ToEquatableArray(), sections.ToEquatableArray(), keyword.Span);
    }

    /// <summary>What stands between the name of an output section and its brace.</summary>
    private void ReadHead(List<ScriptClauseSyntax> clauses)
    {
        if (!lexer.Peek(LdMode.Expression).Is(":") && !IsType()) Add("at", lexer.Peek(LdMode.Expression).Span, ReadExpression(0));
        if (!failed && IsType()) ReadType(clauses);
        if (failed || !Expect(":")) return;
        while (!failed)
        {
            LdToken next = lexer.Peek(LdMode.Expression);
            if (next.Is("{")) return;
            lexer.Next(LdMode.Expression);
            import.Count(next.Text);
            if (next.Is("AT")) Add("load", next.Span, ReadParenthesized());
            else if (next.Is("ALIGN")) Add("align", next.Span, ReadParenthesized());
            else if (next.Is("SUBALIGN")) Add("subalign", next.Span, ReadParenthesized());
            else if (next.Kind == LdTokenKind.Name && ClausesByKeyword.TryGetValue(next.Text, out string? word)) Add(word, next.Span);
            else Unexpected(next, "'{'");
        }

        void Add(string word, TextSpan span, params ExpressionSyntax[] values) => clauses.Add(new ScriptClauseSyntax(new NameSyntax(word, span), new EquatableArray<ExpressionSyntax>(values)));
    }

    /// <summary>Whether a type in parentheses stands here, and no address.</summary>
    private bool IsType()
    {
        int start = lexer.Position;
        bool opens = lexer.Next(LdMode.Expression).Is("(");
        LdToken word = lexer.Next(LdMode.Expression);
        lexer.Position = start;
        return opens && (word.Is(")") || word.Is("TYPE") || (word.Kind == LdTokenKind.Name && ScriptWords.Types.Values.Contains(word.Text)));
    }

    private void ReadType(List<ScriptClauseSyntax> clauses)
    {
        Expect("(");
        LdToken word = lexer.Next(LdMode.Expression);
        if (word.Is(")")) return;
        import.Count("(" + word.Text + ")");
        string clause = word.Is("OVERLAY") ? "overlaid" : word.Is("TYPE") ? "type" : ClausesByKeyword.TryGetValue(word.Text, out string? known) ? known : "";
        if (clause == "type") clauses.Add(new ScriptClauseSyntax(new NameSyntax(clause, word.Span), EquatableArray.Of(Expect("=") ? ReadExpression(0) : Nothing)));
        else if (clause.Length > 0) clauses.Add(new ScriptClauseSyntax(new NameSyntax(clause, word.Span), default));
        else Unexpected(word, "a type of a section");
        if (!failed && clause == "readonly" && lexer.Peek(LdMode.Expression).Is("(")) ReadType(clauses);
        if (!failed) Expect(")");
    }

    /// <summary>What stands behind the brace: regions, program headers, fill.</summary>
    private void ReadTail(List<ScriptClauseSyntax> clauses)
    {
        var headers = new List<ExpressionSyntax>();
        TextSpan place = lexer.Peek(LdMode.Expression).Span;
        while (!failed)
        {
            LdToken next = lexer.Peek(LdMode.Expression);
            if (next.Is(">") && Pass()) Add("in", next, Name());
            else if (next.Is("AT") && Pass() && Expect(">")) Add(ScriptGrammar.LoadIn, next, Name());
            else if (next.Is(":") && Pass()) headers.Add(Name());
            else if (next.Is("=") && Pass()) Add("fill", next, ReadFill());
            else break;
        }

        if (headers.Count > 0) clauses.Add(new ScriptClauseSyntax(new NameSyntax("headers", place), headers.ToEquatableArray()));
        if (headers.Count > 0) import.Count(":header");

        bool Pass() => lexer.Next(LdMode.Expression).Kind != LdTokenKind.End;

        ExpressionSyntax Name()
        {
            LdToken name = lexer.Next(LdMode.Expression);
            if (!name.IsName) Unexpected(name, "a name");
            return failed ? Nothing : SymbolOf(name);
        }

        void Add(string word, LdToken at, ExpressionSyntax value)
        {
            import.Count(word == "in" ? ">region" : word == "fill" ? "=fill" : "AT>region");
            clauses.Add(new ScriptClauseSyntax(new NameSyntax(word, at.Span), EquatableArray.Of(value)));
        }
    }

    /// <summary>Input sections, or the constructors, which look like them.</summary>
    private ScriptStatementSyntax? ParseInput()
    {
        LdToken first = lexer.Peek(LdMode.Pattern);
        bool keep = first.Is("KEEP");
        if (keep)
        {
            import.Count("KEEP");
            lexer.Next(LdMode.Pattern);
            Expect("(");
        }

        EquatableArray<StringSyntax> flags = ReadSectionFlags();
        ScriptPatternSyntax? file = failed ? null : ReadPattern(0);
        if (file is { Text.Value: "CONSTRUCTORS", Functions.Count: > 0 }) return new ScriptCommandSyntax(new NameSyntax("sorted_constructors", first.Span), default, first.Span);
        var sections = new List<ScriptPatternSyntax>();
        if (!failed && lexer.Peek(LdMode.Pattern).Is("("))
        {
            lexer.Next(LdMode.Pattern);
            while (!failed)
            {
                LdToken next = lexer.Peek(LdMode.Pattern);
                if (next.Is(")") || next.Is(",")) lexer.Next(LdMode.Pattern);
                if (next.Is(")")) break;
                if (!next.Is(",") && ReadPattern(0) is { } pattern) sections.Add(pattern);
            }

            if (!failed && sections.Count == 0) Expected("a pattern of sections");
        }

        if (keep && !failed) Expect(")");
        if (failed || file is null) return null;
        import.Count("input sections");
        bool isAnyFile = sections.Count > 0 && file is { Text.Value: "*", Functions.Count: 0, Excluded.Count: 0 };
        return new ScriptInputSyntax(keep, flags, sections.ToEquatableArray(), isAnyFile ? null : file, first.Span);
    }

    private EquatableArray<StringSyntax> ReadSectionFlags()
    {
        LdToken keyword = lexer.Peek(LdMode.Pattern);
        if (failed || !keyword.Is("INPUT_SECTION_FLAGS")) return default;
        lexer.Next(LdMode.Pattern);
        import.Count(keyword.Text);
        if (!Expect("(")) return default;
        return (lexer.ReadUntil(')') ?? "").Split('&').Select(f => ReadText(keyword with { Kind = LdTokenKind.Quoted, Text = f.Trim() })).ToEquatableArray();
    }

    private ScriptPatternSyntax? ReadPattern(int nesting)
    {
        LdToken token = lexer.Next(LdMode.Pattern);
        if (token.Is("EXCLUDE_FILE"))
        {
            import.Count(token.Text);
            var excluded = new List<ExpressionSyntax>();
            if (Expect("(")) ReadNames(ScriptArguments.Texts, excluded, 0);
            LdToken name = lexer.Next(LdMode.Pattern);
            if (!name.IsName && !failed) Unexpected(name, "a pattern");
            return failed ? null : new ScriptPatternSyntax(ReadText(name), default, excluded.Cast<StringSyntax>().ToEquatableArray());
        }

        if (token.Kind == LdTokenKind.Name && SortsByKeyword.TryGetValue(token.Text, out string? sort) && nesting < 4)
        {
            import.Count(token.Text);
            if (!Expect("(") || ReadPattern(nesting + 1) is not { } inner) return null;
            Expect(")");
            return failed ? null : inner with { Functions = new[] { new NameSyntax(sort, token.Span) }.Concat(inner.Functions).ToEquatableArray() };
        }

        if (token.IsName) return new ScriptPatternSyntax(ReadText(token), default, default);
        Unexpected(token, "a pattern");
        return null;
    }
}
