using LayoutDsl.Text;

namespace LayoutDsl.Model;

/// <summary>How addresses differ between images.</summary>
public enum AslrMode
{
    /// <summary>Not at all: each library has one address in all images.</summary>
    None,

    /// <summary>Each image is moved as a whole.</summary>
    Slide,

    /// <summary>Each library is placed on its own in each image.</summary>
    Shuffle,
}

/// <summary>What an <c>aslr</c> declaration says.</summary>
/// <param name="Mode">How addresses differ.</param>
/// <param name="Seed">Where all randomness comes from: equal seeds give equal addresses.</param>
/// <param name="Granularity">Everything moves by multiples of so many bytes; a multiple of the page size.</param>
/// <param name="Region">The region that it moves in; null for that of the libraries.</param>
/// <param name="Fixed">Libraries that stay where they are, in ordinal order of their names.</param>
/// <param name="HasTablesApart">Each library has its indirection table on pages of its own.</param>
/// <param name="Location">The mode in the layout.</param>
public sealed record BoundAslr(AslrMode Mode, string Seed, ulong Granularity, string? Region, EquatableArray<string> Fixed, bool HasTablesApart, SourceLocation Location);
