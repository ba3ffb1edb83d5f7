using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>What a symbol of a link stands for. One instance for all references to a global symbol of a link.</summary>
public sealed class SymbolDefinition
{
    internal SymbolDefinition(string name, DefinitionKind kind)
    {
        Name = name;
        Kind = kind;
    }

    /// <summary>The name; of a section symbol that of the section.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public DefinitionKind Kind { get; }

    /// <summary>The object that defines it; null if none does.</summary>
    public LinkedObject? Object { get; internal init; }

    /// <summary>The index in the symbol table of <see cref="Object"/>.</summary>
    public int SymbolIndex { get; internal init; }

    /// <summary>The section of <see cref="Object"/>; 0 for common blocks, absolute symbols, and what no object defines.</summary>
    public int SectionIndex { get; internal init; }

    /// <summary>
    /// The offset in the section in bytes, the value of an absolute symbol, 0 for what is undefined. Null if only the layout tells it.
    /// </summary>
    public ulong? Value { get; internal init; }

    /// <summary>The size in bytes, 0 if not known; of a common block the largest size.</summary>
    public ulong Size { get; internal init; }

    /// <summary>Of a common block the largest alignment in bytes, otherwise 0.</summary>
    public ulong Alignment { get; internal init; }

    /// <summary>What the symbol stands for.</summary>
    public ElfSymbolType Type { get; internal init; }

    /// <summary>The most constraining visibility of all its definitions and references (gABI: Symbol Visibility).</summary>
    public ElfSymbolVisibility Visibility { get; internal init; }

    /// <summary>Whether relocation does not change the value.</summary>
    public bool IsAbsolute { get; internal init; }

    /// <summary>For <see cref="DefinitionKind.Discarded"/> what is linked instead.</summary>
    public KeptSection? Replacement { get; internal init; }

    /// <summary>Whether something defines it.</summary>
    public bool IsDefined => Kind is not (DefinitionKind.None or DefinitionKind.Undefined or DefinitionKind.UndefinedWeak or DefinitionKind.Discarded);

    /// <summary>Whether its address is found at run time by a function (STT_GNU_IFUNC), so that calls go through the PLT.</summary>
    public bool IsIndirectFunction => Type == ElfSymbolType.GnuIndirectFunction;

    /// <summary>Whether it is thread-local.</summary>
    public bool IsThreadLocal => Type == ElfSymbolType.Tls;

    /// <summary>The name, the kind and the object, for debugging.</summary>
    public override string ToString() => $"{Name} {Kind} {Object?.Object.Name}";
}
