using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>The command of the linker as <c>gcc -###</c> prints it.</summary>
internal static partial class GccLine
{
    public static string[] Linker(string printed)
    {
        string line = printed.Split('\n').Single(l => l.Contains("/collect2 ", StringComparison.Ordinal));
        return Token().Matches(line).Select(m => m.Value.Trim('"')).Skip(1).ToArray();
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Token();
}
