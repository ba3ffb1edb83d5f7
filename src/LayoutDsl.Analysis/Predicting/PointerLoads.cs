using System;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>
/// Instructions that load an address from the global offset table, which the linker rewrites to have the address themselves where it can
/// (x86-64 psABI, Optimize GOTPCRELX Relocations; binutils: elf_x86_64_convert_load_reloc).
/// </summary>
internal static class PointerLoads
{
    private const uint PlainType = 9;
    private const uint RexType = 42;
    private const byte Move = 0x8b;
    private const byte Branch = 0xff;
    private const byte RexR = 4;
    private const byte RexW = 8;

    /// <summary>Whether the linker rewrites the instruction, so that it needs no entry.</summary>
    public static bool IsConverted(ReadOnlySpan<byte> content, in ElfRelocation relocation, SymbolDefinition target) =>
        IsConvertible(content, relocation) && !target.IsIndirectFunction && target.Kind is not (DefinitionKind.Undefined or DefinitionKind.None);

    /// <summary>Whether the linker rewrites the instruction when the symbol is one of the image.</summary>
    public static bool IsConvertible(ReadOnlySpan<byte> content, in ElfRelocation relocation)
    {
        int at = (int)relocation.Offset;
        if (at < (relocation.Type == RexType ? 3 : 2) || relocation.Addend != -4) return false;
        return content[at - 2] == Move || relocation.Type != PlainType;
    }

    /// <summary>Rewrites the instruction.</summary>
    /// <param name="content">The section.</param>
    /// <param name="relocation">A relocation for which <see cref="IsConverted"/> holds.</param>
    /// <returns>The relocation that is left: its offset, type and addend.</returns>
    public static ElfRelocation Convert(Span<byte> content, in ElfRelocation relocation)
    {
        int at = (int)relocation.Offset;
        byte opcode = content[at - 2];
        byte modifier = content[at - 1];
        if (opcode == Branch)
        {
            if (modifier == 0x25)
            {
                content[at - 2] = 0xe9;
                content[at + 3] = 0x90;
                return relocation with { Offset = relocation.Offset - 1, Type = 2 };
            }

            content[at - 2] = 0x67;
            content[at - 1] = 0xe8;
            return relocation with { Type = 2 };
        }

        if (opcode == Move && relocation.Type == PlainType)
        {
            content[at - 2] = 0x8d;
            return relocation with { Type = 2 };
        }

        byte rex = relocation.Type == RexType ? content[at - 3] : (byte)0;
        byte mask = RexR;
        uint type = (rex & RexW) != 0 ? 11u : 10u;
        if (opcode == Move)
        {
            content[at - 2] = 0xc7;
            content[at - 1] = (byte)(0xc0 | ((modifier & 0x38) >> 3));
            if ((rex & RexW) == 0) mask |= RexW;
        }
        else if (opcode == 0x85)
        {
            content[at - 2] = 0xf7;
            content[at - 1] = (byte)(0xc0 | ((modifier & 0x38) >> 3));
        }
        else
        {
            content[at - 2] = 0x81;
            content[at - 1] = (byte)(0xc0 | ((modifier & 0x38) >> 3) | (opcode & 0x3c));
        }

        if (rex != 0) content[at - 3] = (byte)((rex & ~mask) | ((rex & RexR) >> 2));
        return relocation with { Type = type, Addend = 0 };
    }
}
