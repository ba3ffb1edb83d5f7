using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Importing;

/// <summary>
/// Reads a GNU ld script into the statements of the language (ld manual, Linker Scripts). Never throws for any text: what is no script is a diagnostic, and
/// reading goes on with the next statement.
/// </summary>
internal sealed partial class LdParser
{
    /// <summary>Most mistakes that are reported; what comes then is not worth reading.</summary>
    private const int MaximumErrors = 20;

    private readonly SourceText text;
    private readonly LdLexer lexer;
    private readonly LdImport import;
    private readonly int depth;

    /// <summary>Set by what cannot be read; the statement that holds it is given up.</summary>
    private bool failed;

    public LdParser(SourceText text, LdImport import, int depth)
    {
        this.text = text;
        this.import = import;
        this.depth = depth;
        lexer = new LdLexer(text.Content);
    }

    /// <summary>The statements of a whole file in a place.</summary>
    public List<ScriptStatementSyntax> ParseFile(ScriptPlaces place)
    {
        var statements = new List<ScriptStatementSyntax>();
        ParseStatements(statements, place, untilBrace: false);
        return statements;
    }

    private bool Stopped => import.Bag.Count >= MaximumErrors && import.Bag.HasErrors;

    private void ParseStatements(List<ScriptStatementSyntax> statements, ScriptPlaces place, bool untilBrace)
    {
        while (!Stopped)
        {
            AddComments(statements);
            LdToken next = lexer.Peek(LdMode.Statement);
            if (next.Kind == LdTokenKind.End)
            {
                if (untilBrace) Expected("'}'");
                return;
            }

            if (next.Is("}") && untilBrace)
            {
                lexer.Next(LdMode.Statement);
                return;
            }

            int start = lexer.Position;
            if (!next.Is(";") && !next.Is(",")) ParseStatement(statements, next, place);
            if (failed) Recover();
            if (lexer.Position == start) lexer.Next(LdMode.Statement);
        }
    }

    private void ParseStatement(List<ScriptStatementSyntax> statements, LdToken first, ScriptPlaces place)
    {
        ScriptStatementSyntax? statement = null;
        if (first.Kind == LdTokenKind.Name && first.Text is "INCLUDE") Include(statements, place);
        else if (first.Kind == LdTokenKind.Name && IsSymbolKeyword(first.Text)) statement = ParseProvided();
        else if (first.IsName && IsAssignment()) statement = ParseAssignment();
        else if (place == ScriptPlaces.Script) ParseScriptStatement(statements, first);
        else if (first.Kind == LdTokenKind.Name && FindCommand(first.Text, place) is { } command) statement = ParseCommand(command);
        else if (place == ScriptPlaces.Sections) statement = first.Is("OVERLAY") ? ParseOverlay() : ParseOutput();
        else statement = ParseInput();
        if (statement is not null && !failed) statements.Add(statement);
    }

    private void ParseScriptStatement(List<ScriptStatementSyntax> statements, LdToken first)
    {
        switch (first.Kind == LdTokenKind.Name ? first.Text : "")
        {
            case "MEMORY":
                Open();
                while (!failed && !Closes()) ParseRegion(statements);
                break;
            case "PHDRS":
                Open();
                while (!failed && !Closes()) ParseHeader(statements);
                break;
            case "VERSION":
                Open();
                while (!failed && !Closes()) ParseVersion(statements);
                break;
            case "SECTIONS":
                Open();
                var inner = new List<ScriptStatementSyntax>();
                if (!failed) ParseStatements(inner, ScriptPlaces.Sections, untilBrace: true);
                statements.Add(new ScriptSectionsSyntax(null, null, inner.ToEquatableArray(), first.Span));
                break;
            case "INSERT":
                ParseInsert(statements);
                break;
            case "HLL" or "SYSLIB" or "MAP":
                NotCarried(statements, "GNU ld ignores it too");
                break;
            case "FLOAT" or "NOFLOAT":
                NotCarried(statements, "GNU ld ignores it too", hasArguments: false);
                break;
            default:
                if (first.Kind == LdTokenKind.Name && FindCommand(first.Text, ScriptPlaces.Script) is { } command) Add(ParseCommand(command));
                else Expected("a command such as SECTIONS or ENTRY");
                break;
        }

        void Add(ScriptStatementSyntax? statement)
        {
            if (statement is not null && !failed) statements.Add(statement);
        }

        void Open()
        {
            lexer.Next(LdMode.Statement);
            import.Count(first.Text);
            Expect("{");
        }
    }

    /// <summary>Whether a block ends here; its brace is passed.</summary>
    private bool Closes()
    {
        LdToken next = lexer.Peek(LdMode.Statement);
        while (next.Is(",") || next.Is(";"))
        {
            lexer.Next(LdMode.Statement);
            next = lexer.Peek(LdMode.Statement);
        }

        if (next.Kind == LdTokenKind.End) Expected("'}'");
        else if (next.Is("}")) lexer.Next(LdMode.Statement);
        else return false;
        return true;
    }

    private static ScriptWord? FindCommand(string keyword, ScriptPlaces place) => ScriptWords.Commands.FirstOrDefault(c => c.Keyword == keyword && (c.Places & place) != 0);

    private ScriptCommandSyntax? ParseCommand(ScriptWord word)
    {
        LdToken keyword = lexer.Next(LdMode.Statement);
        import.Count(word.Keyword);
        var arguments = new List<ExpressionSyntax>();
        if (word.Word == "asciz") arguments.Add(ReadText(lexer.Next(LdMode.Pattern)));
        else if (word.Arguments != ScriptArguments.None)
        {
            Expect("(");
            if (!failed) ReadArguments(word, arguments);
        }

        if (!failed && (arguments.Count < word.Least || arguments.Count > word.Most)) Expected("other arguments");
        return failed ? null : new ScriptCommandSyntax(new NameSyntax(word.Word, keyword.Span), arguments.ToEquatableArray(), keyword.Span);
    }

    /// <summary>Arguments up to the closing parenthesis, which is passed.</summary>
    private void ReadArguments(ScriptWord word, List<ExpressionSyntax> arguments)
    {
        if (word.Word == "fill") arguments.Add(ReadFill());
        else if (word.Arguments is ScriptArguments.Values or ScriptArguments.Assertion)
        {
            arguments.Add(ReadExpression(0));
            if (word.Arguments == ScriptArguments.Assertion && !failed && Expect(",")) arguments.Add(ReadMessage());
        }
        else
        {
            ReadNames(word.Arguments, arguments, 0);
            return;
        }

        if (!failed) Expect(")");
    }

    /// <summary>Names, separated by commas or white space, up to the closing parenthesis.</summary>
    private void ReadNames(ScriptArguments kind, List<ExpressionSyntax> names, int nesting)
    {
        LdMode mode = kind is ScriptArguments.Symbols ? LdMode.Expression : LdMode.Pattern;
        while (!failed)
        {
            LdToken next = lexer.Next(mode);
            if (next.Is(")")) return;
            if (next.Is(",")) continue;
            if (next.Is("AS_NEEDED") && kind == ScriptArguments.Files && nesting < 2)
            {
                import.Count("AS_NEEDED");
                var inner = new List<ExpressionSyntax>();
                if (Expect("(")) ReadNames(kind, inner, nesting + 1);
                names.Add(new CallSyntax(new NameSyntax("as_needed", next.Span), inner.ToEquatableArray(), next.Span));
            }
            else if (next.IsName) names.Add(kind is ScriptArguments.Symbols or ScriptArguments.Regions ? SymbolOf(next) : ReadText(next));
            else Unexpected(next, "a name or ')'");
        }
    }

    private void Include(List<ScriptStatementSyntax> statements, ScriptPlaces place)
    {
        LdToken keyword = lexer.Next(LdMode.Statement);
        LdToken file = lexer.Next(LdMode.Pattern);
        if (!file.IsName)
        {
            Unexpected(file, "the name of a file");
            return;
        }

        import.Count("INCLUDE");
        SourceText? included = import.Resolve(file.Text, text.GetLocation(file.Span), depth);
        if (included is not null) statements.AddRange(new LdParser(included, import, depth + 1).ParseFile(place));
        else statements.Add(new ScriptCommandSyntax(new NameSyntax("include", keyword.Span), EquatableArray.Of<ExpressionSyntax>(ReadText(file)), keyword.Span));
    }

    private void ParseInsert(List<ScriptStatementSyntax> statements)
    {
        LdToken keyword = lexer.Next(LdMode.Statement);
        LdToken relation = lexer.Next(LdMode.Statement);
        LdToken anchor = lexer.Next(LdMode.Pattern);
        int index = statements.FindLastIndex(s => s is ScriptSectionsSyntax);
        if (!relation.Is("AFTER") && !relation.Is("BEFORE")) Unexpected(relation, "AFTER or BEFORE");
        else if (!anchor.IsName) Unexpected(anchor, "the name of an output section");
        else if (index < 0) Unexpected(keyword, "SECTIONS before INSERT");
        else
        {
            import.Count("INSERT");
            statements[index] = (ScriptSectionsSyntax)statements[index] with { Relation = new NameSyntax(relation.Text.ToLowerInvariant(), relation.Span), Anchor = ReadText(anchor) };
        }
    }

    private void NotCarried(List<ScriptStatementSyntax> statements, string hint, bool hasArguments = true)
    {
        LdToken keyword = lexer.Next(LdMode.Statement);
        string arguments = "";
        if (hasArguments && Expect("(")) arguments = "(" + (lexer.ReadUntil(')') ?? "") + ")";
        NotCarried(statements, keyword, keyword.Text + arguments, hint);
    }

    private void NotCarried(List<ScriptStatementSyntax> statements, LdToken keyword, string what, string hint)
    {
        import.CountLost(keyword.Text);
        import.Bag.ReportNotCarriedOver(text.GetLocation(keyword.Span), keyword.Text, hint);
        statements.Add(new ScriptCommentSyntax("NOT CARRIED OVER: " + what + " (" + hint + ")", keyword.Span));
    }

    private void AddComments(List<ScriptStatementSyntax> statements)
    {
        foreach (string comment in lexer.TakeComments()) statements.Add(new ScriptCommentSyntax(comment.Trim(), new TextSpan(lexer.Position, 0)));
    }

    private bool Expect(string symbol)
    {
        LdToken next = lexer.Peek(LdMode.Expression);
        if (!next.Is(symbol))
        {
            Unexpected(next, $"'{symbol}'");
            return false;
        }

        lexer.Next(LdMode.Expression);
        return true;
    }

    private void Expected(string what) => Unexpected(lexer.Peek(LdMode.Statement), what);

    private void Unexpected(LdToken found, string expected)
    {
        if (failed) return;
        failed = true;
        string shown = found.Text.Length > 40 ? found.Text.Substring(0, 40) + "..." : found.Text;
        import.Bag.ReportNotAScript(text.GetLocation(found.Span), found.Kind == LdTokenKind.End ? "the end of the script" : $"'{shown}'", expected);
    }

    /// <summary>Goes to the end of the statement that could not be read.</summary>
    private void Recover()
    {
        failed = false;
        int open = 0;
        while (!lexer.AtEnd)
        {
            LdToken next = lexer.Peek(LdMode.Expression);
            if (next.Is("}") && open <= 0) return;
            lexer.Next(LdMode.Expression);
            if (next.Is(";") && open <= 0) return;
            if (next.Is("{")) open++;
            if (next.Is("}") && --open <= 0) return;
        }
    }
}
