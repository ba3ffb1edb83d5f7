namespace LayoutDsl.Analysis.Resolution;

/// <summary>The state of a global symbol during the link (binutils: enum bfd_link_hash_type).</summary>
internal enum GlobalState : byte
{
    New,
    Undefined,
    UndefinedWeak,
    Defined,
    DefinedWeak,
    Common,

    /// <summary>Another name of the symbol <see cref="GlobalSymbol.Target"/>.</summary>
    Alias,

    /// <summary>Defined by the script, which objects cannot change.</summary>
    Script,
    Provided,
    Linker,
}
