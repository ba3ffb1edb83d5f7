namespace LayoutDsl.ObjectFiles;

/// <summary>What a file is for (gABI: ELF Header, e_type). Other values are possible.</summary>
public enum ElfFileType : ushort
{
    /// <summary>No file type.</summary>
    None = 0,

    /// <summary>A relocatable object, as a compiler makes it.</summary>
    Relocatable = 1,

    /// <summary>An executable with fixed addresses.</summary>
    Executable = 2,

    /// <summary>A shared object or a position-independent executable.</summary>
    SharedObject = 3,

    /// <summary>A core dump.</summary>
    Core = 4,
}
