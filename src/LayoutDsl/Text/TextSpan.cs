namespace LayoutDsl.Text;

/// <summary>A range of UTF-16 code units in a text.</summary>
/// <param name="Start">Offset of the first code unit.</param>
/// <param name="Length">Number of code units; may be zero.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Offset just after the last code unit.</summary>
    public int End => Start + Length;

    /// <summary>The span from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>The same span in a text that starts <paramref name="offset"/> code units earlier.</summary>
    public TextSpan Shift(int offset) => new(Start + offset, Length);
}
