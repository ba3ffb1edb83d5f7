using System.Linq;
using LayoutDsl.Parsing;
using LayoutDsl.Planning;

namespace LayoutDsl.Emit;

/// <summary>What can be written into a linker script as one name. Anything else is refused before it gets there.</summary>
public static class ScriptNames
{
    /// <summary>
    /// A path in quotes. GNU ld expands <c>*</c>, <c>?</c> and <c>[</c> also inside quotes, takes <c>:</c> as the mark between archive and member, and knows no
    /// escape for a quote (ld manual, Input Section Basics). On the command line a path that starts with <c>-</c> or <c>@</c> would be an option.
    /// </summary>
    public static bool IsValidPath(string path) =>
        path.Length > 0 && path[0] is not ('-' or '@') && path.All(c => c >= ' ' && c is not ('"' or '*' or '?' or '[' or ']' or ':' or '\\' or '\u007f'));

    /// <summary>
    /// A name of a symbol, region or input section as one token. Names that GNU ld may take for a word of its own stand in quotes: its words are in upper
    /// case, but for the short forms of <c>ORIGIN</c> and <c>LENGTH</c> (ld manual, Symbol Names and MEMORY Command).
    /// </summary>
    public static string Write(string name) =>
        name != SectionPlan.Common && (name is "o" or "org" or "l" or "len" || !name.Any(c => c is (>= 'a' and <= 'z') or '.')) ? "\"" + name + "\"" : name;

    /// <summary>A section name without quotes.</summary>
    public static bool IsValidSection(string name) =>
        name.Length > 0 && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '$' or '-' or '+' or '~');

    /// <summary>Whether a section name is a name in C, for which linkers define <c>__start_</c> and <c>__stop_</c> symbols.</summary>
    public static bool IsCIdentifier(string name) => name.Length > 0 && SyntaxFacts.IsNameStart(name[0]) && name.All(SyntaxFacts.IsNamePart);
}
