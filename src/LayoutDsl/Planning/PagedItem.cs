namespace LayoutDsl.Planning;

/// <summary>Something for <see cref="PageOrder{T}"/>.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="Value">What it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Alignment">Alignment in bytes.</param>
/// <param name="Images">The images that have it.</param>
/// <param name="IsInFiles">Pages with it that differ are different pages of the files, which count too.</param>
internal sealed record PagedItem<T>(T Value, ulong Size, ulong Alignment, ImageSet Images, bool IsInFiles);
