namespace LayoutDsl.ObjectFiles;

/// <summary>The width of a file's addresses and sizes (gABI: ELF Identification, EI_CLASS).</summary>
public enum ElfClass
{
    /// <summary>Invalid.</summary>
    None = 0,

    /// <summary>32-bit objects.</summary>
    Elf32 = 1,

    /// <summary>64-bit objects.</summary>
    Elf64 = 2,
}
