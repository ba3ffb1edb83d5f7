using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>Permissions of a segment (gABI: Program Header, p_flags). Other bits are possible.</summary>
[Flags]
public enum ElfSegmentFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Executable.</summary>
    Execute = 1,

    /// <summary>Writable.</summary>
    Write = 2,

    /// <summary>Readable.</summary>
    Read = 4,
}
