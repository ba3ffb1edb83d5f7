using System;
using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>Rewrites the references of one object that are the business of its machine: all but addresses in data.</summary>
internal abstract class CodeRewriter
{
    /// <summary>A symbol that nothing defines.</summary>
    private const string Nothing = "__layout_nothing";

    private readonly Func<string, int> addSymbol;
    private readonly RewriteContext context;

    protected CodeRewriter(IReadOnlyList<ElfSymbol> symbols, RewriteContext context, Func<string, int> addSymbol)
    {
        Symbols = symbols;
        this.context = context;
        this.addSymbol = addSymbol;
    }

    protected IReadOnlyList<ElfSymbol> Symbols { get; }

    protected BlockTable Table => context.Table;

    /// <summary>Rewrites a reference; null when it is well, else what is wrong and what helps.</summary>
    /// <param name="section">The section, which has the relocation already.</param>
    /// <param name="relocation">The relocation.</param>
    /// <param name="symbol">Its symbol.</param>
    /// <param name="leaves">Whether the symbol is outside of the block.</param>
    public abstract RewriteProblem? Rewrite(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol, bool leaves);

    /// <summary>Index of the symbol of a word with the address of another.</summary>
    protected int AddWord(in ElfSymbol symbol, long addend) => addSymbol(Table.AddWord(symbol.Name, addend, IsWeak(symbol)));

    /// <summary>Index of the symbol of a word with the distance of another from the thread pointer.</summary>
    protected int AddThreadWord(in ElfSymbol symbol) => addSymbol(Table.AddThreadWord(symbol.Name, IsWeak(symbol)));

    /// <summary>Index of the symbol of a jump to another.</summary>
    protected int AddStub(in ElfSymbol symbol, long addend) => addSymbol(Table.AddStub(symbol.Name, addend, IsWeak(symbol)));

    /// <summary>Index of the symbol where all words start.</summary>
    protected int AddStart() => addSymbol(Table.AddStart());

    /// <summary>Index of the symbol of a word that is zero.</summary>
    protected int AddZero() => addSymbol(Table.AddWord(Nothing, 0, isWeak: true));

    /// <summary>Whether a symbol may be missing, and is in all images of the library.</summary>
    protected bool IsMissing(in ElfSymbol symbol) => IsWeak(symbol) && context.Boundaries.IsMissing(context.Library, symbol.Name);

    private static bool IsWeak(in ElfSymbol symbol) => symbol.IsUndefined && symbol.Binding == ElfSymbolBinding.Weak;
}
