using System;
using System.Collections.Generic;
using System.Linq;
using Iced.Intel;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// Finds the instruction that a relocation is in. It decodes from the function's symbol on and believes what it sees only if all relocations on the way, and the one in question, are
/// exactly at operands of instructions: code is never guessed from bytes.
/// </summary>
internal sealed class InstructionFinder
{
    private readonly byte[] content;
    private readonly HashSet<ulong> relocations;
    private readonly ulong[] starts;

    /// <param name="content">The section.</param>
    /// <param name="section">Its index.</param>
    /// <param name="symbols">Symbols of the object.</param>
    /// <param name="relocations">Relocations of the section.</param>
    public InstructionFinder(byte[] content, int section, IEnumerable<ElfSymbol> symbols, IEnumerable<ElfRelocation> relocations)
    {
        this.content = content;
        this.relocations = new HashSet<ulong>(relocations.Select(r => r.Offset));
        starts = symbols
            .Where(s => s.IsDefinedInSection && s.SectionIndex == section && s.Type is ElfSymbolType.Function or ElfSymbolType.GnuIndirectFunction)
            .Select(s => s.Value)
            .Append(0UL)
            .Distinct()
            .OrderBy(v => v)
            .ToArray();
    }

    /// <summary>The instruction whose memory operand is at a distance that a relocation at this offset writes; null when that is not certain.</summary>
    public (Instruction Instruction, int Start)? Find(ulong offset)
    {
        int index = Array.BinarySearch(starts, offset);
        ulong start = starts[index >= 0 ? index : ~index - 1];
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(content, (int)start, content.Length - (int)start));
        decoder.IP = start;
        while (decoder.IP <= offset)
        {
            Instruction instruction = decoder.Decode();
            if (instruction.IsInvalid) return null;
            ConstantOffsets fields = decoder.GetConstantOffsets(instruction);
            var places = new List<ulong>();
            if (fields.HasDisplacement) places.Add(instruction.IP + fields.DisplacementOffset);
            if (fields.HasImmediate) places.Add(instruction.IP + fields.ImmediateOffset);
            if (fields.HasImmediate2) places.Add(instruction.IP + fields.ImmediateOffset2);
            ulong[] own = Enumerable.Range(0, instruction.Length).Select(i => instruction.IP + (ulong)i).Where(relocations.Contains).ToArray();
            if (own.Any(o => !places.Contains(o))) return null;
            if (decoder.IP <= offset) continue;
            bool isExact = own.Length == 1 && own[0] == offset && instruction.IsIPRelativeMemoryOperand && fields.DisplacementSize == 4 && instruction.IP + fields.DisplacementOffset == offset;
            return isExact ? (instruction, (int)instruction.IP) : null;
        }

        return null;
    }
}
