using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning.Blocks;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>Writes the objects with the tables of blocks.</summary>
internal static class TableObject
{
    /// <summary>Bytes of a word.</summary>
    public const int WordSize = 8;

    /// <summary>The object with the words and the jumps of a block.</summary>
    /// <param name="table">The table.</param>
    /// <param name="words">Names of all words that the content starts with, one behind the other; the table's own among them get symbols.</param>
    /// <param name="content">What the words are in.</param>
    public static byte[] Write(BlockTable table, IReadOnlyList<string> words, TableContent content)
    {
        (ElfObjectBuilder builder, int section) = Begin(content, table.Machine);
        if (table.IsNear) builder.AddSymbol(table.StartSymbol, ElfSymbolBinding.Global, ElfSymbolType.Object, ElfSymbolVisibility.Hidden, section, 0, 0);
        var symbols = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < words.Count; i++)
        {
            if (!table.Words.ContainsKey(words[i])) continue;
            symbols.Add(words[i], builder.AddSymbol(table.WordSymbol(words[i]), ElfSymbolBinding.Global, ElfSymbolType.Object, ElfSymbolVisibility.Hidden, section, (ulong)(WordSize * i), WordSize));
        }

        AddReferences(builder, section, content.References, table.Machine);
        if (table.Stubs.Count > 0) AddStubs(builder, table, symbols);
        return End(builder);
    }

    /// <summary>An object with content alone.</summary>
    public static byte[] Write(TableContent content, BlockMachine machine)
    {
        (ElfObjectBuilder builder, int section) = Begin(content, machine);
        AddReferences(builder, section, content.References, machine);
        return End(builder);
    }

    private static (ElfObjectBuilder Builder, int Section) Begin(TableContent content, BlockMachine machine)
    {
        var builder = new ElfObjectBuilder(machine.Machine, ElfClass.Elf64, ElfByteOrder.LittleEndian);
        bool isWritable = content.Section.StartsWith(".data", StringComparison.Ordinal);
        int section = builder.AddSection(content.Section, ElfSectionType.ProgBits, ElfSectionFlags.Allocate | (isWritable ? ElfSectionFlags.Write : 0), content.Bytes, (ulong)content.Alignment);
        return (builder, section);
    }

    private static byte[] End(ElfObjectBuilder builder)
    {
        builder.AddSection(".note.GNU-stack", ElfSectionType.ProgBits, ElfSectionFlags.None, default, 1);
        return builder.Write();
    }

    private static void AddReferences(ElfObjectBuilder builder, int section, IReadOnlyList<TableReference> references, BlockMachine machine)
    {
        if (references.Count == 0) return;
        var symbols = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (IGrouping<string, TableReference> target in references.GroupBy(r => r.Symbol, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            ElfSymbolBinding binding = target.All(r => r.IsWeak) ? ElfSymbolBinding.Weak : ElfSymbolBinding.Global;
            symbols.Add(target.Key, builder.AddSymbol(target.Key, binding, ElfSymbolType.None, ElfSymbolVisibility.Default, 0, 0, 0));
        }

        builder.AddRelocations(section, references.Select(r => new ElfRelocation((ulong)r.Offset, r.IsThreadOffset ? machine.ThreadOffset64!.Value : machine.Absolute64, symbols[r.Symbol], r.Addend, true)).ToArray());
    }

    private static void AddStubs(ElfObjectBuilder builder, BlockTable table, Dictionary<string, int> words)
    {
        byte[] stub = table.Machine.Stub.ToArray();
        byte[] code = Enumerable.Repeat(stub, table.Stubs.Count).SelectMany(b => b).ToArray();
        int section = builder.AddSection(TableSections.Stubs, ElfSectionType.ProgBits, ElfSectionFlags.Allocate | ElfSectionFlags.Execute, code, (ulong)stub.Length);
        var relocations = new List<ElfRelocation>();
        ulong offset = 0;
        foreach (string name in table.Stubs)
        {
            builder.AddSymbol(table.StubSymbol(name), ElfSymbolBinding.Global, ElfSymbolType.Function, ElfSymbolVisibility.Hidden, section, offset, (ulong)stub.Length);
            relocations.AddRange(table.Machine.GetStubRelocations(offset, words[name]));
            offset += (ulong)stub.Length;
        }

        builder.AddRelocations(section, relocations);
    }
}
