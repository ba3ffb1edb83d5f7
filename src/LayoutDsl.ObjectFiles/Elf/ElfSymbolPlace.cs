namespace LayoutDsl.ObjectFiles;

/// <summary>What the section index of a symbol means (gABI: Sections, Special Section Indexes).</summary>
public enum ElfSymbolPlace : byte
{
    /// <summary>Defined elsewhere.</summary>
    Undefined,

    /// <summary>Defined in the section with the index <see cref="ElfSymbol.SectionIndex"/>.</summary>
    Section,

    /// <summary>A value that relocation does not change.</summary>
    Absolute,

    /// <summary>A common block: <see cref="ElfSymbol.Value"/> is its alignment in bytes.</summary>
    Common,

    /// <summary>A reserved index with a meaning that this reader does not know.</summary>
    Reserved,
}
