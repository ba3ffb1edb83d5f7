namespace LayoutDsl.ObjectFiles;

/// <summary>The kinds of file that this reader tells apart by their first bytes.</summary>
public enum ObjectFileKind
{
    /// <summary>None of the kinds below.</summary>
    Unknown,

    /// <summary>An ELF file: a relocatable object, an executable or a shared object (gABI: ELF Identification).</summary>
    Elf,

    /// <summary>An <c>ar</c> archive that contains its members.</summary>
    Archive,

    /// <summary>A GNU thin archive, which names its members' files (binutils manual: ar).</summary>
    ThinArchive,
}
