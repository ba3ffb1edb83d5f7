using System;
using System.Collections.Generic;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>A word of a linker script.</summary>
/// <param name="Text">The word; of a quoted one what is between the quotes.</param>
/// <param name="IsQuoted">Whether it stood in quotes: then it is a name, whatever it looks like.</param>
internal readonly record struct ScriptToken(string Text, bool IsQuoted)
{
    /// <summary>What stands for itself; everything else up to white space or one of these is one word.</summary>
    private const string Punctuation = "(){};:=,<>";

    /// <summary>Splits a script into its words; comments are left out.</summary>
    public static IReadOnlyList<ScriptToken> Split(string text)
    {
        var tokens = new List<ScriptToken>();
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (string.CompareOrdinal(text, i, "/*", 0, 2) == 0)
            {
                int end = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? text.Length : end + 2;
            }
            else if (text[i] == '"')
            {
                int end = text.IndexOf('"', i + 1);
                if (end < 0) throw new PredictionException("the script has a quote without its end");
                i = end + 1;
                tokens.Add(new ScriptToken(text.Substring(start + 1, end - start - 1), true));
            }
            else if (Punctuation.IndexOf(text[i]) >= 0)
            {
                tokens.Add(new ScriptToken(text.Substring(i++, 1), false));
            }
            else
            {
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && Punctuation.IndexOf(text[i]) < 0 && text[i] != '"') i++;
                tokens.Add(new ScriptToken(text.Substring(start, i - start), false));
            }
        }

        return tokens;
    }
}
