using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>Finds what an object defines for others and refers to in others.</summary>
internal static class SymbolMeasurement
{
    /// <summary>
    /// Relocations of calls and jumps by machine, as the processor supplements number them. x86-64: PLT32. i386: PC32, PLT32. AArch64: TSTBR14, CONDBR19, JUMP26, CALL26.
    /// Arm: PC24, THM_CALL, PLT32, CALL, JUMP24, THM_JUMP24, THM_JUMP19, THM_JUMP11, THM_JUMP8. RISC-V: BRANCH, JAL, CALL, CALL_PLT, RVC_BRANCH, RVC_JUMP.
    /// </summary>
    private static readonly Dictionary<ElfMachine, HashSet<uint>> Calls = new()
    {
        [ElfMachine.X86_64] = [4],
        [ElfMachine.I386] = [2, 4],
        [ElfMachine.AArch64] = [279, 280, 282, 283],
        [ElfMachine.Arm] = [1, 10, 27, 28, 29, 30, 51, 102, 103],
        [ElfMachine.RiscV] = [16, 17, 18, 19, 44, 45],
    };

    /// <summary>Finds them; false when relocations cannot be read.</summary>
    public static bool TryFind(ElfFile elf, IReadOnlyList<ElfSymbol> symbols, [NotNullWhen(true)] out SymbolFacts? facts, [NotNullWhen(false)] out ObjectFileError? error)
    {
        facts = null;
        error = null;
        int[] places = Number(elf.Sections);
        var references = new List<ReferenceFacts>();
        foreach (ElfSection table in elf.Sections.Where(s => s.Type is ElfSectionType.Rela or ElfSectionType.Rel && s.Info > 0 && s.Info < elf.Sections.Count && places[s.Info] >= 0))
        {
            if (!elf.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? relocations, out error)) return false;
            references.AddRange(Find(elf.Machine, symbols, relocations, places[table.Info]));
        }

        IEnumerable<DefinitionFacts> definitions = symbols
            .Where(s => s.Binding != ElfSymbolBinding.Local && (s.IsDefinedInSection || s.IsAbsolute) && s.Type is not (ElfSymbolType.Section or ElfSymbolType.File))
            .Select(s => new DefinitionFacts(s.Name, GetTraits(elf, s), s.IsDefinedInSection ? places[s.SectionIndex] : -1));
        facts = new SymbolFacts(
            definitions.ToEquatableArray(),
            references.OrderBy(r => r.Section).ThenBy(r => r.Name, System.StringComparer.Ordinal).ToEquatableArray());
        return true;
    }

    /// <summary>The index of each section among the allocated ones, which are those that facts have; -1 for the others.</summary>
    private static int[] Number(IReadOnlyList<ElfSection> sections)
    {
        int next = 0;
        return sections.Select(s => s.IsAllocated ? next++ : -1).ToArray();
    }

    private static IEnumerable<ReferenceFacts> Find(ElfMachine machine, IReadOnlyList<ElfSymbol> symbols, IReadOnlyList<ElfRelocation> relocations, int section)
    {
        Calls.TryGetValue(machine, out HashSet<uint>? calls);
        var found = new Dictionary<int, (ReferenceTraits Traits, SortedSet<int> Places)>();
        foreach (ElfRelocation relocation in relocations)
        {
            ElfSymbol target = symbols[relocation.SymbolIndex];
            if (relocation.SymbolIndex == 0 || !MayBeElsewhere(target)) continue;
            if (!found.TryGetValue(relocation.SymbolIndex, out var known)) known = (ReferenceTraits.None, []);
            known.Traits |= calls?.Contains(relocation.Type) == true ? ReferenceTraits.Call : ReferenceTraits.Address;
            if (target.Binding == ElfSymbolBinding.Weak && target.IsUndefined) known.Traits |= ReferenceTraits.Weak;
            known.Places.Add((int)System.Math.Min(relocation.Offset / ReferenceFacts.PlaceSize, int.MaxValue));
            found[relocation.SymbolIndex] = known;
        }

        return found.Select(f => new ReferenceFacts(symbols[f.Key].Name, f.Value.Traits, section, f.Value.Places.ToEquatableArray()));
    }

    /// <summary>Whether another object may define what a symbol stands for: not a local symbol, and no strong one of the object's own.</summary>
    private static bool MayBeElsewhere(in ElfSymbol symbol) =>
        symbol.Binding != ElfSymbolBinding.Local && symbol.Type != ElfSymbolType.Section && (symbol.IsUndefined || symbol.Binding == ElfSymbolBinding.Weak);

    private static DefinitionTraits GetTraits(ElfFile elf, in ElfSymbol symbol)
    {
        bool isFunction = symbol.Type is ElfSymbolType.Function or ElfSymbolType.GnuIndirectFunction;
        bool inCode = symbol.IsDefinedInSection && (elf.Sections[symbol.SectionIndex].Flags & ElfSectionFlags.Execute) != 0 && symbol.Type != ElfSymbolType.Object;
        return (symbol.Binding == ElfSymbolBinding.Weak ? DefinitionTraits.Weak : 0)
            | (isFunction || inCode ? DefinitionTraits.Code : 0)
            | (isFunction && elf.Machine == ElfMachine.Arm && (symbol.Value & 1) != 0 ? DefinitionTraits.Thumb : 0)
            | (symbol.Type == ElfSymbolType.Tls ? DefinitionTraits.ThreadLocal : 0);
    }
}
