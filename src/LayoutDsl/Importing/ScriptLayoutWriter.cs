using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Emit;
using LayoutDsl.Emit.Scripts;
using LayoutDsl.Parsing;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Importing;

/// <summary>Writes statements of a script as a layout says them.</summary>
internal sealed class ScriptLayoutWriter
{
    private readonly IndentedText text = new();

    public static string Write(string name, string source, IEnumerable<ScriptStatementSyntax> statements)
    {
        var writer = new ScriptLayoutWriter();
        writer.text.Line($"layout Imported.{char.ToUpperInvariant(name[0])}{name.Substring(1)};");
        writer.text.Line();
        writer.text.Line($"/// Imported from {new string(source.Select(c => c < ' ' ? ' ' : c).ToArray())}.");
        writer.Block($"script {name}", statements);
        return writer.text.ToString();
    }

    private void Block(string head, IEnumerable<ScriptStatementSyntax> statements)
    {
        text.OpenOnLine(head + " {");
        foreach (ScriptStatementSyntax statement in statements) Write(statement);
        text.Close();
    }

    private void Write(ScriptStatementSyntax statement)
    {
        switch (statement)
        {
            case ScriptCommentSyntax comment:
                foreach (string line in comment.Text.Split('\n')) text.Line(("// " + new string(line.Select(c => c < ' ' ? ' ' : c).ToArray()).Trim()).TrimEnd());
                break;
            case ScriptCommandSyntax command:
                text.Line($"{command.Word.Text}{(command.Arguments.Count > 0 ? " " : "")}{string.Join(", ", command.Arguments.Select(Write))};");
                break;
            case ScriptAssignmentSyntax assignment:
                text.Line($"{WordOf(assignment)}{Write(assignment.Target)} {assignment.Operator} {Write(assignment.Value)};");
                break;
            case ScriptRegionSyntax region:
                string attributes = region.Attributes.Length == 0 ? "" : region.Attributes.All(SyntaxFacts.IsNamePart) ? $" ({region.Attributes})" : $" ({LayoutDialect.Quote(region.Attributes)})";
                text.Line($"region {region.Name.Text}{attributes} {{ origin {Write(region.Origin)}; length {Write(region.Length)}; }}");
                break;
            case ScriptHeaderSyntax header:
                text.Line($"header {header.Name.Text} {Write(header.Type)}{Write(header.Clauses)};");
                break;
            case ScriptSectionsSyntax sections:
                Block("sections" + (sections.Anchor is null ? "" : $" {sections.Relation!.Text} {LayoutDialect.Quote(sections.Anchor.Value)}"), sections.Statements);
                break;
            case ScriptOutputSyntax output:
                Block((output.Name.Value == ScriptOutputSyntax.Discard ? "discard" : "section " + LayoutDialect.Quote(output.Name.Value)) + Write(output.Clauses), output.Statements);
                break;
            case ScriptOverlaySyntax overlay:
                Block("overlay" + Write(overlay.Clauses), overlay.Sections);
                break;
            case ScriptInputSyntax input:
                text.Line(Write(input));
                break;
            case ScriptVersionSyntax version:
                Write(version);
                break;
        }
    }

    private static string WordOf(ScriptAssignmentSyntax assignment) => assignment.Kind switch
    {
        ScriptSymbolKind.Hidden => "hidden symbol ",
        ScriptSymbolKind.Provide => "provide symbol ",
        ScriptSymbolKind.ProvideHidden => "provide hidden symbol ",
        _ => assignment.Target is NameSyntax { Text: Model.ScriptWords.Here } ? "" : "symbol ",
    };

    private void Write(ScriptVersionSyntax version)
    {
        string bases = version.Bases.Count > 0 ? " after " + string.Join(", ", version.Bases.Select(b => LayoutDialect.Quote(b.Value))) : "";
        text.OpenOnLine("version" + (version.Name is null ? "" : " " + LayoutDialect.Quote(version.Name.Value)) + bases + " {");
        foreach (ScriptVersionItemSyntax item in version.Items)
        {
            string language = item.Language is null ? "" : $" extern {LayoutDialect.Quote(item.Language.Value)}";
            text.Line($"{item.Scope.Text}{language} {string.Join(", ", item.Patterns.Select(Write))};");
        }

        text.Close();
    }

    private static string Write(ScriptInputSyntax input)
    {
        string flags = input.Flags.Count > 0 ? $"flags({string.Join(", ", input.Flags.Select(f => LayoutDialect.Quote(f.Value)))}) " : "";
        string sections = input.Sections.Count > 0 ? string.Join(" ", input.Sections.Select(Write)) : "all";
        return (input.Keep ? "keep " : "") + flags + sections + (input.File is null ? "" : " from " + Write(input.File)) + ";";
    }

    private static string Write(ScriptPatternSyntax pattern)
    {
        string excluded = pattern.Excluded.Count > 0 ? $"exclude({string.Join(", ", pattern.Excluded.Select(e => LayoutDialect.Quote(e.Value)))}) " : "";
        return pattern.Functions.Reverse().Aggregate(excluded + LayoutDialect.Quote(pattern.Text.Value), (inner, f) => $"{f.Text}({inner})");
    }

    private static string Write(EquatableArray<ScriptClauseSyntax> clauses) =>
        string.Concat(clauses.Select(c => " " + c.Word.Text + (c.Values.Count > 0 ? " " : "") + string.Join(", ", c.Values.Select(Write))));

    private static string Write(ExpressionSyntax expression) => ScriptExpressionText.Write(expression, LayoutDialect.Instance);
}
