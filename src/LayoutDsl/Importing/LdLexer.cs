using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Parsing;
using LayoutDsl.Text;

namespace LayoutDsl.Importing;

/// <summary>The tokens of a GNU ld script. Reads any text: what is no token is a symbol of one character.</summary>
internal sealed class LdLexer
{
    private const string PatternSigns = "_./\\-+$:[]~?*^!";
    private const string DiscardName = "/DISCARD/";

    private readonly string text;
    private readonly List<string> comments = new();

    public LdLexer(string text) => this.text = text;

    /// <summary>Where the next token is looked for.</summary>
    public int Position { get; set; }

    /// <summary>Whether nothing but white space and comments is left.</summary>
    public bool AtEnd
    {
        get
        {
            SkipTrivia();
            return Position >= text.Length;
        }
    }

    /// <summary>The comments since they were last taken.</summary>
    public IReadOnlyList<string> TakeComments()
    {
        SkipTrivia();
        string[] taken = comments.ToArray();
        comments.Clear();
        return taken;
    }

    public LdToken Peek(LdMode mode)
    {
        SkipTrivia();
        int start = Position;
        LdToken token = Next(mode);
        Position = start;
        return token;
    }

    public LdToken Next(LdMode mode)
    {
        SkipTrivia();
        int start = Position;
        if (start >= text.Length) return new LdToken(LdTokenKind.End, "", 0, new TextSpan(text.Length, 0));
        char c = text[start];
        if (c == '"') return ReadQuoted(start);
        if (mode == LdMode.Expression && (SyntaxFacts.IsDigit(c) || (c == '$' && Uri.IsHexDigit(CharAt(start + 1))))) return ReadNumber(start);
        int end = mode == LdMode.Expression ? EndOfSymbol(start) : EndOfPattern(start, mode);
        if (end > start)
        {
            Position = end;
            return new LdToken(LdTokenKind.Name, text.Substring(start, end - start), 0, TextSpan.FromBounds(start, end));
        }

        string op = ScriptOperators.Find(CharAt, start);
        int length = Math.Max(op.Length, 1);
        Position = start + length;
        return new LdToken(LdTokenKind.Symbol, text.Substring(start, length), 0, new TextSpan(start, length));
    }

    /// <summary>The text up to a character, which is passed; null when it does not come.</summary>
    public string? ReadUntil(char end)
    {
        int at = text.IndexOf(end, Position);
        if (at < 0) return null;
        string read = text.Substring(Position, at - Position);
        Position = at + 1;
        return read;
    }

    private char CharAt(int position) => position < text.Length ? text[position] : '\0';

    private LdToken ReadQuoted(int start)
    {
        int end = text.IndexOf('"', start + 1);
        Position = end < 0 ? text.Length : end + 1;
        if (end < 0) return new LdToken(LdTokenKind.Symbol, "\"", 0, new TextSpan(start, 1));
        return new LdToken(LdTokenKind.Quoted, text.Substring(start + 1, end - start - 1), 0, TextSpan.FromBounds(start, Position));
    }

    private LdToken ReadNumber(int start)
    {
        int end = start + 1;
        while (SyntaxFacts.IsNamePart(CharAt(end))) end++;
        Position = end;
        string digits = text.Substring(start, end - start);
        bool known = TryRead(digits, out ulong value);
        return new LdToken(known ? LdTokenKind.Number : LdTokenKind.Symbol, digits, value, TextSpan.FromBounds(start, end));
    }

    /// <summary>Numbers of GNU ld (ld manual, Constants): <c>0x</c> and <c>$</c> are hexadecimal, a leading zero is octal, <c>K</c> and <c>M</c> are units, and so are the endings of MRI scripts.</summary>
    private static bool TryRead(string digits, out ulong value)
    {
        value = 0;
        uint radix = 10;
        ulong factor = 1;
        bool hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || digits[0] == '$';
        char last = char.ToUpperInvariant(digits[digits.Length - 1]);
        if (last is 'K' or 'M')
        {
            factor = last == 'K' ? 1UL << 10 : 1UL << 20;
            digits = digits.Substring(0, digits.Length - 1);
        }
        else if (!hex && last is 'H' or 'O' or 'X')
        {
            radix = last == 'O' ? 8u : 16u;
            digits = digits.Substring(0, digits.Length - 1);
        }
        else if (!hex && last is 'D' or 'B' && digits.Length > 1)
        {
            radix = last == 'B' ? 2u : 10u;
            digits = digits.Substring(0, digits.Length - 1);
        }

        if (hex) (radix, digits) = (16, digits.Substring(digits[0] == '$' ? 1 : 2));
        else if (radix == 10 && digits.Length > 1 && digits[0] == '0') radix = 8;
        if (digits.Length == 0) return false;
        foreach (char c in digits)
        {
            if (!Uri.IsHexDigit(c)) return false;
            uint digit = c <= '9' ? (uint)(c - '0') : (uint)((c | 0x20) - 'a' + 10);
            if (digit >= radix || value > (ulong.MaxValue - digit) / radix) return false;
            value = (value * radix) + digit;
        }

        if (value > ulong.MaxValue / factor) return false;
        value *= factor;
        return true;
    }

    private int EndOfSymbol(int start)
    {
        if (string.CompareOrdinal(text, start, DiscardName, 0, DiscardName.Length) == 0) return start + DiscardName.Length;
        if (!IsSymbolPart(CharAt(start)) || SyntaxFacts.IsDigit(text[start])) return start;
        int end = start;
        while (IsSymbolPart(CharAt(end))) end++;
        return end;
    }

    private static bool IsSymbolPart(char c) => SyntaxFacts.IsNamePart(c) || c is '.' or '$' || (c > '\u007f' && char.IsLetter(c));

    private int EndOfPattern(int start, LdMode mode)
    {
        int end = start;
        while (SyntaxFacts.IsNamePart(CharAt(end)) || (CharAt(end) != '\0' && (PatternSigns.IndexOf(CharAt(end)) >= 0 || (CharAt(end) > '\u007f' && char.IsLetter(CharAt(end))))))
        {
            // A colon is the mark between archive and member when a name follows it.
            if (CharAt(end) == ':' && (mode == LdMode.Statement || SyntaxFacts.IsWhiteSpace(CharAt(end + 1)) || CharAt(end + 1) is '\0' or '{' or '(' or ')')) break;
            if (mode == LdMode.Statement && end > start && ScriptOperators.Assignments.Contains(ScriptOperators.Find(CharAt, end))) break;
            end++;
        }

        return end;
    }

    private void SkipTrivia()
    {
        while (Position < text.Length)
        {
            char c = text[Position];
            if (SyntaxFacts.IsWhiteSpace(c)) Position++;
            else if (c == '/' && CharAt(Position + 1) == '*') SkipComment();
            else if (c == '#' && (Position == 0 || text[Position - 1] is '\n' or '\r')) SkipLine();
            else return;
        }
    }

    private void SkipComment()
    {
        int end = text.IndexOf("*/", Position + 2, StringComparison.Ordinal);
        string comment = text.Substring(Position + 2, (end < 0 ? text.Length : end) - Position - 2);
        Position = end < 0 ? text.Length : end + 2;
        comments.Add(comment);
    }

    /// <summary>A line of a preprocessor that was here before.</summary>
    private void SkipLine()
    {
        while (Position < text.Length && text[Position] is not ('\n' or '\r')) Position++;
    }
}
