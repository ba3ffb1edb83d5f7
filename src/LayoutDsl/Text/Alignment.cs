namespace LayoutDsl.Text;

/// <summary>Arithmetic with alignments, in bytes.</summary>
public static class Alignment
{
    /// <summary>Whether a value can be an alignment.</summary>
    public static bool IsPowerOfTwo(ulong value) => value != 0 && (value & (value - 1)) == 0;

    /// <summary>The lowest multiple of <paramref name="alignment"/> that is not below <paramref name="value"/>; false when it is beyond 64 bits.</summary>
    public static bool TryAlignUp(ulong value, ulong alignment, out ulong aligned)
    {
        ulong mask = alignment - 1;
        aligned = unchecked(value + mask) & ~mask;
        return value <= ulong.MaxValue - mask;
    }

    /// <summary>The same for values that are known to be in range.</summary>
    /// <exception cref="System.OverflowException">The result is beyond 64 bits.</exception>
    public static ulong AlignUp(ulong value, ulong alignment) => checked(value + (alignment - 1)) & ~(alignment - 1);

    /// <summary>The highest multiple of <paramref name="alignment"/> that is not above <paramref name="value"/>.</summary>
    public static ulong AlignDown(ulong value, ulong alignment) => value & ~(alignment - 1);
}
