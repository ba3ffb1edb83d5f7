using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Facts;

/// <summary>What was measured of the objects of a layout.</summary>
/// <param name="Inputs">Which files each pattern of the layout stands for.</param>
/// <param name="Objects">The objects, by path and member.</param>
public sealed record FactsFile(EquatableArray<InputFacts> Inputs, EquatableArray<ObjectFacts> Objects)
{
    /// <summary>
    /// Symbols, in ordinal order, that members of archives refer to and some image lacks that has the members only since others need them. Nobody gets there in that image.
    /// </summary>
    public EquatableArray<string> Missing { get; init; }
}

/// <summary>The files of one pattern: in ordinal order, the members of archives in that of the link.</summary>
/// <param name="Pattern">The pattern as the layout has it, relative to the folder of the root file.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Files">Their paths, relative likewise; of an archive's members those of the files that they are taken out to.</param>
public sealed record InputFacts(string Pattern, InputKind Kind, EquatableArray<string> Files)
{
    /// <summary>Of an archive's members how many images reach each, in the order of <see cref="Files"/>; empty for other inputs.</summary>
    public EquatableArray<int> Needs { get; init; }
}

/// <summary>One object file, alone or in an archive.</summary>
/// <param name="Path">Path of the object or its archive.</param>
/// <param name="Member">Name in the archive; null for an object of its own.</param>
/// <param name="Machine">Its <c>e_machine</c>.</param>
/// <param name="ContentId">Hash of its bytes, in lower-case hexadecimal digits.</param>
/// <param name="Sections">Its allocated sections, in the order of the file.</param>
/// <param name="Commons">Its common symbols, in the order of its symbol table.</param>
/// <param name="IndirectFunctions">Its global functions that are chosen at start (<c>STT_GNU_IFUNC</c>), in the order of its symbol table.</param>
/// <param name="Origin">How messages name it, when its file was taken out of an archive: <c>libc.a(printf.o)</c>; else empty.</param>
/// <param name="Symbols">What it defines and refers to; null when that was not recorded.</param>
public sealed record ObjectFacts(
    string Path,
    string? Member,
    int Machine,
    string ContentId,
    EquatableArray<SectionFacts> Sections,
    EquatableArray<CommonFacts> Commons,
    EquatableArray<IndirectFunctionFacts> IndirectFunctions = default,
    string Origin = "",
    SymbolFacts? Symbols = null)
{
    /// <summary>How messages name it: <c>lib.a(member.o)</c> for a member.</summary>
    public string DisplayName => Origin.Length > 0 ? Origin : Member is null ? Path : $"{Path}({Member})";
}

/// <summary>An allocated section of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its <c>sh_type</c> (gABI, Section Header).</param>
/// <param name="Flags">Its <c>sh_flags</c>.</param>
/// <param name="Size">Bytes in memory.</param>
/// <param name="Alignment">Bytes; a power of two, at least 1.</param>
/// <param name="Identity">
/// Hash of all that decides what it is in a link: bytes, relocations, what it defines, and the sections of the object that it refers to. Measured for libraries that
/// are built for each image; else empty.
/// </param>
public sealed record SectionFacts(string Name, uint Type, ulong Flags, ulong Size, ulong Alignment, string Identity = "")
{
    /// <summary><c>SHT_ARM_EXIDX</c> (ELF for the Arm Architecture, Section Types).</summary>
    public const uint ArmUnwindIndexType = 0x70000001;

    /// <summary><c>SHT_NOTE</c>.</summary>
    public const uint NoteType = 7;

    /// <summary><c>SHT_NOBITS</c>.</summary>
    public const uint NoBitsType = 8;

    /// <summary><c>SHT_INIT_ARRAY</c>, <c>SHT_FINI_ARRAY</c>, <c>SHT_PREINIT_ARRAY</c>.</summary>
    private const uint InitArrayType = 14, FiniArrayType = 15, PreinitArrayType = 16;

    /// <summary><c>SHF_WRITE</c>.</summary>
    public bool IsWritable => (Flags & 1) != 0;

    /// <summary>Whether it has to be in memory that may be written.</summary>
    public bool NeedsWrite => IsWritable && !IsFunctionArray(Type);

    /// <summary><c>SHF_EXECINSTR</c>.</summary>
    public bool IsExecutable => (Flags & 4) != 0;

    /// <summary><c>SHF_TLS</c>.</summary>
    public bool IsThreadLocal => (Flags & 0x400) != 0;

    /// <summary>Whether the file has bytes for it.</summary>
    public bool HasContent => Type != NoBitsType;

    /// <summary>
    /// Whether a section of a type is an array of functions for start or end. Such arrays are writable for loaders that move a program; images that are linked for their addresses have no such loader, and may
    /// have them in read-only memory.
    /// </summary>
    public static bool IsFunctionArray(uint type) => type is InitArrayType or FiniArrayType or PreinitArrayType;
}

/// <summary>A common symbol: the linker gives it room among the zeroed data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Alignment">Bytes; a power of two.</param>
public sealed record CommonFacts(string Name, ulong Size, ulong Alignment);

/// <summary>A function whose address a resolver gives when the program starts.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Resolver">Number of its resolver in the object: symbols with one number are one function.</param>
public sealed record IndirectFunctionFacts(string Name, int Resolver);
