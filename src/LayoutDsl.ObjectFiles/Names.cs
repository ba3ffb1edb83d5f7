using System;
using System.Runtime.InteropServices;
using System.Text;

namespace LayoutDsl.ObjectFiles;

/// <summary>Names as they are in files: bytes, most often UTF-8.</summary>
public static class Names
{
    private const int ClippedLength = 80;

    private static readonly Encoding Utf8 =
        Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new HexEscapeDecoderFallback());

    /// <summary>Decodes UTF-8; a byte that is not part of it becomes <c>\xNN</c>, so that different names stay different.</summary>
    public static string Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        return MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment)
            ? Utf8.GetString(segment.Array!, segment.Offset, segment.Count)
            : Utf8.GetString(bytes.ToArray());
    }

    /// <summary>Decodes at most the beginning, for messages: a hostile name may be as long as its file.</summary>
    internal static string DecodeClipped(ReadOnlyMemory<byte> bytes) =>
        bytes.Length <= ClippedLength ? Decode(bytes) : Decode(bytes.Slice(0, ClippedLength)) + "...";

    /// <summary>
    /// The bytes that all names of a table may have together. Names may share bytes (gABI: String Table), so that a small file can
    /// describe names whose sum is the square of its size; well-formed files stay far below this bound.
    /// </summary>
    internal static long TotalLengthLimit(int fileLength) => (4L << 20) + (4L * fileLength);
}
