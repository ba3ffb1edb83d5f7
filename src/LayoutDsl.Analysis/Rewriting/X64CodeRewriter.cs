using System;
using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>Rewrites code for x86-64. What needs more room than it has is put behind the section's own code.</summary>
internal sealed class X64CodeRewriter : CodeRewriter
{
    private const int ThunkAlignment = 16;
    private const byte Breakpoint = 0xcc;
    private const byte LoadOpcode = 0x8b;
    private const byte AddressOpcode = 0x8d;
    private const string CompilerHint = "compile it with -fPIC, or with -fPIE and -mno-direct-extern-access";

    private readonly Dictionary<SectionRewriter, InstructionFinder> finders = [];

    public X64CodeRewriter(IReadOnlyList<ElfSymbol> symbols, RewriteContext context, Func<string, int> addSymbol)
        : base(symbols, context, addSymbol)
    {
    }

    public override RewriteProblem? Rewrite(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol, bool leaves)
    {
        if (relocation.Type == X64Relocations.InitialExec) return RewriteThreadLoad(section, relocation, symbol) ? null : Problem("is an access to thread-local data in a form that is not known");
        if (relocation.Type is X64Relocations.Relative32 or X64Relocations.Call32 && !leaves) return null;
        if (leaves && symbol.Binding == ElfSymbolBinding.Local) return RewriteProblem.LocalTable;
        if (X64Relocations.IsTableLoad(relocation.Type)) return RewriteTableLoad(section, relocation, symbol, leaves) ? null : Problem("is a load of an address in a form that is not known");
        if (!leaves && relocation.Type == X64Relocations.Relative64) return null;
        if (relocation.Type is not (X64Relocations.Relative32 or X64Relocations.Call32))
        {
            return new RewriteProblem(FormattableString.Invariant($"is a relocation of type {relocation.Type}, which static code of the small model does not have"), "compile it with -mcmodel=small and -fPIC");
        }

        if (!section.IsCode) return Problem("is a distance in data to something that stands elsewhere in each image");
        return RewriteRelative(section, relocation, symbol) ? null : Problem("is an instruction that cannot be moved");
    }

    private static RewriteProblem Problem(string reason) => new(reason, CompilerHint);

    /// <summary>An access to a thread-local variable that the linker cannot turn into an offset reads it from a word.</summary>
    private bool RewriteThreadLoad(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol)
    {
        int at = (int)relocation.Offset;
        if (at < 3 || relocation.Addend != -4) return false;

        // mov and add with a 64-bit register: elf_x86_64_check_tls_transition of binutils.
        Span<byte> content = section.Content;
        if (content[at - 2] is LoadOpcode or 0x03 && content[at - 3] is 0x48 or 0x4c && IsRelative(content[at - 1])) return true;
        section.Replace(relocation with { Type = X64Relocations.Relative32, SymbolIndex = AddThreadWord(symbol) });
        return true;
    }

    /// <summary>A load of an address from the linker's table becomes the address itself, or a load from the block's own table.</summary>
    private bool RewriteTableLoad(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol, bool leaves)
    {
        int at = (int)relocation.Offset;
        if (at < 2 || relocation.Addend is < -8 or > -4 || !section.IsCode || !IsRelative(section.Content[at - 1])) return false;

        // What the linker would write instead may be an absolute address, and so it may not do it. The addend is that of the instruction: the distance counts from its end.
        ElfRelocation direct = relocation with { Type = X64Relocations.Relative32 };
        if (leaves || relocation.Addend != -4 || !TryShorten(section.Content, at, ref direct))
        {
            if (symbol.Binding == ElfSymbolBinding.Local) return false;
            direct = direct with { SymbolIndex = AddWord(symbol, 0) };
        }

        section.Replace(direct);
        return true;
    }

    /// <summary>A call goes to a jump, an address comes from a word, and other instructions are moved to where there is room to load the address first.</summary>
    private bool RewriteRelative(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol)
    {
        int at = (int)relocation.Offset;
        if (at < 1) return false;
        Span<byte> content = section.Content;
        if (IsBranch(content, at))
        {
            section.Replace(relocation with { Type = X64Relocations.Call32, SymbolIndex = AddStub(symbol, relocation.Addend + 4), Addend = -4 });
            return true;
        }

        if (at >= 3 && content[at - 2] == AddressOpcode && content[at - 3] is 0x48 or 0x4c && IsRelative(content[at - 1]))
        {
            content[at - 2] = LoadOpcode;
            section.Replace(relocation with { SymbolIndex = AddWord(symbol, relocation.Addend + 4), Addend = -4 });
            return true;
        }

        return Move(section, relocation, symbol);
    }

    private bool Move(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol)
    {
        // Parts of one function that stand in several objects have no room between them.
        if (section.Section.Name is ".init" or ".fini") return false;
        if (!finders.TryGetValue(section, out InstructionFinder? finder))
        {
            finders.Add(section, finder = new InstructionFinder(section.Section.Data.ToArray(), section.Section.Index, Symbols, section.Original));
        }

        if (finder.Find(relocation.Offset) is not { } found) return false;
        if (MovedInstruction.Create(found.Instruction, (int)relocation.Offset - found.Start, relocation.Addend) is not { } moved) return false;
        int thunkAt = section.Append(moved.Thunk.Length, ThunkAlignment, Breakpoint);
        moved.Place(section.Content, found.Start, found.Instruction.Length, thunkAt);
        section.Replace(new ElfRelocation((ulong)(thunkAt + moved.WordOffset), X64Relocations.Relative32, AddWord(symbol, moved.Addend), -4, true));
        return true;
    }

    /// <summary>Instructions with an address for which there is a form with the same length that needs no table: loads, calls and jumps.</summary>
    private static bool TryShorten(Span<byte> content, int at, ref ElfRelocation direct)
    {
        switch (content[at - 2], content[at - 1])
        {
            case (LoadOpcode, _):
                content[at - 2] = AddressOpcode;
                return true;
            case (0xff, 0x15):
                content[at - 2] = 0x67;
                content[at - 1] = 0xe8;
                return true;
            case (0xff, 0x25):
                content[at - 2] = 0xe9;
                content[at + 3] = 0x90;
                direct = direct with { Offset = direct.Offset - 1 };
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether the four bytes belong to a call or a jump and not to an operand in memory: the byte before them tells (Intel SDM, ModR/M Byte).</summary>
    private static bool IsBranch(Span<byte> content, int at) => content[at - 1] is 0xe8 or 0xe9 || (at >= 2 && content[at - 2] == 0x0f && (content[at - 1] & 0xf0) == 0x80);

    private static bool IsRelative(byte modifier) => (modifier & 0xc7) == 0x05;
}
