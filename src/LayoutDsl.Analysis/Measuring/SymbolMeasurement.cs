using System;
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

    /// <summary>Most references are near the start of a small section: they share one list.</summary>
    private static readonly EquatableArray<int> FirstPlace = new([0]);

    /// <summary>Finds them; false when relocations cannot be read.</summary>
    public static bool TryFind(ElfFile elf, ElfSymbol[] symbols, [NotNullWhen(true)] out SymbolFacts? facts, [NotNullWhen(false)] out ObjectFileError? error)
    {
        facts = null;
        error = null;
        int[] places = Number(elf.Sections);
        Calls.TryGetValue(elf.Machine, out HashSet<uint>? calls);
        var references = new List<ReferenceFacts>();
        var found = new List<Found>();
        int[] numbers = new int[symbols.Length];
        foreach (ElfSection table in elf.Sections)
        {
            if (table.Type is not (ElfSectionType.Rela or ElfSectionType.Rel) || table.Info == 0 || table.Info >= elf.Sections.Count || places[table.Info] < 0) continue;
            if (!elf.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? relocations, out error)) return false;
            found.Clear();
            Find(calls, symbols, relocations as ElfRelocation[] ?? relocations.ToArray(), numbers, found);
            foreach (Found item in found)
            {
                numbers[item.Symbol] = 0;
                references.Add(new ReferenceFacts(SymbolNames.Get(symbols[item.Symbol].NameBytes), item.Traits, places[table.Info], Sort(item)));
            }
        }

        references.Sort((x, y) => x.Section != y.Section ? x.Section.CompareTo(y.Section) : string.CompareOrdinal(x.Name, y.Name));
        facts = new SymbolFacts(FindDefinitions(elf, symbols, places).ToEquatableArray(), new EquatableArray<ReferenceFacts>(references.ToArray()));
        return true;
    }

    private static List<DefinitionFacts> FindDefinitions(ElfFile elf, ElfSymbol[] symbols, int[] places)
    {
        var definitions = new List<DefinitionFacts>();
        foreach (ref readonly ElfSymbol symbol in new ReadOnlySpan<ElfSymbol>(symbols))
        {
            if (symbol.Binding == ElfSymbolBinding.Local || !(symbol.IsDefinedInSection || symbol.IsAbsolute) || symbol.Type is ElfSymbolType.Section or ElfSymbolType.File) continue;
            definitions.Add(new DefinitionFacts(SymbolNames.Get(symbol.NameBytes), GetTraits(elf, symbol), symbol.IsDefinedInSection ? places[symbol.SectionIndex] : -1));
        }

        return definitions;
    }

    /// <summary>The index of each section among the allocated ones, which are those that facts have; -1 for the others.</summary>
    private static int[] Number(IReadOnlyList<ElfSection> sections)
    {
        int next = 0;
        var numbers = new int[sections.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = sections[i].IsAllocated ? next++ : -1;
        return numbers;
    }

    /// <summary>Gathers the references of one section by symbol. Objects have many relocations: nothing is looked up by name.</summary>
    /// <param name="calls">Relocations that are calls.</param>
    /// <param name="symbols">The object's symbols.</param>
    /// <param name="relocations">The section's relocations.</param>
    /// <param name="numbers">For each symbol its place in <paramref name="found"/>, from 1; 0 for those that are not there.</param>
    /// <param name="found">Takes the symbols.</param>
    private static void Find(HashSet<uint>? calls, ElfSymbol[] symbols, ElfRelocation[] relocations, int[] numbers, List<Found> found)
    {
        foreach (ref readonly ElfRelocation relocation in new ReadOnlySpan<ElfRelocation>(relocations))
        {
            int symbol = relocation.SymbolIndex;
            if (symbol == 0) continue;
            ref readonly ElfSymbol target = ref symbols[symbol];
            if (!MayBeElsewhere(target)) continue;
            ReferenceTraits traits = calls?.Contains(relocation.Type) == true ? ReferenceTraits.Call : ReferenceTraits.Address;
            int place = (int)Math.Min(relocation.Offset / ReferenceFacts.PlaceSize, int.MaxValue);
            if (numbers[symbol] == 0)
            {
                if (target.Binding == ElfSymbolBinding.Weak && target.IsUndefined) traits |= ReferenceTraits.Weak;
                found.Add(new Found(symbol, traits, place, null));
                numbers[symbol] = found.Count;
                continue;
            }

            Found known = found[numbers[symbol] - 1];
            List<int>? places = known.Places;
            if (place != (places is null ? known.First : places[places.Count - 1])) (places ??= [known.First]).Add(place);
            found[numbers[symbol] - 1] = known with { Traits = known.Traits | traits, Places = places };
        }
    }

    /// <summary>A symbol that a section refers to.</summary>
    /// <param name="Symbol">Its index.</param>
    /// <param name="Traits">How.</param>
    /// <param name="First">The first place.</param>
    /// <param name="Places">All places when there are several, in the order of the relocations.</param>
    private readonly record struct Found(int Symbol, ReferenceTraits Traits, int First, List<int>? Places);

    /// <summary>Ascending and each once; relocations mostly are in that order.</summary>
    private static EquatableArray<int> Sort(Found found)
    {
        if (found.Places is not { } places) return found.First == 0 ? FirstPlace : new EquatableArray<int>([found.First]);
        for (int i = 1; i < places.Count; i++)
        {
            if (places[i] <= places[i - 1]) return new SortedSet<int>(places).ToEquatableArray();
        }

        return new EquatableArray<int>(places.ToArray());
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
