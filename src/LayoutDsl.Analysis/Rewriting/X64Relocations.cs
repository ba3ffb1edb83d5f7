namespace LayoutDsl.Analysis.Rewriting;

/// <summary>Numbers of the relocations that rewriting tells apart (x86-64 psABI, Relocation Types).</summary>
internal static class X64Relocations
{
    public const uint Absolute64 = 1;
    public const uint Relative32 = 2;
    public const uint Call32 = 4;
    public const uint TableLoad = 9;
    public const uint Absolute32 = 10;
    public const uint SignedAbsolute32 = 11;
    public const uint ThreadOffset64 = 18;
    public const uint GeneralDynamic = 19;
    public const uint LocalDynamic = 20;
    public const uint InitialExec = 22;
    public const uint Relative64 = 24;
    public const uint RelaxableLoad = 41;
    public const uint RelaxableRexLoad = 42;

    /// <summary>Whether what it writes is the same wherever blocks stand (<see cref="BlockMachine.IsStable"/>).</summary>
    public static bool IsStable(uint type) => type is 0 or 17 or ThreadOffset64 or GeneralDynamic or LocalDynamic or 21 or 23 or 32 or 33 or 34 or 35;

    /// <summary>Whether it leads through the global offset table.</summary>
    public static bool IsTableLoad(uint type) => type is TableLoad or RelaxableLoad or RelaxableRexLoad;

    /// <summary>Whether it writes an address and needs less than eight bytes for it.</summary>
    public static bool IsShortAddress(uint type) => type is Absolute32 or SignedAbsolute32 or 12 or 14;
}
