using System.Collections.Generic;
using System.Globalization;

namespace LayoutDsl.Locking;

/// <summary>A hash that is the same in every process and version: FNV-1a, 64 bits (draft-eastlake-fnv). It tells edits apart, not forgeries.</summary>
internal static class StableHash
{
    private const ulong OffsetBasis = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    /// <summary>The hash of texts in this order, in hexadecimal digits.</summary>
    public static string Of(IEnumerable<string> texts)
    {
        ulong hash = OffsetBasis;
        foreach (string text in texts)
        {
            foreach (char c in text) hash = Add(Add(hash, (byte)c), (byte)(c >> 8));

            // No character has this value, so that the ends of texts count.
            hash = Add(Add(hash, 0xff), 0xff);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static ulong Add(ulong hash, byte value) => unchecked((hash ^ value) * Prime);
}
