using System;
using System.Buffers.Binary;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// The two instructions that are put in place of each other (Arm ARM, LDR (immediate), unsigned offset, 64-bit; ADD (immediate), 64-bit, not shifted): registers are at the same bits in both, and relocations fill the rest.
/// </summary>
internal static class Arm64Instructions
{
    private const int Size = 4;
    private const uint Load = 0xf9400000;
    private const uint Add = 0x91000000;
    private const uint Operation = 0xffc00000;
    private const uint Registers = 0x3ff;

    /// <summary>The number that is no register in one of the two and the stack pointer in the other.</summary>
    private const uint Special = 31;

    /// <summary>The instruction at an offset; null when there is none.</summary>
    public static uint? TryRead(ReadOnlySpan<byte> content, ulong offset) => content.Length >= Size && offset <= (ulong)(content.Length - Size) ? Read(content, (int)offset) : null;

    public static uint Read(ReadOnlySpan<byte> content, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(content.Slice(offset));

    public static void Write(Span<byte> content, int offset, uint instruction) => BinaryPrimitives.WriteUInt32LittleEndian(content.Slice(offset), instruction);

    public static bool IsLoad(uint instruction) => (instruction & Operation) == Load && Target(instruction) != Special;

    public static bool IsAdd(uint instruction) => (instruction & Operation) == Add && Target(instruction) != Special;

    public static uint ToLoad(uint instruction) => Load | (instruction & Registers);

    public static uint ToAdd(uint instruction) => Add | (instruction & Registers);

    /// <summary>The register that an instruction fills.</summary>
    public static uint Target(uint instruction) => instruction & 31;

    /// <summary>The register that it starts from.</summary>
    public static uint Base(uint instruction) => (instruction >> 5) & 31;
}
