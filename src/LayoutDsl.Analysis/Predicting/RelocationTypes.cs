namespace LayoutDsl.Analysis.Predicting;

/// <summary>What relocations of x86-64 write (x86-64 psABI, Relocation Types).</summary>
internal static class RelocationTypes
{
    /// <summary>Bytes that a relocation writes.</summary>
    /// <exception cref="PredictionException">It is of a type that static code does not have, or that is not known here.</exception>
    public static int SizeOf(uint type) => type switch
    {
        1 or 17 or 18 or 24 or 25 or 33 => 8,
        2 or 3 or 4 or 9 or 10 or 11 or 19 or 20 or 21 or 22 or 23 or 26 or 32 or 41 or 42 => 4,
        12 or 13 => 2,
        14 or 15 => 1,
        _ => throw new PredictionException($"a relocation of type {type} is not known"),
    };

    /// <summary>Whether it writes the distance from its place.</summary>
    public static bool IsRelative(uint type) => type is 2 or 4 or 13 or 15 or 24;

    /// <summary>Whether it is a call or a jump.</summary>
    public static bool IsCall(uint type) => type == 4;

    /// <summary>Whether it leads through the global offset table, unless the linker rewrites the instruction.</summary>
    public static bool IsTableLoad(uint type) => type is 9 or 41 or 42;
}
