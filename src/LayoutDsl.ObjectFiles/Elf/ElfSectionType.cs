namespace LayoutDsl.ObjectFiles;

/// <summary>What a section contains (gABI: Section Header, sh_type). Other values are possible.</summary>
public enum ElfSectionType : uint
{
    /// <summary>An unused entry of the section header table.</summary>
    Null = 0,

    /// <summary>Content that only the program knows the meaning of.</summary>
    ProgBits = 1,

    /// <summary>The symbol table for linking.</summary>
    SymbolTable = 2,

    /// <summary>A string table.</summary>
    StringTable = 3,

    /// <summary>Relocations with addends.</summary>
    Rela = 4,

    /// <summary>A hash table of symbols.</summary>
    Hash = 5,

    /// <summary>Dynamic linking information.</summary>
    Dynamic = 6,

    /// <summary>Notes.</summary>
    Note = 7,

    /// <summary>Zeros, without content in the file.</summary>
    NoBits = 8,

    /// <summary>Relocations without addends.</summary>
    Rel = 9,

    /// <summary>Reserved.</summary>
    Shlib = 10,

    /// <summary>The symbol table for dynamic linking.</summary>
    DynamicSymbolTable = 11,

    /// <summary>Pointers to initialisation functions.</summary>
    InitArray = 14,

    /// <summary>Pointers to termination functions.</summary>
    FiniArray = 15,

    /// <summary>Pointers to functions that run before all other initialisation.</summary>
    PreinitArray = 16,

    /// <summary>A section group.</summary>
    Group = 17,

    /// <summary>Section indices of symbols that do not fit into 16 bits.</summary>
    SymbolTableIndices = 18,

    /// <summary>Relative relocations in a packed form.</summary>
    Relr = 19,

    /// <summary>GNU: attributes of the object.</summary>
    GnuAttributes = 0x6ffffff5,

    /// <summary>GNU: a hash table of symbols.</summary>
    GnuHash = 0x6ffffff6,

    /// <summary>GNU: versions that are defined here.</summary>
    GnuVersionDefinitions = 0x6ffffffd,

    /// <summary>GNU: versions that are needed.</summary>
    GnuVersionNeeds = 0x6ffffffe,

    /// <summary>GNU: the version of each dynamic symbol.</summary>
    GnuVersionSymbols = 0x6fffffff,

    /// <summary>x86-64 (psABI): unwind tables; other machines use the same number for other things.</summary>
    X86_64Unwind = 0x70000001,
}
