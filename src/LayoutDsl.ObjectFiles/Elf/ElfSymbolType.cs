namespace LayoutDsl.ObjectFiles;

/// <summary>What a symbol stands for (gABI: Symbol Table, ELF_ST_TYPE). Other values are possible.</summary>
public enum ElfSymbolType : byte
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>Data.</summary>
    Object = 1,

    /// <summary>A function.</summary>
    Function = 2,

    /// <summary>A section.</summary>
    Section = 3,

    /// <summary>The source file of the symbols that follow.</summary>
    File = 4,

    /// <summary>A common block that was not allocated yet.</summary>
    Common = 5,

    /// <summary>Thread-local data.</summary>
    Tls = 6,

    /// <summary>GNU: a function that returns the address of the function to use.</summary>
    GnuIndirectFunction = 10,
}
