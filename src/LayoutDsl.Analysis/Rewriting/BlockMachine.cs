using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>What rewriting needs to know of a machine: what its relocations write, and how a jump through a word of a table looks.</summary>
internal abstract class BlockMachine
{
    private static readonly BlockMachine[] All = [new X64BlockMachine(), new Arm64BlockMachine()];

    /// <summary>Its number in objects.</summary>
    public abstract ElfMachine Machine { get; }

    /// <summary>The relocation that writes an address of eight bytes.</summary>
    public abstract uint Absolute64 { get; }

    /// <summary>The relocation that writes a distance from the thread pointer in eight bytes; null where the linker writes such distances into the code of every static program.</summary>
    public abstract uint? ThreadOffset64 { get; }

    /// <summary>The jump through a word, before the linker fills in where the word is.</summary>
    public abstract ReadOnlyMemory<byte> Stub { get; }

    /// <summary>What fills it in.</summary>
    /// <param name="offset">Where the jump is in its section, in bytes.</param>
    /// <param name="word">Index of the word's symbol.</param>
    public abstract IEnumerable<ElfRelocation> GetStubRelocations(ulong offset, int word);

    /// <summary>
    /// Whether what a relocation writes is the same wherever blocks stand: nothing, sizes, offsets from the thread pointer, which libraries have for good, and what the linker turns into these
    /// in a static program.
    /// </summary>
    public abstract bool IsStable(uint type);

    /// <summary>Whether it writes an address in another form than <see cref="Absolute64"/>.</summary>
    public abstract bool IsShortAddress(uint type);

    /// <summary>Whether it is at an access to thread-local data that the linker rewrites together with the call behind it, which has to stay what it is.</summary>
    public abstract bool HasCall(uint type);

    /// <summary>What rewrites the code of an object.</summary>
    /// <param name="file">The object.</param>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="context">What is known of its library.</param>
    /// <param name="addSymbol">Adds a symbol of the table to the object, and gives its index.</param>
    public abstract CodeRewriter Create(ElfFile file, IReadOnlyList<ElfSymbol> symbols, RewriteContext context, Func<string, int> addSymbol);

    /// <summary>The machine with a number; null when its objects are not rewritten.</summary>
    public static BlockMachine? Find(int machine) => All.FirstOrDefault(m => (int)m.Machine == machine);
}
