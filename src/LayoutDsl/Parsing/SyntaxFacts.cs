using System;
using System.Collections.Generic;

namespace LayoutDsl.Parsing;

/// <summary>The words and limits of the language. Letters and digits are ASCII: two names that look alike are alike.</summary>
public static class SyntaxFacts
{
    /// <summary>Deepest nesting of parentheses and braces that is accepted.</summary>
    public const int MaximumNesting = 64;

    /// <summary>Largest file that is accepted, in characters.</summary>
    public const int MaximumFileLength = 16 * 1024 * 1024;

    /// <summary>Most syntax errors that are reported for one file.</summary>
    public const int MaximumSyntaxErrors = 100;

    /// <summary>The words that start a top-level declaration.</summary>
    public static IReadOnlyList<string> DeclarationKeywords { get; } = new[]
    {
        "align", "aslr", "assert", "const", "discard", "fragment", "group", "headroom", "hidden", "image", "include", "indirect", "layout", "library", "overlay", "param", "place", "provide", "region", "script", "section", "set", "symbol", "target",
    };

    /// <summary>Units of a number: bytes by their binary multiples (IEC 80000-13).</summary>
    public static IReadOnlyDictionary<string, ulong> Units { get; } = new Dictionary<string, ulong>(StringComparer.Ordinal)
    {
        ["B"] = 1,
        ["KiB"] = 1UL << 10,
        ["MiB"] = 1UL << 20,
        ["GiB"] = 1UL << 30,
        ["TiB"] = 1UL << 40,
    };

    /// <summary>Whether a character can start a name.</summary>
    public static bool IsNameStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    /// <summary>Whether a character can continue a name.</summary>
    public static bool IsNamePart(char c) => IsNameStart(c) || IsDigit(c);

    /// <summary>Whether a character is a decimal digit.</summary>
    public static bool IsDigit(char c) => c is >= '0' and <= '9';

    /// <summary>Whether a character separates tokens and means nothing.</summary>
    public static bool IsWhiteSpace(char c) => c is ' ' or '\t' or '\r' or '\n' or '\f' or '\uFEFF';
}
