using System;
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
}
