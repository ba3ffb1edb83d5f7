namespace LayoutDsl.ObjectFiles;

/// <summary>What the name of a member says about its content.</summary>
internal enum ArchiveNameKind
{
    /// <summary>An ordinary member.</summary>
    Member,

    /// <summary>"/": the symbol index.</summary>
    Index,

    /// <summary>"/SYM64/": the symbol index with 64-bit numbers.</summary>
    Index64,

    /// <summary>"//": the names that do not fit into headers.</summary>
    LongNames,

    /// <summary>"__.SYMDEF" and its variants: the symbol index of BSD.</summary>
    BsdIndex,
}
