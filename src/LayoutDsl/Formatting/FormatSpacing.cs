using System.Linq;
using LayoutDsl.Binding;

namespace LayoutDsl.Formatting;

/// <summary>What stands between two tokens of one line.</summary>
internal static class FormatSpacing
{
    /// <summary>Spaces between two tokens.</summary>
    /// <param name="before">The left one.</param>
    /// <param name="token">The right one.</param>
    /// <param name="isPermissions">Whether the right one opens the permissions of a section or region.</param>
    public static string Between(FormatToken before, FormatToken token, bool isPermissions)
    {
        if (token.Kind == FormatTokenKind.LineComment) return "  ";
        if (token.Is(",") || token.Is(";") || token.Is(")") || token.Is("]") || token.Is(":")) return "";
        if (before.IsComment || token.IsComment) return " ";
        if (before.Is("(") || before.Is("[") || token.Is("[")) return "";
        if (IsDot(before) || IsDot(token)) return IsSelectorStart(before, token) ? " " : "";
        if (!token.Is("(") || before.Kind != FormatTokenKind.Word || isPermissions) return " ";

        // A call, or a word in front of a parenthesis: only the words of the language tell them apart.
        return token.HasSpaceBefore && before.Content != "sort" && !PlanFunctions.AllNames.Contains(before.Content) ? " " : "";
    }

    private static bool IsDot(FormatToken token) => token.Is(".") || token.Is("..");

    /// <summary>A dot never starts anything, but what stands before it may end something.</summary>
    private static bool IsSelectorStart(FormatToken before, FormatToken token) => token.Is(".") && (before.Is(",") || before.Is(";") || before.Is("{"));
}
