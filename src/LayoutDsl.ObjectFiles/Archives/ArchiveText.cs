using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>The text fields of member headers.</summary>
internal static class ArchiveText
{
    /// <summary>Removes padding.</summary>
    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text, byte padding)
    {
        int length = text.Length;
        while (length > 0 && text[length - 1] == padding)
        {
            length--;
        }

        return text.Slice(0, length);
    }

    /// <summary>Parses decimal digits, at least one, that only spaces follow. False also if the number exceeds 64 bits.</summary>
    public static bool TryParseNumber(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        text = TrimEnd(text, (byte)' ');
        foreach (byte character in text)
        {
            uint digit = (uint)(character - '0');
            if (digit > 9 || value > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return !text.IsEmpty;
    }
}
