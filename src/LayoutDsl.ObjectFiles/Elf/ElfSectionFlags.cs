using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>Attributes of a section (gABI: Section Header, sh_flags). Other bits are possible.</summary>
[Flags]
public enum ElfSectionFlags : ulong
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Writable at run time.</summary>
    Write = 0x1,

    /// <summary>Occupies memory at run time.</summary>
    Allocate = 0x2,

    /// <summary>Contains instructions.</summary>
    Execute = 0x4,

    /// <summary>Equal entries may be merged.</summary>
    Merge = 0x10,

    /// <summary>Contains NUL-terminated strings.</summary>
    Strings = 0x20,

    /// <summary>The field Info is a section index.</summary>
    InfoLink = 0x40,

    /// <summary>Keeps its order relative to the section that Link names.</summary>
    LinkOrder = 0x80,

    /// <summary>Needs treatment that is special to an operating system.</summary>
    OsNonconforming = 0x100,

    /// <summary>Is a member of a section group.</summary>
    Group = 0x200,

    /// <summary>Contains thread-local storage.</summary>
    Tls = 0x400,

    /// <summary>The content is compressed and begins with a compression header.</summary>
    Compressed = 0x800,

    /// <summary>GNU: kept by garbage collection of sections.</summary>
    GnuRetain = 0x20_0000,

    /// <summary>GNU: placed in a special kind of memory.</summary>
    GnuMbind = 0x0100_0000,

    /// <summary>x86-64 (psABI): may be farther than 2 GiB away.</summary>
    X86_64Large = 0x1000_0000,

    /// <summary>GNU: dropped from what is linked.</summary>
    Exclude = 0x8000_0000,
}
