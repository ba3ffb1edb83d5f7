namespace LayoutDsl.ObjectFiles;

/// <summary>What is wrong with a file. A code keeps its meaning and its number for ever.</summary>
public enum ObjectFileErrorCode
{
    /// <summary>No error; never reported.</summary>
    None = 0,

    /// <summary>The file does not begin with the ELF magic number.</summary>
    NotElf = 1,

    /// <summary>The file does not begin with an archive's magic number.</summary>
    NotArchive = 2,

    /// <summary>The file ends inside something that it announced.</summary>
    Truncated = 3,

    /// <summary>A field of the ELF header has a value that the gABI does not allow.</summary>
    BadHeader = 4,

    /// <summary>A table, a section or a segment lies outside the file.</summary>
    TableOutOfBounds = 5,

    /// <summary>A name lies outside its string table, is not terminated, or the string table is none.</summary>
    BadStringOffset = 6,

    /// <summary>A field of a section header has a value that the gABI does not allow.</summary>
    BadSection = 7,

    /// <summary>A field of a program header has a value that the gABI does not allow.</summary>
    BadSegment = 8,

    /// <summary>A symbol or a symbol table is malformed.</summary>
    BadSymbol = 9,

    /// <summary>A relocation or a relocation section is malformed.</summary>
    BadRelocation = 10,

    /// <summary>A section group is malformed.</summary>
    BadGroup = 11,

    /// <summary>The header of an archive member is malformed.</summary>
    BadArchiveHeader = 12,

    /// <summary>The symbol index of an archive is malformed or names something that is no member.</summary>
    BadArchiveIndex = 13,

    /// <summary>An archive member lies outside the archive.</summary>
    MemberOutOfBounds = 14,

    /// <summary>The file of a thin archive's member is missing; reported by those who open such files.</summary>
    MissingThinMember = 15,

    /// <summary>Reading would take more time or memory than a well-formed file of this size can need.</summary>
    TooLarge = 16,

    /// <summary>Parts of the file overlap that must not.</summary>
    Overlap = 17,

    /// <summary>Well-formed, as far as can be seen, but of a kind that this reader does not read.</summary>
    Unsupported = 18,
}
