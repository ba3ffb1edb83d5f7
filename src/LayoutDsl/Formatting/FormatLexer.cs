using System;
using System.Collections.Generic;
using LayoutDsl.Parsing;

namespace LayoutDsl.Formatting;

/// <summary>Cuts a text without syntax errors into tokens and comments. Nothing is lost but white space.</summary>
internal sealed class FormatLexer
{
    private static readonly string[] LongSymbols = { "..", "<<", ">>", "<=", ">=", "==", "!=" };

    private readonly string text;
    private int position;

    private FormatLexer(string text) => this.text = text;

    public static IReadOnlyList<FormatToken> Read(string text)
    {
        var lexer = new FormatLexer(text);
        var tokens = new List<FormatToken>();
        while (true)
        {
            int before = lexer.position;
            int lines = lexer.SkipWhiteSpace();
            if (lexer.position >= text.Length) return tokens;
            bool hasSpace = lexer.position > before;
            int start = lexer.position;
            FormatTokenKind kind = lexer.SkipToken();
            string content = text.Substring(start, lexer.position - start);
            if (kind is FormatTokenKind.LineComment or FormatTokenKind.BlockComment) content = content.Replace("\r\n", "\n").Replace('\r', '\n').TrimEnd();
            tokens.Add(new FormatToken(kind, content, lines, hasSpace));
        }
    }

    private char At(int offset) => position + offset < text.Length ? text[position + offset] : '\0';

    private int SkipWhiteSpace()
    {
        int lines = 0;
        for (; position < text.Length && SyntaxFacts.IsWhiteSpace(text[position]); position++)
        {
            if (text[position] == '\n' || (text[position] == '\r' && At(1) != '\n')) lines++;
        }

        return lines;
    }

    private FormatTokenKind SkipToken()
    {
        char c = text[position];
        if (c == '/' && At(1) == '/')
        {
            while (position < text.Length && text[position] is not ('\n' or '\r')) position++;
            return FormatTokenKind.LineComment;
        }

        if (c == '/' && At(1) == '*')
        {
            int end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
            position = end < 0 ? text.Length : end + 2;
            return FormatTokenKind.BlockComment;
        }

        if (c == '"')
        {
            SkipText();
            return FormatTokenKind.Text;
        }

        if (SyntaxFacts.IsNamePart(c))
        {
            while (SyntaxFacts.IsNamePart(At(0))) position++;
            if (SyntaxFacts.IsDigit(c) && At(0) == '%') position++;
            return FormatTokenKind.Word;
        }

        position += Array.Exists(LongSymbols, s => string.CompareOrdinal(text, position, s, 0, s.Length) == 0) ? 2 : 1;
        return FormatTokenKind.Symbol;
    }

    private void SkipText()
    {
        position++;
        while (position < text.Length && text[position] is not ('"' or '\n' or '\r')) position += text[position] == '\\' && At(1) is '"' or '\\' ? 2 : 1;
        if (At(0) == '"') position++;
    }
}
