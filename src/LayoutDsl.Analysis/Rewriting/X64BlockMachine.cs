using System;
using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>x86-64.</summary>
internal sealed class X64BlockMachine : BlockMachine
{
    public override ElfMachine Machine => ElfMachine.X86_64;

    public override uint Absolute64 => X64Relocations.Absolute64;

    public override uint? ThreadOffset64 => X64Relocations.ThreadOffset64;

    /// <summary><c>jmp *word(%rip)</c>, and a filler of two bytes.</summary>
    public override ReadOnlyMemory<byte> Stub { get; } = new byte[] { 0xff, 0x25, 0, 0, 0, 0, 0x66, 0x90 };

    public override IEnumerable<ElfRelocation> GetStubRelocations(ulong offset, int word) => [new ElfRelocation(offset + 2, X64Relocations.Relative32, word, -4, true)];

    public override bool IsStable(uint type) => X64Relocations.IsStable(type);

    public override bool IsShortAddress(uint type) => X64Relocations.IsShortAddress(type);

    public override bool HasCall(uint type) => type is X64Relocations.GeneralDynamic or X64Relocations.LocalDynamic;

    public override CodeRewriter Create(ElfFile file, IReadOnlyList<ElfSymbol> symbols, RewriteContext context, Func<string, int> addSymbol) => new X64CodeRewriter(symbols, context, addSymbol);
}
