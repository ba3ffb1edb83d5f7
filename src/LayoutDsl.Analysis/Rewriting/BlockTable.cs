using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// The indirection table of a library's block: a word for each address that the library needs and that is outside of its block, and a jump through such a word for each function that it calls
/// there. The jumps are the same bytes wherever the block stands, so that only the words are an image's own.
/// </summary>
public sealed class BlockTable
{
    /// <summary>The section of the jumps.</summary>
    public const string StubSection = ".text.__layout_stubs";

    /// <summary>The section of the words, in layouts with data that nobody writes once the program has started.</summary>
    public const string RelroWordSection = ".data.rel.ro.__layout_words";

    /// <summary>The section of the words in others: programs at fixed addresses have them ready when they are linked.</summary>
    public const string ReadOnlyWordSection = ".rodata.__layout_words";

    /// <summary>Bytes of a jump.</summary>
    public const int StubSize = 8;

    /// <summary>Bytes of a word.</summary>
    public const int WordSize = 8;

    private readonly string library;
    private readonly string wordSection;
    private readonly SortedDictionary<string, Entry> words = new(StringComparer.Ordinal);
    private readonly SortedSet<string> stubs = new(StringComparer.Ordinal);

    /// <param name="library">Name of the library.</param>
    /// <param name="wordSection">Name of the section of the words: of a class that nobody writes once the program has started.</param>
    public BlockTable(string library, string wordSection)
    {
        this.library = library;
        this.wordSection = wordSection;
    }

    private enum WordKind
    {
        Address,
        ThreadOffset,
    }

    /// <summary>Whether a section of that name holds the words of a table.</summary>
    public static bool IsWordSection(string name) => name is RelroWordSection or ReadOnlyWordSection;

    /// <summary>How many words it has.</summary>
    public int Words => words.Count;

    /// <summary>How many jumps it has.</summary>
    public int Stubs => stubs.Count;

    /// <summary>Whether the block needs none.</summary>
    public bool IsEmpty => words.Count == 0;

    /// <summary>The symbol of the word with an address.</summary>
    /// <param name="symbol">The symbol whose address it is.</param>
    /// <param name="addend">What is added to it, in bytes.</param>
    /// <param name="isWeak">The symbol may be missing.</param>
    public string AddWord(string symbol, long addend, bool isWeak) => Add(symbol, addend, WordKind.Address, isWeak);

    /// <summary>The symbol of the word with the distance of a variable from the thread pointer.</summary>
    public string AddThreadWord(string symbol, bool isWeak) => Add(symbol, 0, WordKind.ThreadOffset, isWeak);

    /// <summary>The symbol of the jump to a function.</summary>
    public string AddStub(string symbol, long addend, bool isWeak)
    {
        string suffix = AddWord(symbol, addend, isWeak).Substring(WordPrefix.Length);
        stubs.Add(suffix);
        return StubPrefix + suffix;
    }

    /// <summary>The object that has the table.</summary>
    public byte[] Write()
    {
        var builder = new ElfObjectBuilder(ElfMachine.X86_64, ElfClass.Elf64, ElfByteOrder.LittleEndian);
        int wordIndex = builder.AddSection(wordSection, ElfSectionType.ProgBits, ElfSectionFlags.Allocate | (IsWritable ? ElfSectionFlags.Write : 0), new byte[WordSize * words.Count], WordSize);
        var symbols = new Dictionary<string, int>(StringComparer.Ordinal);
        var targets = new Dictionary<string, int>(StringComparer.Ordinal);
        var relocations = new List<ElfRelocation>();
        foreach (KeyValuePair<string, Entry> word in words)
        {
            ulong offset = (ulong)(WordSize * relocations.Count);
            Entry entry = word.Value;
            symbols.Add(word.Key, builder.AddSymbol(WordPrefix + word.Key, ElfSymbolBinding.Global, ElfSymbolType.Object, ElfSymbolVisibility.Hidden, wordIndex, offset, WordSize));
            if (!targets.TryGetValue(entry.Symbol, out int target))
            {
                bool isWeak = words.Values.Where(w => w.Symbol == entry.Symbol).All(w => w.IsWeak);
                target = builder.AddSymbol(entry.Symbol, isWeak ? ElfSymbolBinding.Weak : ElfSymbolBinding.Global, ElfSymbolType.None, ElfSymbolVisibility.Default, 0, 0, 0);
                targets.Add(entry.Symbol, target);
            }

            relocations.Add(new ElfRelocation(offset, entry.Kind == WordKind.Address ? X64Relocations.Absolute64 : X64Relocations.ThreadOffset64, target, entry.Addend, true));
        }

        builder.AddRelocations(wordIndex, relocations);
        if (stubs.Count > 0) WriteStubs(builder, symbols);
        builder.AddSection(".note.GNU-stack", ElfSectionType.ProgBits, ElfSectionFlags.None, default, 1);
        return builder.Write();
    }

    private bool IsWritable => wordSection == RelroWordSection;

    private string WordPrefix => $"__layout_word.{library}.";

    private string StubPrefix => $"__layout_stub.{library}.";

    private void WriteStubs(ElfObjectBuilder builder, Dictionary<string, int> wordSymbols)
    {
        // jmp *word(%rip), and a filler of two bytes.
        byte[] stub = [0xff, 0x25, 0, 0, 0, 0, 0x66, 0x90];
        int section = builder.AddSection(
            StubSection, ElfSectionType.ProgBits, ElfSectionFlags.Allocate | ElfSectionFlags.Execute, Enumerable.Repeat(stub, stubs.Count).SelectMany(b => b).ToArray(), StubSize);
        var relocations = new List<ElfRelocation>();
        foreach (string name in stubs)
        {
            ulong offset = (ulong)(StubSize * relocations.Count);
            builder.AddSymbol(StubPrefix + name, ElfSymbolBinding.Global, ElfSymbolType.Function, ElfSymbolVisibility.Hidden, section, offset, StubSize);
            relocations.Add(new ElfRelocation(offset + 2, X64Relocations.Relative32, wordSymbols[name], -4, true));
        }

        builder.AddRelocations(section, relocations);
    }

    private string Add(string symbol, long addend, WordKind kind, bool isWeak)
    {
        string name = symbol + (kind == WordKind.ThreadOffset ? "@tpoff" : "") + (addend == 0 ? "" : FormattableString.Invariant($"{addend:+0;-0}"));
        words[name] = words.TryGetValue(name, out Entry? known) ? known with { IsWeak = known.IsWeak && isWeak } : new Entry(symbol, addend, kind, isWeak);
        return WordPrefix + name;
    }

    private sealed record Entry(string Symbol, long Addend, WordKind Kind, bool IsWeak);
}
