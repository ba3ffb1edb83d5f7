using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>
/// The identity of an object's input sections: equal for two sections exactly when any link treats them alike. That takes the section's bytes, its relocations, the global symbols that
/// it defines, and the same of every section of the object that it refers to by a local symbol; names of local symbols, debug information and paths do not count.
/// </summary>
internal sealed class SectionIdentity
{
    private readonly ElfFile file;
    private readonly IReadOnlyList<ElfSymbol> symbols;
    private readonly ILookup<int, ElfSection> relocations;
    private readonly ILookup<int, ElfSymbol> definitions;
    private readonly Dictionary<int, (byte[] Own, int[] Targets)> known = new();

    /// <param name="file">A relocatable object.</param>
    /// <param name="symbols">Its symbols.</param>
    public SectionIdentity(ElfFile file, IReadOnlyList<ElfSymbol> symbols)
    {
        this.file = file;
        this.symbols = symbols;
        relocations = file.Sections.Where(s => s.Type is ElfSectionType.Rela or ElfSectionType.Rel).ToLookup(s => (int)s.Info);
        definitions = symbols.Where(s => s.IsDefinedInSection && s.Binding != ElfSymbolBinding.Local).ToLookup(s => s.SectionIndex);
    }

    /// <summary>The identity of a section.</summary>
    public string Of(ElfSection section)
    {
        // Sections are numbered in the order in which they are met, so that their numbers in the file do not count.
        var numbers = new Dictionary<int, int> { [section.Index] = 0 };
        var order = new List<int> { section.Index };
        var text = new MemoryStream();
        var writer = new BinaryWriter(text);
        for (int i = 0; i < order.Count; i++)
        {
            (byte[] own, int[] targets) = Describe(order[i]);
            writer.Write(own.Length);
            writer.Write(own);
            foreach (int target in targets)
            {
                if (!numbers.TryGetValue(target, out int number))
                {
                    numbers.Add(target, number = order.Count);
                    order.Add(target);
                }

                writer.Write(number);
            }
        }

        writer.Flush();
        return ContentId.Of(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    /// <summary>What a section is by itself, and the sections that its references lead to, in the order of the references.</summary>
    private (byte[] Own, int[] Targets) Describe(int index)
    {
        if (known.TryGetValue(index, out (byte[] Own, int[] Targets) found)) return found;
        ElfSection section = file.Sections[index];
        var targets = new List<int>();
        var text = new MemoryStream();
        var writer = new BinaryWriter(text);
        writer.Write((uint)section.Type);
        writer.Write((ulong)section.Flags);
        writer.Write(section.Size);
        writer.Write(section.Alignment);
        writer.Write(section.EntrySize);
        writer.Write(ContentId.Of(section.Data.Span));
        foreach (ElfSymbol symbol in definitions[index])
        {
            writer.Write(symbol.Name);
            writer.Write(symbol.Value);
            writer.Write(symbol.Size);
            writer.Write((byte)symbol.Binding);
            writer.Write((byte)symbol.Type);
            writer.Write(symbol.Other);
        }

        foreach (ElfSection table in relocations[index])
        {
            if (!file.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? entries, out _)) continue;
            foreach (ElfRelocation relocation in entries) Write(writer, relocation, targets);
        }

        writer.Flush();
        return known[index] = (text.ToArray(), targets.ToArray());
    }

    private void Write(BinaryWriter writer, in ElfRelocation relocation, List<int> targets)
    {
        ElfSymbol symbol = symbols[relocation.SymbolIndex];
        writer.Write(relocation.Offset);
        writer.Write(relocation.Type);
        writer.Write(relocation.Addend);
        bool isLocal = symbol.Binding == ElfSymbolBinding.Local;
        writer.Write(isLocal);
        if (!isLocal) writer.Write(symbol.Name);
        else
        {
            writer.Write((byte)symbol.Type);
            writer.Write(symbol.Value);
            if (symbol.IsDefinedInSection) targets.Add(symbol.SectionIndex);
        }
    }
}
