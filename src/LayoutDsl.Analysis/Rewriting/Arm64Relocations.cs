namespace LayoutDsl.Analysis.Rewriting;

/// <summary>Numbers of the relocations that rewriting tells apart (ELF for the Arm 64-bit Architecture, Relocation types).</summary>
internal static class Arm64Relocations
{
    public const uint Absolute64 = 257;
    public const uint Page = 275;
    public const uint PageUnchecked = 276;
    public const uint AddLow = 277;
    public const uint Jump = 282;
    public const uint Call = 283;
    public const uint LoadLow64 = 286;
    public const uint TablePage = 311;
    public const uint TableLoad = 312;
    public const uint TableLoadNear = 313;
    public const uint GeneralDynamicAdd = 514;
    public const uint LocalDynamicAdd = 519;
    public const uint ThreadPage = 541;
    public const uint ThreadLoad = 542;

    /// <summary>
    /// Whether what it writes is the same wherever blocks stand (<see cref="BlockMachine.IsStable"/>): nothing, and accesses to thread-local data of the small model, which GNU ld and lld make offsets from the thread
    /// pointer in every static program (binutils: aarch64_tls_transition_without_check).
    /// </summary>
    public static bool IsStable(uint type) => type is 0 or 256 or 513 or GeneralDynamicAdd or 518 or LocalDynamicAdd or (>= 523 and <= 538) or (>= 544 and <= 559) or (>= 562 and <= 564) or (>= 569 and <= 573);

    /// <summary>Whether it is an access to thread-local data through the linker's table: GNU ld and lld make an offset of it, too, where the variable exists.</summary>
    public static bool IsThreadLoad(uint type) => type is ThreadPage or ThreadLoad;

    /// <summary>Whether it writes an address in less than eight bytes, or in parts into several instructions.</summary>
    public static bool IsShortAddress(uint type) => type is 258 or 259 or (>= 263 and <= 272);

    /// <summary>Whether it is a page of an address, in an instruction that names it by its distance.</summary>
    public static bool IsPage(uint type) => type is Page or PageUnchecked;

    /// <summary>Whether it writes the last 12 bits of an address into an instruction: the same ones in all images, since blocks move by whole pages.</summary>
    public static bool IsLow(uint type) => type is AddLow or 278 or 284 or 285 or LoadLow64 or 299;

    /// <summary>Whether it is the distance of a branch that depends on something.</summary>
    public static bool IsConditionalBranch(uint type) => type is 279 or 280;

    /// <summary>Whether it is another distance: of data, or in code.</summary>
    public static bool IsDistance(uint type) => type is (>= 260 and <= 262) or 273 or 274 or (>= 287 and <= 293) or 314;
}
