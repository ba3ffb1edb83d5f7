using System.Collections.Generic;
using System.Text;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>Splits a response file as libiberty does: white space separates, quotes of both kinds hold together, a backslash protects the next character.</summary>
internal static class ResponseText
{
    public static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        bool any = false;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v' && quote == '\0')
            {
                if (any) yield return word.ToString();
                word.Clear();
                any = false;
                continue;
            }

            any = true;
            if (c == quote) quote = '\0';
            else if (quote == '\0' && c is '"' or '\'' && quote == '\0') quote = c;
            else word.Append(c == '\\' && i + 1 < text.Length ? text[++i] : c);
        }

        if (any) yield return word.ToString();
    }
}
