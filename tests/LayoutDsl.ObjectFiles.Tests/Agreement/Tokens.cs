using System;
using System.Globalization;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Takes the words of a line one by one from either end.</summary>
internal ref struct Tokens(ReadOnlySpan<char> line)
{
    public ReadOnlySpan<char> Rest { get; private set; } = line.Trim(' ');

    public ReadOnlySpan<char> Next()
    {
        int end = Rest.IndexOf(' ');
        ReadOnlySpan<char> token = end < 0 ? Rest : Rest[..end];
        Rest = end < 0 ? default : Rest[end..].TrimStart(' ');
        return token;
    }

    public ReadOnlySpan<char> Last()
    {
        int start = Rest.LastIndexOf(' ');
        ReadOnlySpan<char> token = Rest[(start + 1)..];
        Rest = start < 0 ? default : Rest[..start].TrimEnd(' ');
        return token;
    }

    public static bool IsHex(ReadOnlySpan<char> token, ulong expected) =>
        ulong.TryParse(token.StartsWith("0x") ? token[2..] : token, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
        && value == expected;

    public static bool IsDecimal(ReadOnlySpan<char> token, ulong expected) =>
        ulong.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value == expected;
}
