using System;
using System.Collections.Generic;
using System.Text;

namespace LayoutDsl.Parsing;

/// <summary>A part of a file that should hold one declaration.</summary>
/// <param name="Start">Offset of its first token in the file.</param>
/// <param name="End">Offset just after it.</param>
/// <param name="Documentation">The text of the doc comment above it.</param>
/// <param name="TooDeep">Offset of the bracket that nests too deeply, or -1.</param>
/// <param name="OpenComment">Offset of a comment that never ends, or -1. It reaches to the end of the file.</param>
internal readonly record struct DeclarationSlice(int Start, int End, string Documentation, int TooDeep, int OpenComment);

/// <summary>
/// Cuts a file into its declarations without understanding them: at a <c>;</c> or a closing brace outside all braces, and before a line that
/// starts another declaration, whatever is still open. One broken declaration therefore costs itself only, and an edit changes one slice.
/// </summary>
internal sealed class DeclarationScanner
{
    private readonly string text;
    private int position;
    private int openComment = -1;

    private DeclarationScanner(string text) => this.text = text;

    public static IEnumerable<DeclarationSlice> Scan(string text)
    {
        var scanner = new DeclarationScanner(text);
        while (true)
        {
            string documentation = scanner.SkipTrivia();
            if (scanner.position < text.Length) yield return scanner.ReadSlice(documentation);
            else if (scanner.openComment >= 0) yield return new DeclarationSlice(text.Length, text.Length, "", -1, scanner.openComment);
            if (scanner.position >= text.Length) yield break;
        }
    }

    private DeclarationSlice ReadSlice(string documentation)
    {
        int start = position;
        int depth = 0;
        int nesting = 0;
        int tooDeep = -1;

        // Statements of a script share words with declarations: in it, only a word at the margin starts a declaration.
        bool inScript = StartsWith("script") || StartsWith("fragment");
        while (position < text.Length)
        {
            if (position > start && (!inScript || IsAtMargin()) && StartsDeclaration()) break;
            char c = text[position];
            if (SkipStringOrComment()) continue;
            position++;
            if (c is '(' or '[' or '{' && ++nesting > SyntaxFacts.MaximumNesting && tooDeep < 0) tooDeep = position - 1;
            if (c is ')' or ']' or '}') nesting--;
            if (c == '{') depth++;
            if (c == '}' && --depth <= 0) break;
            if (c == ';' && depth == 0) break;
        }

        return new DeclarationSlice(start, position, documentation, tooDeep, openComment);
    }

    /// <summary>Whether a line starts here with the keyword of a declaration and what follows one.</summary>
    private bool StartsDeclaration()
    {
        if (!SyntaxFacts.IsNameStart(text[position]) || !OnlyWhiteSpaceBefore()) return false;
        int end = position;
        while (end < text.Length && SyntaxFacts.IsNamePart(text[end])) end++;
        bool keyword = false;
        foreach (string candidate in SyntaxFacts.DeclarationKeywords)
        {
            keyword |= candidate.Length == end - position && string.CompareOrdinal(candidate, 0, text, position, candidate.Length) == 0;
        }

        if (!keyword) return false;
        int next = end;
        while (next < text.Length && text[next] is ' ' or '\t') next++;
        return next < text.Length && (text[next] is '{' or '"' || (next > end && SyntaxFacts.IsNameStart(text[next])));
    }

    private bool StartsWith(string word) => string.CompareOrdinal(text, position, word, 0, word.Length) == 0 && position + word.Length < text.Length && !SyntaxFacts.IsNamePart(text[position + word.Length]);

    private bool IsAtMargin() => text[position - 1] is '\n' or '\r';

    private bool OnlyWhiteSpaceBefore()
    {
        int i = position - 1;
        while (i >= 0 && text[i] is ' ' or '\t') i--;
        return i < 0 || text[i] is '\n' or '\r';
    }

    private bool SkipStringOrComment()
    {
        char c = text[position];
        char next = position + 1 < text.Length ? text[position + 1] : '\0';
        if (c == '"')
        {
            SkipString();
            return true;
        }

        if (c != '/' || next is not ('/' or '*')) return false;
        SkipComment(next);
        return true;
    }

    private void SkipString()
    {
        position++;
        while (position < text.Length && text[position] is not ('"' or '\n' or '\r'))
        {
            position += text[position] == '\\' && position + 1 < text.Length && text[position + 1] is '"' or '\\' ? 2 : 1;
        }

        if (position < text.Length && text[position] == '"') position++;
    }

    private void SkipComment(char kind)
    {
        if (kind == '*')
        {
            int end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
            if (end < 0) openComment = position;
            position = end < 0 ? text.Length : end + 2;
            return;
        }

        while (position < text.Length && text[position] is not ('\n' or '\r')) position++;
    }

    /// <summary>Moves to the next token and gives the doc comment that stands right above it.</summary>
    private string SkipTrivia()
    {
        var documentation = new StringBuilder();
        while (position < text.Length)
        {
            char c = text[position];
            if (SyntaxFacts.IsWhiteSpace(c))
            {
                position++;
                continue;
            }

            int start = position;
            if (c == '"' || !SkipStringOrComment()) break;
            bool isDoc = string.CompareOrdinal(text, start, "///", 0, 3) == 0 && (start + 3 >= text.Length || text[start + 3] != '/');
            if (!isDoc) documentation.Clear();
            else AppendDocLine(documentation, text.Substring(start + 3, position - start - 3));
        }

        return documentation.ToString();
    }

    private static void AppendDocLine(StringBuilder documentation, string line)
    {
        if (documentation.Length > 0) documentation.Append('\n');
        documentation.Append((line.StartsWith(" ", StringComparison.Ordinal) ? line.Substring(1) : line).TrimEnd());
    }
}
