using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Trimming;

/// <summary>Calls and jumps of x86-64, by their operation codes (Intel SDM: CALL, JMP, Jcc).</summary>
internal static class CallInstructions
{
    /// <summary>Whether a relocation is the target of a call or jump, rather than an address that is taken.</summary>
    public static bool IsCall(ReadOnlySpan<byte> code, in ElfRelocation relocation)
    {
        if (RelocationTypes.IsCall(relocation.Type)) return true;
        if (relocation.Offset < 2 || relocation.Offset > (ulong)code.Length) return false;
        byte before = code[(int)relocation.Offset - 1];
        byte first = code[(int)relocation.Offset - 2];
        return RelocationTypes.IsTableLoad(relocation.Type)
            ? first == 0xff && before is 0x15 or 0x25
            : before is 0xe8 or 0xe9 || (first == 0x0f && before is >= 0x80 and <= 0x8f);
    }

    /// <summary>What looks like calls and jumps out of a function to another place of its section. Instructions are not told apart, so that not all of these are any.</summary>
    /// <param name="code">The section.</param>
    /// <param name="start">Where the function starts.</param>
    /// <param name="size">Bytes of the function.</param>
    /// <returns>Where the distance is in the section, where it leads to, and whether it is one of a single byte.</returns>
    public static IReadOnlyList<(ulong Place, ulong Target, bool IsShort)> FindOutside(ReadOnlySpan<byte> code, ulong start, ulong size)
    {
        var found = new List<(ulong Place, ulong Target, bool IsShort)>();
        ulong end = Math.Min(start + size, (ulong)code.Length);
        for (ulong at = start; at + 1 < end; at++)
        {
            byte operation = code[(int)at];
            if (operation is 0xeb or (>= 0x70 and <= 0x7f)) Add(at + 1, unchecked(at + 2 + (ulong)(sbyte)code[(int)at + 1]), (ulong)code.Length, true);
            bool isLong = operation is 0xe8 or 0xe9 || (operation is >= 0x80 and <= 0x8f && at > start && code[(int)at - 1] == 0x0f);
            if (isLong && at + 5 <= end) Add(at + 1, unchecked(at + 5 + (ulong)BinaryPrimitives.ReadInt32LittleEndian(code.Slice((int)at + 1))), (ulong)code.Length, false);
        }

        return found;

        void Add(ulong place, ulong target, ulong length, bool isShort)
        {
            if (target < length && (target < start || target >= end)) found.Add((place, target, isShort));
        }
    }
}
