using System.Linq;
using LayoutDsl.Parsing;

namespace LayoutDsl.Binding;

/// <summary>Which symbol names can stand in a linker script without quotes.</summary>
public static class SymbolNames
{
    /// <summary>Letters, digits, <c>_</c>, <c>.</c> and <c>$</c>, not starting with a digit (ld manual, Symbol Names).</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 1024 && !SyntaxFacts.IsDigit(name[0]) && name != "." && name.All(c => SyntaxFacts.IsNamePart(c) || c is '.' or '$');
}
