using System.Collections.Generic;
using System.Linq;
using System.Text;
using LayoutDsl.Diagnostics;
using LayoutDsl.Parsing;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Formatting;

/// <summary>
/// Gives a layout its usual form. It works on tokens and knows few words of the language: only white space changes, so that comments stay and the meaning does too.
/// A block that stands on one line stays there if it fits; where a block or a statement has lines of its own, it keeps them.
/// </summary>
internal sealed class LayoutFormatter
{
    private const int IndentWidth = 2;
    private const int MaximumWidth = 160;

    private readonly IReadOnlyList<FormatToken> tokens;
    private readonly bool[] isBroken;
    private readonly FormatLines lines = new();
    private readonly List<int> line = new();
    private readonly Stack<bool> open = new();
    private int indent;
    private int statement;

    private LayoutFormatter(IReadOnlyList<FormatToken> tokens)
    {
        this.tokens = tokens;
        isBroken = FindBrokenBlocks();
    }

    /// <summary>The formatted text; null when the file has syntax errors, which are the diagnostics.</summary>
    public static Result<string> Format(FileSyntax file)
    {
        if (file.Diagnostics.Count > 0) return new Result<string>(null, file.Diagnostics);
        IReadOnlyList<FormatToken> tokens = FormatLexer.Read(file.Text.Content);
        string text = new LayoutFormatter(tokens).Format();

        // Where a line may start matters to the scanner. Should that ever change what a file says, it stays as it is.
        FileSyntax again = LayoutParser.ParseFile(new SourceText(file.Text.Path, text));
        bool isSame = again.Diagnostics.Count == 0 && again.Declarations.Count == file.Declarations.Count
            && FormatLexer.Read(text).Select(t => (t.Kind, t.Content)).SequenceEqual(tokens.Select(t => (t.Kind, t.Content)));
        return new Result<string>(isSame ? text : file.Text.Content, default);
    }

    private string Format()
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && BreaksBefore(i)) Break(i);
            if (tokens[i].Is("}") && open.Count > 0) open.Pop();
            line.Add(i);
            if (tokens[i].Is("{")) open.Push(isBroken[i]);
            if (EndsStatement(i)) statement = i + 1;
        }

        if (line.Count > 0) Flush();
        return lines.ToString();
    }

    /// <summary>Blocks that have more than one line, and those that would be too long on one.</summary>
    private bool[] FindBrokenBlocks()
    {
        var broken = new bool[tokens.Count];
        var starts = new Stack<(int Token, int Line)>();
        int lineStart = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (starts.Count == 0 && i > 0 && (tokens[i - 1].Is(";") || tokens[i - 1].Is("}"))) lineStart = i;
            if (tokens[i].Is("{")) starts.Push((i, lineStart));
            if (!tokens[i].Is("}") || starts.Count == 0) continue;
            (int start, int first) = starts.Pop();
            bool hasLines = Enumerable.Range(start + 1, i - start).Any(t => tokens[t].LinesBefore > 0 || tokens[t].Content.IndexOf('\n') >= 0);
            int width = Enumerable.Range(first, i - first + 1).Sum(t => tokens[t].Content.Length + 1);
            broken[start] = hasLines || width > MaximumWidth;
        }

        return broken;
    }

    private bool EndsStatement(int i) => (tokens[i].Is(";") && (open.Count == 0 || open.Peek())) || (tokens[i].Is("{") && isBroken[i]) || (tokens[i].Is("}") && (open.Count == 0 || open.Peek()));

    private bool BreaksBefore(int i)
    {
        FormatToken before = tokens[i - 1];
        FormatToken token = tokens[i];
        bool inLines = open.Count == 0 || open.Peek();
        if (before.Kind == FormatTokenKind.LineComment) return true;
        if (token.IsComment && token.LinesBefore == 0 && !(before.Is("{") && inLines && open.Count > 0 && token.Kind == FormatTokenKind.BlockComment)) return false;
        if (token.Is("}")) return inLines && open.Count > 0;
        if (before.Is("{")) return inLines;
        if (token.Is(";") || token.Is(",")) return false;
        if (before.Is(";") || before.Is("}")) return inLines;
        return inLines && token.LinesBefore > 0 && !token.Is("{");
    }

    private void Break(int i)
    {
        Flush();
        FormatToken token = tokens[i];
        if (token.LinesBefore > 1 && !tokens[i - 1].Is("{") && !token.Is("}")) lines.AddBlank();
        int depth = open.Count(b => b) - (token.Is("}") ? 1 : 0);
        indent = IndentWidth * (depth + (Continues(i) ? 1 : 0));
    }

    /// <summary>Whether a line goes on with the statement of the one before it.</summary>
    private bool Continues(int i)
    {
        if (i <= statement || tokens[i].Is("}")) return false;
        int before = i - 1;
        while (before >= statement && tokens[before].IsComment) before--;
        if (before < statement) return false;
        return open.Count == 0 || tokens[before].Is(",") || tokens[before].Is("(") || tokens[before].IsOperator || tokens[i].IsOperator;
    }

    private void Flush()
    {
        int count = line.Count;
        bool hasComment = count > 1 && tokens[line[count - 1]].Kind == FormatTokenKind.LineComment;
        string comment = hasComment ? "  " + tokens[line[count - 1]].Content : "";
        if (hasComment) count--;
        bool isDeclaration = open.Count == 0 && tokens[line[0]].Kind == FormatTokenKind.Word && (line[0] == 0 || EndsDeclaration(line[0] - 1)) && (tokens[line[count - 1]].Is(";") || tokens[line[count - 1]].Is("}"));
        lines.Add(indent, isDeclaration ? Cut(count) : new[] { Join(line.Take(count)) }, isDeclaration ? tokens[line[0]].Content : "", comment);
        line.Clear();
        indent = 0;
    }

    private bool EndsDeclaration(int i) => tokens[i].IsComment || tokens[i].Is(";") || tokens[i].Is("}");

    /// <summary>Cuts a declaration where a column may start: before its permissions, its block or its value; in a library or image after each statement too.</summary>
    private List<string> Cut(int count)
    {
        var cells = new List<string>();
        var cell = new List<int>();
        bool hasColumns = tokens[line[0]].Content is "library" or "image";
        bool inBlock = false;
        bool inBody = false;
        for (int n = 0; n < count; n++)
        {
            int i = line[n];
            bool startsColumn = n > 0 && (inBlock
                ? hasColumns && tokens[i - 1].Is(";") && !tokens[i].Is("}")
                : tokens[i].Is("{") || (!inBody && (tokens[i].Is("=") || IsPermissions(i) || (tokens[line[0]].Content == "place" && tokens[i].Content is "in" or "from" or "after"))));
            if (startsColumn)
            {
                cells.Add(Join(cell));
                cell.Clear();
                inBody |= !IsPermissions(i);
            }

            inBlock |= tokens[i].Is("{");
            cell.Add(i);
        }

        cells.Add(Join(cell));
        return cells;
    }

    private string Join(IEnumerable<int> items)
    {
        var text = new StringBuilder();
        int before = -1;
        foreach (int i in items)
        {
            if (before >= 0) text.Append(FormatSpacing.Between(tokens[before], tokens[i], IsPermissions(i)));
            text.Append(tokens[i].Content);
            before = i;
        }

        return text.ToString();
    }

    /// <summary>The parenthesis behind the name of a section or region.</summary>
    private bool IsPermissions(int i) => i >= 2 && tokens[i].Is("(") && tokens[i - 1].Kind == FormatTokenKind.Word && tokens[i - 2].Content is "section" or "region";
}
