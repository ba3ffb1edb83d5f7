using System;
using System.Globalization;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>Reads the expressions of scripts, as far as emitted ones have them.</summary>
internal sealed class ScriptExpressionReader(ScriptCursor cursor)
{
    /// <summary>Reads an expression with what may stand around all of it: a question whether a symbol is defined.</summary>
    public ScriptExpression Read()
    {
        if (!cursor.Take("DEFINED")) return ReadSum();
        cursor.Expect("(");
        string name = cursor.Next();
        cursor.Expect(")");
        cursor.Expect("?");
        ScriptExpression then = Read();
        cursor.Expect(":");
        return new DefinedExpression(name, then, Read());
    }

    /// <summary>Reads a sum.</summary>
    public ScriptExpression ReadSum()
    {
        ScriptExpression left = ReadTerm();
        while (cursor.Peek() is "+" or "-")
        {
            char op = cursor.Next()[0];
            left = new BinaryExpression(op, left, ReadTerm());
        }

        return left;
    }

    /// <summary>Reads a number, a symbol, a function or what is in parentheses.</summary>
    public ScriptExpression ReadTerm()
    {
        bool isQuoted = cursor.IsQuoted;
        string text = cursor.Next();
        if (!isQuoted)
        {
            switch (text)
            {
                case "ABSOLUTE" or "(":
                    if (text == "ABSOLUTE") cursor.Expect("(");
                    ScriptExpression inner = Read();
                    cursor.Expect(")");
                    return inner;
                case "ALIGN":
                    cursor.Expect("(");
                    ScriptExpression first = ReadSum();
                    ScriptExpression aligned = cursor.Take(",") ? new BinaryExpression('a', first, ReadSum()) : new BinaryExpression('a', new SymbolExpression("."), first);
                    cursor.Expect(")");
                    return aligned;
                case "MAX":
                    cursor.Expect("(");
                    ScriptExpression left = ReadSum();
                    cursor.Expect(",");
                    ScriptExpression larger = new BinaryExpression('m', left, ReadSum());
                    cursor.Expect(")");
                    return larger;
            }

            if (text.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex)) return new NumberExpression(hex);
            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)) return new NumberExpression(value);
            if (cursor.Peek() == "(") throw ScriptCursor.Unknown(text + "()");
        }

        return new SymbolExpression(text);
    }
}
