using System;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>
/// Names of symbols and sections as texts. Objects of one fleet have mostly the same names, so a thread keeps those that it met last, and makes no new text for them.
/// </summary>
internal static class SymbolNames
{
    private const int Slots = 8192;

    [ThreadStatic]
    private static string?[]? known;

    /// <summary>The text of a name.</summary>
    public static string Get(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> name = bytes.Span;
        uint hash = 2166136261;
        foreach (byte b in name) hash = unchecked((hash ^ b) * 16777619);
        ref string? slot = ref (known ??= new string?[Slots])[(hash ^ (hash >> 16)) % Slots];
        return slot is { } text && IsText(name, text) ? text : slot = Names.Decode(bytes);
    }

    /// <summary>Whether bytes are a text that is ASCII alone; others are decoded each time.</summary>
    private static bool IsText(ReadOnlySpan<byte> name, string text)
    {
        if (name.Length != text.Length) return false;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] != text[i] || name[i] > 127) return false;
        }

        return true;
    }
}
