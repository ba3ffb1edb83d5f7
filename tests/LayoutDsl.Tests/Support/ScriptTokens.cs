using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace LayoutDsl.Tests.Support;

/// <summary>Splits linker scripts and response files the way their readers do.</summary>
internal static partial class ScriptTokens
{
    /// <summary>The tokens of a GNU ld script; a quoted one has one quote in front.</summary>
    public static IReadOnlyList<string> OfScript(string script)
    {
        var tokens = new List<string>();
        int at = 0;
        while (at < script.Length)
        {
            Match match = Token().Match(script, at);
            if (!match.Success) throw new FormatException($"No token at {at}: {script.Substring(at, Math.Min(40, script.Length - at))}");
            at += match.Length;
            if (match.Groups["skip"].Success) continue;
            tokens.Add(match.Groups["quoted"].Success ? "\"" + match.Groups["quoted"].Value : match.Value);
        }

        return tokens;
    }

    /// <summary>The arguments of a response file (libiberty, expandargv): white space separates, quotes and backslashes protect.</summary>
    public static IReadOnlyList<string> OfResponseFile(string text)
    {
        var arguments = new List<string>();
        StringBuilder? current = null;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && i + 1 < text.Length) (current ??= new StringBuilder()).Append(text[++i]);
            else if (quote != '\0' && c == quote) quote = '\0';
            else if (quote == '\0' && c is '"' or '\'') (quote, current) = (c, current ?? new StringBuilder());
            else if (quote == '\0' && c is ' ' or '\t' or '\n' or '\r' or '\v' or '\f')
            {
                if (current is not null) arguments.Add(current.ToString());
                current = null;
            }
            else (current ??= new StringBuilder()).Append(c);
        }

        if (current is not null) arguments.Add(current.ToString());
        return arguments;
    }

    [GeneratedRegex("""\G(?:(?<skip>\s+|/\*.*?\*/)|"(?<quoted>[^"\n]*)"|/DISCARD/|[\w.$*?+-]+|<<|>>|<=|==|[{}():;=,&>])""", RegexOptions.Singleline)]
    private static partial Regex Token();
}
