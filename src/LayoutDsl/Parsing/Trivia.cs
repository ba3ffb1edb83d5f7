namespace LayoutDsl.Parsing;

/// <summary>White space and comments: <c>// ...</c> to the end of the line, <c>/* ... */</c> without nesting.</summary>
internal static class Trivia
{
    /// <summary>The input after all trivia at its position.</summary>
    public static SliceInput Skip(SliceInput input)
    {
        int i = input.Position;
        while (true)
        {
            char c = input.CharAt(i);
            if (c != '\0' && SyntaxFacts.IsWhiteSpace(c)) i++;
            else if (c == '/' && input.CharAt(i + 1) == '/') i = EndOfLine(input, i);
            else if (c == '/' && input.CharAt(i + 1) == '*') i = EndOfComment(input, i);
            else return input.MoveTo(i);
        }
    }

    private static int EndOfLine(SliceInput input, int i)
    {
        while (i < input.Length && input.CharAt(i) is not ('\n' or '\r')) i++;
        return i;
    }

    private static int EndOfComment(SliceInput input, int i)
    {
        for (i += 2; i < input.Length; i++)
        {
            if (input.CharAt(i) == '*' && input.CharAt(i + 1) == '/') return i + 2;
        }

        return input.Length;
    }
}
