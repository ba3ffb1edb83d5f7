using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Sprache;

namespace LayoutDsl.Parsing;

/// <summary>The statements of scripts. All are read everywhere; the binder says what may not stand where it stands.</summary>
internal static class ScriptGrammar
{
    private static readonly Parser<TextSpan> End = Combinators.StatementEnd;

    private static readonly Parser<ExpressionSyntax> Expression = ScriptExpressionGrammar.Expression;

    private static readonly Parser<EquatableArray<ScriptStatementSyntax>> Statements = input => Combinators.Block(AnyStatement!)(input);

    private static readonly Parser<ExpressionSyntax> SymbolName = Lexemes.Name.Select(n => (ExpressionSyntax)n).XOr(Lexemes.String);

    private static readonly Parser<string> AssignmentSign = input =>
    {
        SliceInput at = Trivia.Skip((SliceInput)input);
        string op = ScriptOperators.Find(at.CharAt, at.Position);
        return ScriptOperators.Assignments.Contains(op)
            ? Result.Success(op, at.MoveTo(at.Position + op.Length))
            : Result.Failure<string>(input, "unexpected", new[] { "'='" });
    };

    private static readonly Parser<EquatableArray<StringSyntax>> Excluded =
        from word in Lexemes.Keyword("exclude")
        from open in Lexemes.Symbol("(")
        from files in Lexemes.String.XDelimitedBy(Lexemes.Symbol(","))
        from close in Lexemes.Symbol(")")
        select files.ToEquatableArray();

    private static readonly Parser<ScriptPatternSyntax> Pattern = Combinators.Expecting("a quoted pattern", input => ReadPattern(input, 0));

    private static readonly Parser<ScriptStatementSyntax> Input =
        (from keep in Lexemes.Keyword("keep").XOptional()
         from flags in Flags().XOptional()
         from sections in Lexemes.Keyword("all").Select(_ => default(EquatableArray<ScriptPatternSyntax>)).XOr(Pattern.XAtLeastOnce().Select(p => p.ToEquatableArray()))
         from file in (from word in Lexemes.Keyword("from") from pattern in Pattern select pattern).XOptional()
         from end in End.AlsoExpecting("'from'", "a quoted pattern")
         select (keep, flags, sections, file))
        .Spanned().Select(p => (ScriptStatementSyntax)new ScriptInputSyntax(p.Value.keep.IsDefined, p.Value.flags.GetOrDefault(), p.Value.sections, p.Value.file.GetOrDefault(), p.Span));

    private static readonly Parser<ScriptClauseSyntax> Clause = input =>
    {
        IResult<NameSyntax> word = Lexemes.NameThat("a word such as 'at', 'in', 'load', 'align' or 'noload'", IsClause)(input);
        if (!word.WasSuccessful) return Result.Failure<ScriptClauseSyntax>(word.Remainder, word.Message, word.Expectations);
        Parser<ScriptClauseSyntax> rest = word.Value.Text switch
        {
            "headers" => SymbolName.XDelimitedBy(Lexemes.Symbol(",")).Select(v => new ScriptClauseSyntax(word.Value, v.ToEquatableArray())),
            "in" => SymbolName.Select(v => new ScriptClauseSyntax(word.Value, EquatableArray.Of(v))),
            "load" => (from keyword in Lexemes.Keyword("in") from region in SymbolName select new ScriptClauseSyntax(word.Value with { Text = LoadIn }, EquatableArray.Of(region)))
                .XOr(Expression.Select(v => new ScriptClauseSyntax(word.Value, EquatableArray.Of(v)))),
            string text when ScriptWords.Clauses.Contains(text) || text is "flags" => Expression.Select(v => new ScriptClauseSyntax(word.Value, EquatableArray.Of(v))),
            _ => Parse.Return(new ScriptClauseSyntax(word.Value, default)),
        };
        return rest(word.Remainder);
    };

    private static readonly Dictionary<string, Parser<ScriptStatementSyntax>> Heads = new(StringComparer.Ordinal)
    {
        ["symbol"] = Assignment(Lexemes.Keyword("symbol").Select(_ => ScriptSymbolKind.Plain), SymbolName),
        ["hidden"] = Assignment(
            from word in Lexemes.Keyword("hidden") from symbol in Lexemes.Keyword("symbol") select ScriptSymbolKind.Hidden,
            SymbolName),
        ["provide"] = Assignment(
            from word in Lexemes.Keyword("provide")
            from hidden in Lexemes.Keyword("hidden").XOptional()
            from symbol in Lexemes.Keyword("symbol")
            select hidden.IsDefined ? ScriptSymbolKind.ProvideHidden : ScriptSymbolKind.Provide,
            SymbolName),
        [ScriptWords.Here] = Assignment(Parse.Return(ScriptSymbolKind.Plain), Lexemes.Keyword(ScriptWords.Here).Select(n => (ExpressionSyntax)n)),
        ["region"] = Region(),
        ["header"] = Statement(
            from word in Lexemes.Name from name in Lexemes.Name from type in Expression from clauses in Clause.XMany() from end in End select (name, type, clauses),
            (d, span) => new ScriptHeaderSyntax(d.name, d.type, d.clauses.ToEquatableArray(), span)),
        ["sections"] = Statement(
            from word in Lexemes.Name
            from place in (from relation in Lexemes.NameThat("'after' or 'before'", t => t is "after" or "before") from anchor in Lexemes.String select (relation, anchor)).XOptional()
            from statements in Statements
            select (place, statements),
            (d, span) => new ScriptSectionsSyntax(d.place.GetOrDefault().relation, d.place.GetOrDefault().anchor, d.statements, span)),
        ["section"] = Statement(
            from word in Lexemes.Name from name in Lexemes.String from clauses in Clause.XMany() from statements in Statements select (name, clauses, statements),
            (d, span) => new ScriptOutputSyntax(d.name, d.clauses.ToEquatableArray(), d.statements, span)),
        ["discard"] = Statement(
            from word in Lexemes.Name from clauses in Clause.XMany() from statements in Statements select (word, clauses, statements),
            (d, span) => new ScriptOutputSyntax(new StringSyntax(ScriptOutputSyntax.Discard, d.word.Span), d.clauses.ToEquatableArray(), d.statements, span)),
        ["overlay"] = Statement(
            from word in Lexemes.Name from clauses in Clause.XMany() from statements in Statements select (clauses, statements),
            (d, span) => new ScriptOverlaySyntax(d.clauses.ToEquatableArray(), d.statements, span)),
        ["version"] = Version(),
    };

    private static readonly Parser<ScriptStatementSyntax> Command = Statement(
        from word in Lexemes.NameThat("a statement", text => ScriptWords.Commands.Any(c => c.Word == text))
        from arguments in Expression.XDelimitedBy(Lexemes.Symbol(",")).XOptional()
        from end in End
        select (word, arguments),
        (d, span) => new ScriptCommandSyntax(d.word, d.arguments.GetOrElse(Array.Empty<ExpressionSyntax>()).ToEquatableArray(), span));

    /// <summary>The word of <c>load in REGION</c> as a clause.</summary>
    public const string LoadIn = "load in";

    /// <summary>One statement.</summary>
    public static readonly Parser<ScriptStatementSyntax> AnyStatement = input =>
    {
        IResult<NameSyntax> word = Lexemes.Name(input);
        if (word.WasSuccessful && Heads.TryGetValue(word.Value.Text, out Parser<ScriptStatementSyntax>? head)) return head(input);
        return Combinators.Expecting("a statement of a script", word.WasSuccessful && ScriptWords.Commands.Any(c => c.Word == word.Value.Text) ? Command : Input)(input);
    };

    /// <summary>The words that start a statement, for suggestions and editors.</summary>
    public static IEnumerable<string> StatementWords => Heads.Keys.Concat(ScriptWords.Commands.Select(c => c.Word)).Concat(new[] { "keep", "all" });

    /// <summary>A whole declaration, keyword included.</summary>
    public static Parser<DeclarationSyntax> Declaration(bool isFragment) =>
        (from keyword in Lexemes.Name
         from name in Lexemes.Name
         from statements in Statements
         select (name, statements)).Spanned().Select(p => (DeclarationSyntax)new ScriptSyntax(p.Value.name, isFragment, p.Value.statements, p.Span));

    private static bool IsClause(string word) =>
        word is "headers" or "filehdr" or "phdrs" or "flags" || ScriptWords.Clauses.Contains(word) || ScriptWords.Types.ContainsKey(word) || ScriptWords.Flags.ContainsKey(word);

    private static Parser<ScriptStatementSyntax> Statement<T>(Parser<T> parser, Func<T, TextSpan, ScriptStatementSyntax> make) =>
        parser.Spanned().Select(p => make(p.Value, p.Span));

    private static Parser<ScriptStatementSyntax> Assignment(Parser<ScriptSymbolKind> kind, Parser<ExpressionSyntax> target) => Statement(
        from k in kind
        from name in target
        from sign in AssignmentSign
        from value in Expression
        from end in End
        select (k, name, sign, value),
        (d, span) => new ScriptAssignmentSyntax(d.k, d.name, d.sign, d.value, span));

    private static Parser<ScriptStatementSyntax> Region() => Statement(
        from word in Lexemes.Name
        from name in Lexemes.Name
        from attributes in
            (from open in Lexemes.Symbol("(")
             from text in Lexemes.Name.Select(n => n.Text).XOr(Lexemes.String.Select(s => s.Value))
             from close in Lexemes.Symbol(")")
             select text).XOptional()
        from brace in Lexemes.Symbol("{")
        from originWord in Lexemes.Keyword("origin")
        from origin in Expression
        from first in End
        from lengthWord in Lexemes.Keyword("length")
        from length in Expression
        from second in End
        from closing in Lexemes.Symbol("}")
        select (name, attributes, origin, length),
        (d, span) => new ScriptRegionSyntax(d.name, d.attributes.GetOrElse(""), d.origin, d.length, span));

    private static Parser<ScriptStatementSyntax> Version()
    {
        Parser<ScriptVersionItemSyntax> item =
            from scope in Lexemes.NameThat("'global' or 'local'", t => t is "global" or "local")
            from language in (from word in Lexemes.Keyword("extern") from text in Lexemes.String select text).XOptional()
            from patterns in Pattern.XDelimitedBy(Lexemes.Symbol(","))
            from end in End
            select new ScriptVersionItemSyntax(scope, language.GetOrDefault(), patterns.ToEquatableArray());
        return Statement(
            from word in Lexemes.Name
            from name in Lexemes.String.XOptional()
            from bases in (from after in Lexemes.Keyword("after") from names in Lexemes.String.XDelimitedBy(Lexemes.Symbol(",")) select names).XOptional()
            from items in Combinators.Block(item)
            select (name, bases, items),
            (d, span) => new ScriptVersionSyntax(d.name.GetOrDefault(), d.bases.GetOrElse(Array.Empty<StringSyntax>()).ToEquatableArray(), d.items, span));
    }

    private static Parser<EquatableArray<StringSyntax>> Flags() =>
        from word in Lexemes.Keyword("flags")
        from open in Lexemes.Symbol("(")
        from flags in Lexemes.String.XDelimitedBy(Lexemes.Symbol(","))
        from close in Lexemes.Symbol(")")
        select flags.ToEquatableArray();

    private static IResult<ScriptPatternSyntax> ReadPattern(IInput input, int depth)
    {
        Parser<ScriptPatternSyntax> plain = Lexemes.String.Select(s => new ScriptPatternSyntax(s, default, default));
        Parser<ScriptPatternSyntax> excluding = from files in Excluded from pattern in Lexemes.String select new ScriptPatternSyntax(pattern, default, files);
        Parser<ScriptPatternSyntax> around =
            from word in Lexemes.NameThat("a sort", t => depth < 4 && (t is "literal" || ScriptWords.Sorts.ContainsKey(t)))
            from open in Lexemes.Symbol("(")
            from inner in (Parser<ScriptPatternSyntax>)(i => ReadPattern(i, depth + 1))
            from close in Lexemes.Symbol(")")
            select inner with { Functions = new[] { word }.Concat(inner.Functions).ToEquatableArray() };
        return plain.XOr(excluding).XOr(around)(input);
    }
}
