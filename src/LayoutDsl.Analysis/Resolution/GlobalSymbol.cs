using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>A global symbol of a link.</summary>
internal struct GlobalSymbol
{
    public int Name;
    public GlobalState State;
    public ElfSymbolVisibility Visibility;

    /// <summary>
    /// Whether a dropped section defines it. ld searches no archive for such a symbol (binutils: bfd/elflink.c, "indx == -3").
    /// </summary>
    public bool IsDiscarded;

    /// <summary>The object that defines it; of an undefined symbol the first that refers to it; -1 for the command line or the script.</summary>
    public int Object;

    /// <summary>The index in that object's symbol table.</summary>
    public int Symbol;

    /// <summary>Of an alias the symbol that is meant.</summary>
    public int Target;

    /// <summary>Of a common block the largest size and alignment, in bytes.</summary>
    public ulong Size;
    public ulong Alignment;

    public readonly bool IsUndefined => State is GlobalState.Undefined or GlobalState.UndefinedWeak;
}
