using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Parsing;

/// <summary>The operators of GNU ld's expressions (ld manual, Operators), which are those of C with C's precedence. One list for layouts and for imported scripts.</summary>
internal static class ScriptOperators
{
    /// <summary>Binary operators, from the loosest to the tightest.</summary>
    public static readonly IReadOnlyList<string[]> Levels = new[]
    {
        new[] { "||" },
        new[] { "&&" },
        new[] { "|" },
        new[] { "^" },
        new[] { "&" },
        new[] { "==", "!=" },
        new[] { "<", ">", "<=", ">=" },
        new[] { "<<", ">>" },
        new[] { "+", "-" },
        new[] { "*", "/", "%" },
    };

    /// <summary>Signs in front of an operand.</summary>
    public static readonly IReadOnlyList<string> Unary = new[] { "-", "~", "!", "+" };

    /// <summary>Assignments.</summary>
    public static readonly IReadOnlyList<string> Assignments = new[] { "<<=", ">>=", "+=", "-=", "*=", "/=", "&=", "|=", "^=", "=" };

    private static readonly string[] All = Assignments.Concat(Levels.SelectMany(l => l)).Concat(Unary).Distinct()
        .OrderByDescending(o => o.Length).ThenBy(o => o, StringComparer.Ordinal).ToArray();

    /// <summary>The longest operator at a place; empty when there is none.</summary>
    public static string Find(Func<int, char> charAt, int position)
    {
        foreach (string op in All)
        {
            int i = 0;
            while (i < op.Length && charAt(position + i) == op[i]) i++;
            if (i == op.Length) return op;
        }

        return "";
    }
}
