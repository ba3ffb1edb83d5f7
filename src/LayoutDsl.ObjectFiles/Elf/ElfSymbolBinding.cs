namespace LayoutDsl.ObjectFiles;

/// <summary>How far a symbol is visible and how strong it is (gABI: Symbol Table, ELF_ST_BIND). Other values are possible.</summary>
public enum ElfSymbolBinding : byte
{
    /// <summary>Known in its object only.</summary>
    Local = 0,

    /// <summary>Known in all objects that are linked together.</summary>
    Global = 1,

    /// <summary>Like global, but gives way to a global definition and may stay undefined.</summary>
    Weak = 2,

    /// <summary>GNU: one definition in the whole process.</summary>
    GnuUnique = 10,
}
