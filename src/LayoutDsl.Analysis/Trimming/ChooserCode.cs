using System;
using System.Collections.Generic;
using System.Linq;
using Iced.Intel;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Trimming;

/// <summary>
/// The code of a function that chooses another when the program starts: what it looks at and calls, and what it only takes the address of, to return it. Nothing is guessed: code that jumps or refers to where no relocation leads,
/// or calls what an address was taken of, is not understood. What it took the address of before it calls another function, that one may call.
/// </summary>
internal static class ChooserCode
{
    /// <summary>The relocations of a function whose targets it needs: those of branches, and those of data; null when the code is not understood.</summary>
    /// <param name="section">The section's bytes.</param>
    /// <param name="start">Where the function starts in it.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="relocations">The section's relocations.</param>
    /// <param name="isCode">Whether a relocation leads to code.</param>
    public static IReadOnlyList<ElfRelocation>? FindNeeds(ReadOnlyMemory<byte> section, ulong start, ulong size, IEnumerable<ElfRelocation> relocations, Func<ElfRelocation, bool> isCode)
    {
        if (size == 0 || start > (ulong)section.Length || size > (ulong)section.Length - start) return null;
        ElfRelocation[] own = relocations.Where(r => r.Type != 0 && r.Offset >= start && r.Offset - start < size).ToArray();
        var needed = new List<ElfRelocation>();
        var taken = new List<ElfRelocation>();
        int? takenBefore = null;
        bool goesBack = false;
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(section.Slice((int)start, (int)size).ToArray()));
        decoder.IP = start;
        while (decoder.IP < start + size)
        {
            Instruction instruction = decoder.Decode();
            if (instruction.IsInvalid) return null;
            ElfRelocation[] here = own.Where(r => r.Offset >= instruction.IP && r.Offset < instruction.NextIP).ToArray();
            bool isBranch = instruction.FlowControl is not (FlowControl.Next or FlowControl.Return or FlowControl.Interrupt or FlowControl.Exception);
            if (here.Length == 0 && (isBranch || instruction.IsIPRelativeMemoryOperand) && !StaysInside(instruction, start, size)) return null;
            needed.AddRange(here.Where(r => isBranch || !isCode(r)));
            goesBack |= isBranch && here.Length == 0 && instruction.NearBranchTarget <= instruction.IP;
            if (!isBranch) taken.AddRange(here.Where(isCode));
            else if (here.Length > 0) takenBefore = taken.Count;
        }

        needed.AddRange(goesBack && takenBefore is not null ? taken : taken.Take(takenBefore ?? 0));
        return needed;
    }

    /// <summary>Whether an instruction without a relocation goes nowhere else: neither where a register says nor to something beside the function.</summary>
    private static bool StaysInside(in Instruction instruction, ulong start, ulong size)
    {
        if (instruction.IsIPRelativeMemoryOperand) return instruction.IPRelativeMemoryAddress >= start && instruction.IPRelativeMemoryAddress - start < size;
        return instruction.FlowControl is FlowControl.UnconditionalBranch or FlowControl.ConditionalBranch or FlowControl.Call
            && instruction.NearBranchTarget >= start && instruction.NearBranchTarget - start < size;
    }
}
