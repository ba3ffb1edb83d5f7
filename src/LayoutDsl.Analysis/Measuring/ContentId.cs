using System;
using System.IO.Hashing;
using System.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>The identity of contents: 128 bits (XXH128) in hexadecimal digits. Two contents with one id are taken to be equal.</summary>
public static class ContentId
{
    /// <summary>The id of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> content)
    {
        var hash = new byte[16];
        XxHash128.Hash(content, hash);
        var text = new StringBuilder(hash.Length * 2);
        foreach (byte b in hash) text.Append(b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        return text.ToString();
    }

    /// <summary>The id of a text.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}
