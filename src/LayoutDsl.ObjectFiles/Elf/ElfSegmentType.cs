namespace LayoutDsl.ObjectFiles;

/// <summary>What a segment is for (gABI: Program Header, p_type). Other values are possible.</summary>
public enum ElfSegmentType : uint
{
    /// <summary>An unused entry of the program header table.</summary>
    Null = 0,

    /// <summary>Content that is loaded into memory.</summary>
    Load = 1,

    /// <summary>Dynamic linking information.</summary>
    Dynamic = 2,

    /// <summary>The path of the interpreter.</summary>
    Interpreter = 3,

    /// <summary>Notes.</summary>
    Note = 4,

    /// <summary>Reserved.</summary>
    Shlib = 5,

    /// <summary>The program header table itself.</summary>
    ProgramHeaders = 6,

    /// <summary>The template of thread-local storage.</summary>
    Tls = 7,

    /// <summary>GNU: the table for finding unwind information.</summary>
    GnuEhFrame = 0x6474e550,

    /// <summary>GNU: whether the stack is executable.</summary>
    GnuStack = 0x6474e551,

    /// <summary>GNU: what becomes read-only after relocation.</summary>
    GnuRelro = 0x6474e552,

    /// <summary>GNU: properties of the program.</summary>
    GnuProperty = 0x6474e553,
}
