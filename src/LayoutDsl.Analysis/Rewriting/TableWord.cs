using System;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>A word of an indirection table.</summary>
/// <param name="Symbol">The symbol whose address it holds.</param>
/// <param name="Addend">What is added to it, in bytes.</param>
/// <param name="IsThreadOffset">It holds the distance of the symbol from the thread pointer instead.</param>
/// <param name="IsWeak">The symbol may be missing: the word is then zero.</param>
internal sealed record TableWord(string Symbol, long Addend, bool IsThreadOffset, bool IsWeak)
{
    /// <summary>Its name among the words of a table.</summary>
    public string Name => Symbol + (IsThreadOffset ? "@tpoff" : "") + (Addend == 0 ? "" : FormattableString.Invariant($"{Addend:+0;-0}"));

    /// <summary>What fills it in.</summary>
    /// <param name="offset">Where in its section it is.</param>
    public TableReference At(int offset) => new(offset, Symbol, Addend, IsThreadOffset, IsWeak);
}
