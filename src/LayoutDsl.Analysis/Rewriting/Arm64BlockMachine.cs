using System;
using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>AArch64.</summary>
internal sealed class Arm64BlockMachine : BlockMachine
{
    public override ElfMachine Machine => ElfMachine.AArch64;

    public override uint Absolute64 => Arm64Relocations.Absolute64;

    public override uint? ThreadOffset64 => null;

    /// <summary>
    /// <c>adrp x16, word; ldr x16, [x16, :lo12:word]; br x16; nop</c>. The register may change between a call and the function (AAPCS64, General-purpose Registers), and a jump by it may
    /// lead to a function that begins with <c>bti c</c>.
    /// </summary>
    public override ReadOnlyMemory<byte> Stub { get; } = new byte[] { 0x10, 0, 0, 0x90, 0x10, 0x02, 0x40, 0xf9, 0, 0x02, 0x1f, 0xd6, 0x1f, 0x20, 0x03, 0xd5 };

    public override IEnumerable<ElfRelocation> GetStubRelocations(ulong offset, int word) =>
    [
        new ElfRelocation(offset, Arm64Relocations.Page, word, 0, true),
        new ElfRelocation(offset + 4, Arm64Relocations.LoadLow64, word, 0, true),
    ];

    public override bool IsStable(uint type) => Arm64Relocations.IsStable(type);

    public override bool IsShortAddress(uint type) => Arm64Relocations.IsShortAddress(type);

    public override bool HasCall(uint type) => type is Arm64Relocations.GeneralDynamicAdd or Arm64Relocations.LocalDynamicAdd;

    public override CodeRewriter Create(ElfFile file, IReadOnlyList<ElfSymbol> symbols, RewriteContext context, Func<string, int> addSymbol) => new Arm64CodeRewriter(file, symbols, context, addSymbol);
}
