using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// The indirection table of a library's block: a word for each address that the library needs and that is outside of its block, and a jump through such a word for each function that it calls
/// there. The jumps are the same bytes wherever the block stands, so that only the words are an image's own.
/// </summary>
internal sealed class BlockTable
{
    /// <summary>Bytes of the page that one instruction of AArch64 names (Arm ARM, ADRP).</summary>
    private const int NearPage = 4096;

    private readonly SortedDictionary<string, TableWord> words = new(StringComparer.Ordinal);
    private readonly SortedSet<string> stubs = new(StringComparer.Ordinal);

    /// <param name="library">Name of the library.</param>
    /// <param name="machine">What it is compiled for.</param>
    public BlockTable(string library, BlockMachine machine)
    {
        Library = library;
        Machine = machine;
    }

    /// <summary>How many words can be on the page that code reaches from their start.</summary>
    public const int NearWords = NearPage / TableObject.WordSize;

    /// <summary>What the symbols of all words begin with.</summary>
    public const string WordMark = "__layout_word.";

    /// <summary>Name of the library.</summary>
    public string Library { get; }

    /// <summary>What it is compiled for.</summary>
    public BlockMachine Machine { get; }

    /// <summary>Whether code finds words by the page that the first of them is on, so that all have to be on it.</summary>
    public bool IsNear { get; private set; }

    /// <summary>Whether there is room for all words.</summary>
    public bool IsWithinReach => !IsNear || words.Count <= NearWords;

    /// <summary>The words, by their names: those of two libraries with one name hold one address.</summary>
    public IReadOnlyDictionary<string, TableWord> Words => words;

    /// <summary>Names of the words that have a jump.</summary>
    public IReadOnlyCollection<string> Stubs => stubs;

    /// <summary>Whether the block needs none.</summary>
    public bool IsEmpty => words.Count == 0 && !IsNear;

    /// <summary>The symbol of the word with an address.</summary>
    /// <param name="symbol">The symbol whose address it is.</param>
    /// <param name="addend">What is added to it, in bytes.</param>
    /// <param name="isWeak">The symbol may be missing.</param>
    public string AddWord(string symbol, long addend, bool isWeak) => WordSymbol(Add(new TableWord(symbol, addend, false, isWeak)));

    /// <summary>The symbol of the word with the distance of a variable from the thread pointer.</summary>
    public string AddThreadWord(string symbol, bool isWeak) => WordSymbol(Add(new TableWord(symbol, 0, true, isWeak)));

    /// <summary>The symbol of the jump to a function.</summary>
    public string AddStub(string symbol, long addend, bool isWeak)
    {
        string name = Add(new TableWord(symbol, addend, false, isWeak));
        stubs.Add(name);
        return StubSymbol(name);
    }

    /// <summary>The symbol of the place where all words start, on a page of 4 KiB that has all of them.</summary>
    public string AddStart()
    {
        IsNear = true;
        return StartSymbol;
    }

    /// <summary>The symbol of the place where the words of this block start.</summary>
    public string StartSymbol => $"__layout_words.{Library}";

    /// <summary>The symbol of a word in this block.</summary>
    public string WordSymbol(string name) => $"{WordMark}{Library}.{name}";

    /// <summary>The symbol of a jump in this block.</summary>
    public string StubSymbol(string name) => $"__layout_stub.{Library}.{name}";

    /// <summary>The object with the table of a block that has it for itself.</summary>
    /// <param name="section">Name of the section of the words: of a class that nobody writes once the program has started.</param>
    public byte[] Write(string section)
    {
        string[] names = words.Keys.ToArray();
        TableReference[] references = names.Select((n, i) => words[n].At(TableObject.WordSize * i)).ToArray();
        return TableObject.Write(this, names, new TableContent(section, new byte[TableObject.WordSize * names.Length], IsNear ? NearPage : TableObject.WordSize, references));
    }

    private string Add(TableWord word)
    {
        words[word.Name] = words.TryGetValue(word.Name, out TableWord? known) ? known with { IsWeak = known.IsWeak && word.IsWeak } : word;
        return word.Name;
    }
}
