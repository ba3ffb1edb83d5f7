using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>
/// Checks a script: every statement where it can stand, every word with what belongs to it, every name of a region or program header declared. What only the
/// linker knows (symbols, sizes, addresses) is left to it. Constants of the layout become numbers.
/// </summary>
internal sealed class ScriptBinder
{
    /// <summary>Around a name of a version that is no pattern.</summary>
    private const string Literal = "literal";

    private readonly SourcedDeclaration source;
    private readonly ScriptExpressionBinder expressions;
    private readonly DiagnosticBag bag;
    private readonly HashSet<string> regions = new(StringComparer.Ordinal);
    private readonly HashSet<string> headers = new(StringComparer.Ordinal) { "NONE" };

    /// <summary>A script that another one completes may use names of that one.</summary>
    private bool isOpen;

    private ScriptBinder(SourcedDeclaration source, ConstantTable constants, DiagnosticBag bag)
    {
        this.source = source;
        this.bag = bag;
        expressions = new ScriptExpressionBinder(source, constants, bag);
    }

    public static BoundScript Bind(SourcedDeclaration source, ScriptSyntax syntax, ConstantTable constants, DiagnosticBag bag)
    {
        var binder = new ScriptBinder(source, constants, bag);
        binder.Declare(syntax);
        EquatableArray<ScriptStatementSyntax> statements = binder.BindAll(syntax.Statements, syntax.IsFragment ? ScriptPlaces.All : ScriptPlaces.Script);
        return new BoundScript(syntax.Name.Text, syntax.IsFragment, statements, source.Placed.Documentation, source.Locate(syntax.Name.Span));
    }

    private void Declare(ScriptSyntax syntax)
    {
        isOpen = syntax.IsFragment || syntax.Statements.Any(s => s is ScriptSectionsSyntax { Anchor: not null } || s is ScriptCommandSyntax { Word.Text: "include" });
        foreach (ScriptStatementSyntax statement in syntax.Statements)
        {
            if (statement is ScriptRegionSyntax region) regions.Add(region.Name.Text);
            else if (statement is ScriptHeaderSyntax header) headers.Add(header.Name.Text);
            else if (statement is ScriptCommandSyntax { Word.Text: "alias", Arguments.Count: > 0 } alias) regions.Add(TextOf(alias.Arguments[0]));
        }
    }

    private EquatableArray<ScriptStatementSyntax> BindAll(EquatableArray<ScriptStatementSyntax> statements, ScriptPlaces place) =>
        statements.Select(s => Bind(s, place)).ToEquatableArray();

    private ScriptStatementSyntax Bind(ScriptStatementSyntax statement, ScriptPlaces place) => statement switch
    {
        ScriptCommandSyntax command => Bind(command, place),
        ScriptAssignmentSyntax assignment => Bind(assignment, place),
        ScriptRegionSyntax region => Bind(region, place),
        ScriptHeaderSyntax header => Bind(header, place),
        ScriptSectionsSyntax sections => Bind(sections, place),
        ScriptOutputSyntax output => Bind(output, place),
        ScriptOverlaySyntax overlay => Bind(overlay, place),
        ScriptInputSyntax input => Bind(input, place),
        ScriptVersionSyntax version => Bind(version, place),
        _ => statement,
    };

    private ScriptCommandSyntax Bind(ScriptCommandSyntax command, ScriptPlaces place)
    {
        ScriptWord word = ScriptWords.Commands.First(c => c.Word == command.Word.Text);
        CheckPlace(command.Word.Span, $"'{word.Word}'", place, word.Places);
        if (word.Word == "fill" && command.Arguments.Count == 1) return command with { Arguments = EquatableArray.Of(BindFill(command.Arguments[0])) };
        return command with { Arguments = expressions.BindArguments(word, command.Arguments, command.Word.Span) };
    }

    private ScriptAssignmentSyntax Bind(ScriptAssignmentSyntax assignment, ScriptPlaces place)
    {
        bool isHere = assignment.Target is NameSyntax { Text: ScriptWords.Here };
        if (isHere) CheckPlace(assignment.Target.Span, "'here'", place, ScriptPlaces.Sections | ScriptPlaces.Output);
        if (isHere && assignment.Kind != ScriptSymbolKind.Plain) bag.ReportBadClause(source.Locate(assignment.Target.Span), "'here' is the place where the script is, and no symbol", "write a name");
        if (assignment.Kind != ScriptSymbolKind.Plain && assignment.Operator != "=") bag.ReportBadClause(source.Locate(assignment.Span), $"'{assignment.Operator}' needs a symbol that is there already", "write '='");
        if (assignment.Target is StringSyntax text) expressions.CheckText(text);
        return assignment with { Value = expressions.Bind(assignment.Value) };
    }

    private ScriptRegionSyntax Bind(ScriptRegionSyntax region, ScriptPlaces place)
    {
        CheckPlace(region.Name.Span, "'region'", place, ScriptPlaces.Script);
        if (region.Attributes.Any(c => "rwxailRWXAIL!".IndexOf(c) < 0)) bag.ReportBadPermissions(source.Locate(region.Name.Span), region.Attributes, "use the letters r, w, x, a, i, l, and '!' before those that are not wanted");
        return region with { Origin = expressions.Bind(region.Origin), Length = expressions.Bind(region.Length) };
    }

    private ScriptHeaderSyntax Bind(ScriptHeaderSyntax header, ScriptPlaces place)
    {
        CheckPlace(header.Name.Span, "'header'", place, ScriptPlaces.Script);
        return header with
        {
            Type = header.Type is NameSyntax ? header.Type : expressions.Bind(header.Type),
            Clauses = BindClauses(header.Clauses, "a program header", new[] { "filehdr", "phdrs", "at", "flags" }),
        };
    }

    private ScriptSectionsSyntax Bind(ScriptSectionsSyntax sections, ScriptPlaces place)
    {
        CheckPlace(sections.Relation?.Span ?? new TextSpan(sections.Span.Start, "sections".Length), "'sections'", place, ScriptPlaces.Script);
        if (sections.Anchor is not null) expressions.CheckText(sections.Anchor);
        return sections with { Statements = BindAll(sections.Statements, ScriptPlaces.Sections) };
    }

    private ScriptOutputSyntax Bind(ScriptOutputSyntax output, ScriptPlaces place)
    {
        CheckPlace(output.Name.Span, output.Name.Value == ScriptOutputSyntax.Discard ? "'discard'" : "an output section", place, ScriptPlaces.Sections);
        expressions.CheckText(output.Name);
        string[] words = ScriptWords.Clauses.Concat(ScriptWords.Types.Keys).Concat(ScriptWords.Flags.Keys.Where(f => f != "no_cross_references")).Concat(new[] { "headers", ScriptGrammar.LoadIn }).ToArray();
        return output with { Clauses = BindClauses(output.Clauses, "an output section", words), Statements = BindAll(output.Statements, ScriptPlaces.Output) };
    }

    private ScriptOverlaySyntax Bind(ScriptOverlaySyntax overlay, ScriptPlaces place)
    {
        var span = new TextSpan(overlay.Span.Start, "overlay".Length);
        CheckPlace(span, "'overlay'", place, ScriptPlaces.Sections);
        foreach (ScriptStatementSyntax other in overlay.Sections.Where(s => s is not (ScriptOutputSyntax or ScriptCommentSyntax)))
        {
            bag.ReportMisplacedStatement(source.Locate(other.Span), "this statement", "an 'overlay'", "an overlay has sections only");
        }

        return overlay with
        {
            Clauses = BindClauses(overlay.Clauses, "an overlay", new[] { "at", "load", "in", ScriptGrammar.LoadIn, "headers", "fill", "no_cross_references" }),
            Sections = BindAll(overlay.Sections, ScriptPlaces.Sections),
        };
    }

    private ScriptInputSyntax Bind(ScriptInputSyntax input, ScriptPlaces place)
    {
        CheckPlace(input.Span with { Length = Math.Min(input.Span.Length, input.Sections.Count > 0 ? input.Sections[0].Text.Span.End - input.Span.Start : 3) }, "an input pattern", place, ScriptPlaces.Output);
        foreach (StringSyntax flag in input.Flags) expressions.CheckPlain(flag, "!_");
        foreach (ScriptPatternSyntax pattern in input.Sections.Concat(input.File is null ? Array.Empty<ScriptPatternSyntax>() : new[] { input.File }))
        {
            foreach (StringSyntax text in pattern.Excluded.Append(pattern.Text)) expressions.CheckText(text);
            foreach (NameSyntax word in pattern.Functions.Where(f => f.Text == Literal)) bag.ReportBadClause(source.Locate(word.Span), "'literal' means nothing for an input pattern", "it is for the names of a 'version'");
        }

        if (input.File is null && input.Sections.Count == 0) bag.ReportMissingProperty(source.Locate(input.Span), "'all'", "file", "all from \"crt0.o\";");
        return input;
    }

    private ScriptVersionSyntax Bind(ScriptVersionSyntax version, ScriptPlaces place)
    {
        CheckPlace(new TextSpan(version.Span.Start, "version".Length), "'version'", place, ScriptPlaces.Script);
        foreach (StringSyntax name in version.Name is null ? version.Bases : version.Bases.Append(version.Name)) expressions.CheckPlain(name, "_.$");
        foreach (ScriptVersionItemSyntax item in version.Items)
        {
            if (item.Language is not null) expressions.CheckText(item.Language);
            foreach (ScriptPatternSyntax pattern in item.Patterns)
            {
                if (pattern.Functions.Count == 0) expressions.CheckPlain(pattern.Text, "_.$*?[]-!^:~@");
                else expressions.CheckText(pattern.Text);
                foreach (NameSyntax word in pattern.Functions.Where(f => f.Text != Literal)) bag.ReportBadClause(source.Locate(word.Span), $"'{word.Text}' means nothing for a 'version'", "there is 'literal' only");
            }
        }

        return version;
    }

    private EquatableArray<ScriptClauseSyntax> BindClauses(EquatableArray<ScriptClauseSyntax> clauses, string owner, IReadOnlyCollection<string> allowed)
    {
        var seen = new Dictionary<string, NameSyntax>(StringComparer.Ordinal);
        foreach (ScriptClauseSyntax clause in clauses)
        {
            // Types exclude each other, but for 'readonly' with a type; so do the two constraints, and the two ways to say where a section is loaded.
            string word = clause.Word.Text;
            string kind = ScriptWords.Types.ContainsKey(word) && word != "readonly" ? "type" : word is "only_if_ro" or "only_if_rw" ? "only_if" : word;
            SourceLocation location = source.Locate(clause.Word.Span);
            if (!allowed.Contains(word)) bag.ReportBadClause(location, $"'{word}' means nothing for {owner}", $"there are: {string.Join(", ", allowed.Where(a => a != ScriptGrammar.LoadIn))}");
            else if (seen.TryGetValue(kind, out NameSyntax? first)) bag.ReportDuplicateProperty(location, first.Text, source.Locate(first.Span));
            else seen.Add(kind, clause.Word);
        }

        return clauses.Select(Bind).ToEquatableArray();
    }

    private ScriptClauseSyntax Bind(ScriptClauseSyntax clause)
    {
        string word = clause.Word.Text;
        if (word is "in" or ScriptGrammar.LoadIn) CheckKnown(clause.Values[0], "region", regions);
        else if (word == "headers") foreach (ExpressionSyntax header in clause.Values) CheckKnown(header, "program header", headers);
        else if (word == "fill") return clause with { Values = EquatableArray.Of(BindFill(clause.Values[0])) };
        else return clause with { Values = clause.Values.Select(expressions.Bind).ToEquatableArray() };
        return clause;
    }

    private void CheckKnown(ExpressionSyntax name, string kind, ISet<string> known)
    {
        if (name is StringSyntax text) expressions.CheckText(text);
        if (!isOpen && !known.Contains(TextOf(name))) bag.ReportUnknownName(source.Locate(name.Span), kind, TextOf(name), known.ToArray());
    }

    /// <summary>A quoted fill is a pattern of bytes in hexadecimal digits, a value its four lowest bytes.</summary>
    private ExpressionSyntax BindFill(ExpressionSyntax value)
    {
        if (value is not StringSyntax text) return expressions.Bind(value);
        if (text.Value.Length == 0 || text.Value.Any(c => !Uri.IsHexDigit(c))) bag.ReportWrongValue(source.Locate(text.Span), "a pattern of hexadecimal digits such as \"90\"");
        return text;
    }

    private void CheckPlace(TextSpan span, string what, ScriptPlaces place, ScriptPlaces allowed)
    {
        if ((place & allowed) != 0) return;
        string here = place switch { ScriptPlaces.Script => "a script itself", ScriptPlaces.Sections => "'sections'", _ => "an output section" };
        string hint = (allowed & ScriptPlaces.Sections) != 0 ? "put it into 'sections { ... }'" : (allowed & ScriptPlaces.Output) != 0 ? "put it into 'section \".name\" { ... }'" : "put it into the script itself";
        bag.ReportMisplacedStatement(source.Locate(span), what, here, hint);
    }

    internal static string TextOf(ExpressionSyntax name) => name switch { NameSyntax n => n.Text, StringSyntax s => s.Value, _ => "" };
}
