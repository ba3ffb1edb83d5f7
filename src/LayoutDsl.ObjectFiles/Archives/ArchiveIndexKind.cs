namespace LayoutDsl.ObjectFiles;

/// <summary>The two forms of the symbol index.</summary>
internal enum ArchiveIndexKind
{
    None,

    /// <summary>The member "/" with 32-bit numbers.</summary>
    Words,

    /// <summary>The member "/SYM64/" with 64-bit numbers.</summary>
    DoubleWords,
}
