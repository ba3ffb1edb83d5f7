using System.Collections.Generic;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>The words of a script, read one after the other.</summary>
internal sealed class ScriptCursor
{
    private readonly IReadOnlyList<ScriptToken> tokens;

    public ScriptCursor(string text) => tokens = ScriptToken.Split(text);

    /// <summary>The number of the next word.</summary>
    public int Position { get; private set; }

    /// <summary>Whether nothing follows.</summary>
    public bool IsAtEnd => Position >= tokens.Count;

    /// <summary>Whether the next word stands in quotes.</summary>
    public bool IsQuoted => Position < tokens.Count && tokens[Position].IsQuoted;

    /// <summary>A word that follows, without taking it; empty behind the end.</summary>
    /// <param name="index">How many words are before it.</param>
    public string Peek(int index = 0) => Position + index < tokens.Count ? tokens[Position + index].Text : "";

    /// <summary>Takes the next word.</summary>
    /// <exception cref="PredictionException">Nothing follows.</exception>
    public string Next() => Position < tokens.Count ? tokens[Position++].Text : throw new PredictionException("the script ends too early");

    /// <summary>Takes the next word if it is a certain one.</summary>
    public bool Take(string text)
    {
        bool found = Peek() == text;
        if (found) Position++;
        return found;
    }

    /// <summary>Takes the next word, which has to be a certain one.</summary>
    /// <exception cref="PredictionException">It is another one.</exception>
    public void Expect(string text)
    {
        string next = Next();
        if (next != text) throw new PredictionException($"the script has '{next}' where the model expects '{text}'");
    }

    /// <summary>What is thrown at something that is not known.</summary>
    public static PredictionException Unknown(string what) => new($"the script has {what}, which the model of the linker does not know");

    /// <summary>Takes everything in braces.</summary>
    public void SkipBlock()
    {
        Expect("{");
        int depth = 1;
        while (depth > 0)
        {
            string token = Next();
            if (token == "{") depth++;
            if (token == "}") depth--;
        }
    }

    /// <summary>Takes everything in parentheses.</summary>
    public void SkipParentheses()
    {
        Expect("(");
        int depth = 1;
        while (depth > 0)
        {
            bool isQuoted = IsQuoted;
            string text = Next();
            if (isQuoted) continue;
            if (text == "(") depth++;
            if (text == ")") depth--;
        }
    }
}
