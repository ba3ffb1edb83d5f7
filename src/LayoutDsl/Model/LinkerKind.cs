using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Model;

/// <summary>A linker, as far as it matters what its scripts can say.</summary>
public enum LinkerKind
{
    /// <summary>GNU ld (<c>ld.bfd</c>).</summary>
    Gnu,

    /// <summary>gold.</summary>
    Gold,

    /// <summary>lld.</summary>
    Lld,
}

/// <summary>What the linkers can do. Each line was tried with gold 1.16 (binutils 2.40) and lld 14; what later versions learned is not in it.</summary>
public static class LinkerKinds
{
    private static readonly HashSet<string> GoldLacks = new(
        "INSERT REGION_ALIAS STARTUP NOCROSSREFS NOCROSSREFS_TO FORCE_GROUP_ALLOCATION LD_FEATURE OUTPUT CREATE_OBJECT_SYMBOLS SORT_NONE REVERSE INPUT_SECTION_FLAGS ALIGN_WITH_INPUT COPY INFO DSECT OVERLAY READONLY TYPE LOG2CEIL NEXT".Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string> LldLacks = new(
        "STARTUP FORCE_COMMON_ALLOCATION INHIBIT_COMMON_ALLOCATION FORCE_GROUP_ALLOCATION LD_FEATURE ALIGN_WITH_INPUT DSECT NEXT".Split(' '),
        StringComparer.Ordinal);

    /// <summary>Whether a linker knows a word of GNU ld's scripts.</summary>
    public static bool Knows(this LinkerKind kind, string keyword) => kind switch
    {
        LinkerKind.Gold => !GoldLacks.Contains(keyword),
        LinkerKind.Lld => !LldLacks.Contains(keyword),
        _ => true,
    };

    /// <summary>The words that a linker does not know, in ordinal order.</summary>
    public static IEnumerable<string> GetUnknown(LinkerKind kind) => (kind switch { LinkerKind.Gold => GoldLacks, LinkerKind.Lld => LldLacks, _ => new HashSet<string>(StringComparer.Ordinal) }).OrderBy(k => k, StringComparer.Ordinal);

    /// <summary>The linker's name in messages and options.</summary>
    public static string ToName(this LinkerKind kind) => kind switch { LinkerKind.Gold => "gold", LinkerKind.Lld => "lld", _ => "gnu" };

    /// <summary>Reads <c>gnu</c>, <c>gold</c> or <c>lld</c>; null for anything else.</summary>
    public static LinkerKind? Parse(string name) => name switch { "gnu" => LinkerKind.Gnu, "gold" => LinkerKind.Gold, "lld" => LinkerKind.Lld, _ => null };

    /// <summary>The linker that says this of itself when asked for its version.</summary>
    public static LinkerKind Detect(string version) =>
        version.IndexOf("GNU gold", StringComparison.Ordinal) >= 0 ? LinkerKind.Gold
        : version.IndexOf("LLD", StringComparison.Ordinal) >= 0 ? LinkerKind.Lld
        : LinkerKind.Gnu;
}
