using System.Collections.Generic;

namespace LayoutDsl.Binding;

/// <summary>The functions of expressions whose value only a plan has, and the list of all functions.</summary>
internal static class PlanFunctions
{
    /// <summary>Bytes of a slot's content, its first address, the address just after something.</summary>
    public static IReadOnlyCollection<string> Names { get; } = new[] { "sizeof", "addressof", "endof", "loadof" };

    public static IReadOnlyCollection<string> AllNames { get; } = new[] { "align", "min", "max", "origin", "length", "sizeof", "addressof", "endof", "loadof" };
}
