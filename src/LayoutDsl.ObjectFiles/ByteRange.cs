using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>Checks of offsets and sizes that come from a file.</summary>
internal static class ByteRange
{
    /// <summary>Whether <paramref name="size"/> bytes at <paramref name="offset"/> lie inside <paramref name="length"/> bytes; cannot overflow.</summary>
    public static bool Fits(ulong offset, ulong size, int length) =>
        offset <= (ulong)length && size <= (ulong)length - offset;

    /// <summary>The bytes of a range that was checked with <see cref="Fits"/>.</summary>
    public static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> data, ulong offset, ulong size) =>
        data.Slice(checked((int)offset), checked((int)size));
}
