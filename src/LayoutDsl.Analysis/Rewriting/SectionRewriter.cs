using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>Rewrites the references of one section. Code that needs more room than it has is put behind the section's own.</summary>
internal sealed class SectionRewriter
{
    private const int ThunkAlignment = 16;
    private const byte Breakpoint = 0xcc;
    private const byte LoadOpcode = 0x8b;
    private const byte AddressOpcode = 0x8d;

    private readonly ElfSection section;
    private readonly IReadOnlyList<ElfRelocation> original;
    private readonly IReadOnlyList<ElfSymbol> symbols;
    private readonly BlockTable table;
    private readonly Func<string, int> addSymbol;
    private readonly List<ElfRelocation> relocations = [];
    private byte[] content;
    private InstructionFinder? finder;

    public SectionRewriter(ElfSection section, IReadOnlyList<ElfRelocation> original, IReadOnlyList<ElfSymbol> symbols, BlockTable table, Func<string, int> addSymbol)
    {
        this.section = section;
        this.original = original;
        this.symbols = symbols;
        this.table = table;
        this.addSymbol = addSymbol;
        content = section.Data.ToArray();
    }

    public bool HasChanged { get; private set; }

    public ReadOnlyMemory<byte> Content => content;

    /// <summary>The relocations, by offset: those of code that was moved come last.</summary>
    public IReadOnlyList<ElfRelocation> Relocations => relocations.OrderBy(r => r.Offset).ToArray();

    /// <summary>Takes a relocation as it is; what is called next may replace it.</summary>
    public void Keep(ElfRelocation relocation) => relocations.Add(relocation);

    /// <summary>An access to a thread-local variable that the linker cannot turn into an offset reads it from a word.</summary>
    public bool RewriteThreadLoad(in ElfRelocation relocation, in ElfSymbol symbol)
    {
        int at = (int)relocation.Offset;
        if (at < 3 || relocation.Addend != -4) return false;

        // mov and add with a 64-bit register: elf_x86_64_check_tls_transition of binutils.
        if (content[at - 2] is LoadOpcode or 0x03 && content[at - 3] is 0x48 or 0x4c && IsRelative(content[at - 1])) return true;
        Replace(relocation with { Type = X64Relocations.Relative32, SymbolIndex = addSymbol(table.AddThreadWord(symbol.Name, IsWeak(symbol))) });
        return true;
    }

    /// <summary>A load of an address from the linker's table becomes the address itself, or a load from the block's own table.</summary>
    public bool RewriteTableLoad(in ElfRelocation relocation, in ElfSymbol symbol, bool leaves)
    {
        int at = (int)relocation.Offset;
        if (at < 2 || relocation.Addend is < -8 or > -4 || (section.Flags & ElfSectionFlags.Execute) == 0 || !IsRelative(content[at - 1])) return false;

        // What the linker would write instead may be an absolute address, and so it may not do it. The addend is that of the instruction: the distance counts from its end.
        ElfRelocation direct = relocation with { Type = X64Relocations.Relative32 };
        if (leaves || relocation.Addend != -4 || !TryShorten(at, ref direct))
        {
            if (symbol.Binding == ElfSymbolBinding.Local) return false;
            direct = direct with { SymbolIndex = addSymbol(table.AddWord(symbol.Name, 0, IsWeak(symbol))) };
        }

        Replace(direct);
        return true;
    }

    /// <summary>A call goes to a jump, an address comes from a word, and other instructions are moved to where there is room to load the address first.</summary>
    public bool RewriteRelative(in ElfRelocation relocation, in ElfSymbol symbol)
    {
        int at = (int)relocation.Offset;
        if (at < 1) return false;
        if (IsBranch(at))
        {
            Replace(relocation with { Type = X64Relocations.Call32, SymbolIndex = addSymbol(table.AddStub(symbol.Name, relocation.Addend + 4, IsWeak(symbol))), Addend = -4 });
            return true;
        }

        if (at >= 3 && content[at - 2] == AddressOpcode && content[at - 3] is 0x48 or 0x4c && IsRelative(content[at - 1]))
        {
            content[at - 2] = LoadOpcode;
            Replace(relocation with { SymbolIndex = addSymbol(table.AddWord(symbol.Name, relocation.Addend + 4, IsWeak(symbol))), Addend = -4 });
            return true;
        }

        return Move(relocation, symbol);
    }

    private bool Move(in ElfRelocation relocation, in ElfSymbol symbol)
    {
        // Parts of one function that stand in several objects have no room between them.
        if (section.Name is ".init" or ".fini") return false;
        finder ??= new InstructionFinder(section.Data.ToArray(), section.Index, symbols, original);
        if (finder.Find(relocation.Offset) is not { } found) return false;
        if (MovedInstruction.Create(found.Instruction, (int)relocation.Offset - found.Start, relocation.Addend) is not { } moved) return false;
        int thunkAt = (content.Length + ThunkAlignment - 1) / ThunkAlignment * ThunkAlignment;
        int end = content.Length;
        Array.Resize(ref content, thunkAt + moved.Thunk.Length);
        content.AsSpan(end, thunkAt - end).Fill(Breakpoint);
        moved.Place(content, found.Start, found.Instruction.Length, thunkAt);
        string word = table.AddWord(symbol.Name, moved.Addend, IsWeak(symbol));
        Replace(new ElfRelocation((ulong)(thunkAt + moved.WordOffset), X64Relocations.Relative32, addSymbol(word), -4, true));
        return true;
    }

    /// <summary>Instructions with an address for which there is a form with the same length that needs no table: loads, calls and jumps.</summary>
    private bool TryShorten(int at, ref ElfRelocation direct)
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
    private bool IsBranch(int at) => content[at - 1] is 0xe8 or 0xe9 || (at >= 2 && content[at - 2] == 0x0f && (content[at - 1] & 0xf0) == 0x80);

    private static bool IsRelative(byte modifier) => (modifier & 0xc7) == 0x05;

    private static bool IsWeak(in ElfSymbol symbol) => symbol.IsUndefined && symbol.Binding == ElfSymbolBinding.Weak;

    private void Replace(ElfRelocation relocation)
    {
        relocations[relocations.Count - 1] = relocation;
        HasChanged = true;
    }
}
