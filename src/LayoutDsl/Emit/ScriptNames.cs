using System.Linq;

namespace LayoutDsl.Emit;

/// <summary>What can be written into a linker script as one name. Anything else is refused before it gets there.</summary>
public static class ScriptNames
{
    /// <summary>
    /// A path in quotes. GNU ld expands <c>*</c>, <c>?</c> and <c>[</c> also inside quotes, takes <c>:</c> as the mark between archive and member, and knows no
    /// escape for a quote (ld manual, Input Section Basics).
    /// </summary>
    public static bool IsValidPath(string path) =>
        path.Length > 0 && path.All(c => c >= ' ' && c is not ('"' or '*' or '?' or '[' or ']' or ':' or '\\' or '\u007f'));

    /// <summary>A section name without quotes.</summary>
    public static bool IsValidSection(string name) =>
        name.Length > 0 && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '$' or '-' or '+');
}
