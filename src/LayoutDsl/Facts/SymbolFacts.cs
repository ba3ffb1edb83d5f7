using System;
using LayoutDsl.Text;

namespace LayoutDsl.Facts;

/// <summary>What an object defines for others and refers to in others: what decides which references are stable.</summary>
/// <param name="Definitions">Its global symbols, in the order of its symbol table; common symbols are among <see cref="ObjectFacts.Commons"/>.</param>
/// <param name="References">
/// References of its allocated sections to symbols that other objects may define: those that it lacks, and its own weak ones. By section, then by name.
/// </param>
public sealed record SymbolFacts(EquatableArray<DefinitionFacts> Definitions, EquatableArray<ReferenceFacts> References);

/// <summary>A global symbol that an object defines.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Traits">What it is.</param>
/// <param name="Section">Index of its section in <see cref="ObjectFacts.Sections"/>; -1 when it has none (an absolute symbol).</param>
public sealed record DefinitionFacts(string Name, DefinitionTraits Traits, int Section);

/// <summary>What is to be known of a definition.</summary>
[Flags]
public enum DefinitionTraits
{
    /// <summary>Data, with a strong definition.</summary>
    None = 0,

    /// <summary>It gives way to a strong definition elsewhere (<c>STB_WEAK</c>).</summary>
    Weak = 1,

    /// <summary>Code: a function, or a label in an executable section.</summary>
    Code = 2,

    /// <summary>Thumb code (Arm).</summary>
    Thumb = 4,

    /// <summary>Thread-local data.</summary>
    ThreadLocal = 8,
}

/// <summary>References of one section of an object to one symbol.</summary>
/// <param name="Name">The symbol.</param>
/// <param name="Traits">How it is referred to, over all places.</param>
/// <param name="Section">Index of the section in <see cref="ObjectFacts.Sections"/>.</param>
/// <param name="Places">Where in the section, in units of <see cref="PlaceSize"/> bytes, ascending and each once.</param>
public sealed record ReferenceFacts(string Name, ReferenceTraits Traits, int Section, EquatableArray<int> Places)
{
    /// <summary>Bytes that a place stands for: the smallest page of a layout.</summary>
    public const int PlaceSize = 256;
}

/// <summary>How a symbol is referred to.</summary>
[Flags]
public enum ReferenceTraits
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>By a call or a jump.</summary>
    Call = 1,

    /// <summary>By its address.</summary>
    Address = 2,

    /// <summary>It may be missing (<c>STB_WEAK</c>, undefined).</summary>
    Weak = 4,
}
