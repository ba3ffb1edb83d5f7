using System;
using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// Rewrites code for AArch64. Instructions have four bytes each, and a relocation says which one it is at, so that one can be put in place of another; none needs more room than it has. Distances between pages
/// of 4 KiB stay what they are, since blocks move by whole pages.
/// </summary>
internal sealed class Arm64CodeRewriter : CodeRewriter
{
    private const string GlobalOffsetTable = "_GLOBAL_OFFSET_TABLE_";

    private static readonly RewriteProblem Direct = new("is a direct access to something that stands elsewhere in each image", "compile it with -fPIC or -fPIE");
    private static readonly RewriteProblem UnknownForm = new("is a load of an address in a form that is not known", "compile it with -mcmodel=small and -fPIC");

    private readonly ElfFile file;
    private Arm64Addresses? addresses;

    public Arm64CodeRewriter(ElfFile file, IReadOnlyList<ElfSymbol> symbols, RewriteContext context, Func<string, int> addSymbol)
        : base(symbols, context, addSymbol) => this.file = file;

    public override RewriteProblem? Rewrite(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol, bool leaves)
    {
        uint type = relocation.Type;
        if (symbol.Name == GlobalOffsetTable) return RewriteTableStart(section, relocation);
        if (Arm64Relocations.IsThreadLoad(type)) return RewriteThreadLoad(section, relocation, symbol);
        if (leaves && symbol.Binding == ElfSymbolBinding.Local) return RewriteProblem.LocalTable;
        switch (type)
        {
            case Arm64Relocations.TablePage or Arm64Relocations.TableLoad:
                return RewriteTableLoad(section, relocation, symbol, leaves);
            case Arm64Relocations.TableLoadNear:
                return RewriteNearLoad(section, relocation, symbol);
        }

        bool isBranch = type is Arm64Relocations.Call or Arm64Relocations.Jump;
        bool isKnown = isBranch || Arm64Relocations.IsPage(type) || Arm64Relocations.IsLow(type) || Arm64Relocations.IsConditionalBranch(type) || Arm64Relocations.IsDistance(type);
        if (!isKnown) return new RewriteProblem(FormattableString.Invariant($"is a relocation of type {type}, which static code of the small model does not have"), "compile it with -mcmodel=small and -fPIC");
        if (!leaves) return null;
        if (isBranch)
        {
            section.Replace(relocation with { SymbolIndex = AddStub(symbol, relocation.Addend), Addend = 0 });
            return null;
        }

        if (Arm64Relocations.IsConditionalBranch(type)) return new RewriteProblem("is a conditional branch to something that stands elsewhere in each image", "branch around a plain 'b' to it instead");
        if (Arm64Relocations.IsDistance(type)) return new RewriteProblem($"is a distance in {(section.IsCode ? "code" : "data")} to something that stands elsewhere in each image", Direct.Hint);
        return RewriteAddress(section, relocation, symbol) ? null : Direct;
    }

    /// <summary>The page of the linker's table, with which code for <c>-fpic</c> finds all of its entries, becomes the page of the block's own.</summary>
    private RewriteProblem? RewriteTableStart(SectionRewriter section, in ElfRelocation relocation)
    {
        if (!Arm64Relocations.IsPage(relocation.Type) || relocation.Addend != 0) return Direct;
        section.Replace(relocation with { SymbolIndex = AddStart() });
        return null;
    }

    /// <summary>The linker makes an offset of it, but not where nothing has the variable: code that asks whether it is there before then loads from the linker's table.</summary>
    private RewriteProblem? RewriteThreadLoad(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol)
    {
        if (!IsMissing(symbol)) return null;
        bool isPage = relocation.Type == Arm64Relocations.ThreadPage;
        if (!isPage && ReadLoad(section, relocation) is null) return UnknownForm;
        section.Replace(relocation with { Type = isPage ? Arm64Relocations.Page : Arm64Relocations.LoadLow64, SymbolIndex = AddZero(), Addend = 0 });
        return null;
    }

    /// <summary>A load from that page: what it loads may be in the block, but the page is no other.</summary>
    private RewriteProblem? RewriteNearLoad(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol)
    {
        if (relocation.Addend != 0 || symbol.Binding == ElfSymbolBinding.Local || ReadLoad(section, relocation) is null) return UnknownForm;

        Table.AddStart();
        section.Replace(relocation with { Type = Arm64Relocations.LoadLow64, SymbolIndex = AddWord(symbol, 0) });
        return null;
    }

    /// <summary>
    /// A load of an address from the linker's table becomes the address itself, or a load from the block's own table. Its two instructions may stand anywhere: all that speak of one symbol are
    /// rewritten in the same way.
    /// </summary>
    private RewriteProblem? RewriteTableLoad(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol, bool leaves)
    {
        if (relocation.Addend != 0 || !section.IsCode) return UnknownForm;
        int target = leaves ? AddWord(symbol, 0) : relocation.SymbolIndex;
        if (relocation.Type == Arm64Relocations.TablePage)
        {
            section.Replace(relocation with { Type = Arm64Relocations.Page, SymbolIndex = target });
            return null;
        }

        if (ReadLoad(section, relocation) is not { } instruction) return UnknownForm;
        if (!leaves) Arm64Instructions.Write(section.Content, (int)relocation.Offset, Arm64Instructions.ToAdd(instruction));
        section.Replace(relocation with { Type = leaves ? Arm64Relocations.LoadLow64 : Arm64Relocations.AddLow, SymbolIndex = target });
        return null;
    }

    /// <summary>The address of something outside comes from a word instead of being computed, where an object does nothing else with it.</summary>
    private bool RewriteAddress(SectionRewriter section, in ElfRelocation relocation, in ElfSymbol symbol)
    {
        addresses ??= new Arm64Addresses(file);
        if (!addresses.IsAddress(relocation.SymbolIndex)) return false;
        bool isPage = Arm64Relocations.IsPage(relocation.Type);
        if (!isPage)
        {
            // add to ldr, with the same registers.
            int at = (int)relocation.Offset;
            Arm64Instructions.Write(section.Content, at, Arm64Instructions.ToLoad(Arm64Instructions.Read(section.Content, at)));
        }

        section.Replace(relocation with { Type = isPage ? Arm64Relocations.Page : Arm64Relocations.LoadLow64, SymbolIndex = AddWord(symbol, relocation.Addend), Addend = 0 });
        return true;
    }

    /// <summary>The instruction at a relocation if it is <c>ldr</c> of eight bytes into a register.</summary>
    private static uint? ReadLoad(SectionRewriter section, in ElfRelocation relocation) =>
        section.IsCode && Arm64Instructions.TryRead(section.Content, relocation.Offset) is { } instruction && Arm64Instructions.IsLoad(instruction) ? instruction : null;
}
