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
        const string Digits = "0123456789abcdef";
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(content, hash);
        var text = new char[hash.Length * 2];
        for (int i = 0; i < hash.Length; i++)
        {
            text[2 * i] = Digits[hash[i] >> 4];
            text[(2 * i) + 1] = Digits[hash[i] & 15];
        }

        return new string(text);
    }

    /// <summary>The id of a text.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}
