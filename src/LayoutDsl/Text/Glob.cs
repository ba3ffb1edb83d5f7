namespace LayoutDsl.Text;

/// <summary>Wildcards: <c>*</c> is any text, <c>?</c> one character. Takes time in proportion to the product of the lengths, never more.</summary>
public static class Glob
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>Whether a pattern can match more than one text.</summary>
    public static bool HasWildcards(string pattern) => pattern.IndexOfAny(Wildcards) >= 0;

    /// <summary>Whether the whole of <paramref name="text"/> matches.</summary>
    public static bool IsMatch(string pattern, string text)
    {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
