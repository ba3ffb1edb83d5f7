namespace LayoutDsl.ObjectFiles;

/// <summary>The byte order of a file's fields (gABI: ELF Identification, EI_DATA).</summary>
public enum ElfByteOrder
{
    /// <summary>Invalid.</summary>
    None = 0,

    /// <summary>The least significant byte comes first.</summary>
    LittleEndian = 1,

    /// <summary>The most significant byte comes first.</summary>
    BigEndian = 2,
}
