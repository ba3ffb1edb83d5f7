using System;
using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>What one link consists of and what its symbols stand for. May be used from several threads.</summary>
public sealed class LinkResolution
{
    private static readonly SymbolDefinition Nothing = new("", DefinitionKind.None) { Value = 0 };

    private readonly SymbolNameTable names;
    private readonly GlobalSymbolTable symbols;
    private readonly ResolutionOptions options;
    private readonly LinkedObject[] objects;
    private readonly SymbolDefinition?[] definitions;
    private readonly Lazy<Dictionary<LinkObject, LinkedObject>> byObject;

    internal LinkResolution(
        SymbolNameTable names,
        LinkProcess process,
        ResolutionOptions options,
        IReadOnlyList<UndefinedReference> undefined,
        IReadOnlyList<MultipleDefinition> multiple)
    {
        this.names = names;
        this.options = options;
        symbols = process.Symbols;
        objects = [.. process.Objects];
        definitions = new SymbolDefinition?[symbols.Count];
        byObject = new Lazy<Dictionary<LinkObject, LinkedObject>>(IndexObjects);
        Errors = process.Errors;
        UndefinedReferences = undefined;
        MultipleDefinitions = multiple;
    }

    /// <summary>What is linked, in link order, which is also the order in which ld lays out their sections.</summary>
    public IReadOnlyList<LinkedObject> Objects => objects;

    /// <summary>What could not be read, and so is not linked.</summary>
    public IReadOnlyList<ObjectFileError> Errors { get; }

    /// <summary>Definitions that are ignored since another object defines the symbol; an error of the link without <c>-z muldefs</c>.</summary>
    public IReadOnlyList<MultipleDefinition> MultipleDefinitions { get; }

    /// <summary>Symbols that nothing defines, per object that needs them, in link order.</summary>
    public IReadOnlyList<UndefinedReference> UndefinedReferences { get; }

    /// <summary>All global symbols of the link, in the order in which ld meets them, other names of the same symbol left out.</summary>
    public IEnumerable<SymbolDefinition> Globals
    {
        get
        {
            for (int slot = 0; slot < definitions.Length; slot++)
            {
                if (symbols[slot].State is not (GlobalState.Alias or GlobalState.New)) yield return Definition(slot);
            }
        }
    }

    /// <summary>The global symbol with a name; null if the link does not have it.</summary>
    public SymbolDefinition? Find(string name)
    {
        int id = names.Find(name);
        int slot = id < 0 ? -1 : symbols.Find(id);
        return slot < 0 || symbols[slot].State == GlobalState.New ? null : Definition(slot);
    }

    /// <summary>The part of the link that an object is; null if it is not linked.</summary>
    public LinkedObject? Find(LinkObject item) => byObject.Value.TryGetValue(item, out LinkedObject? linked) ? linked : null;

    /// <summary>What a reference of an object meets.</summary>
    /// <param name="item">A linked object.</param>
    /// <param name="symbolIndex">The index in its symbol table, as relocations have it.</param>
    /// <exception cref="ArgumentException">The object is not linked.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It has no such symbol.</exception>
    public SymbolDefinition Resolve(LinkObject item, int symbolIndex) =>
        Resolve(Find(item) ?? throw new ArgumentException("The object is not linked.", nameof(item)), symbolIndex);

    /// <summary>What a reference of an object meets.</summary>
    /// <param name="linked">One of <see cref="Objects"/>.</param>
    /// <param name="symbolIndex">The index in its symbol table, as relocations have it.</param>
    /// <exception cref="ArgumentOutOfRangeException">It has no such symbol.</exception>
    public SymbolDefinition Resolve(LinkedObject linked, int symbolIndex)
    {
        if (linked is null) throw new ArgumentNullException(nameof(linked));
        if ((uint)symbolIndex >= (uint)linked.Slots.Length) throw new ArgumentOutOfRangeException(nameof(symbolIndex));
        if (symbolIndex == 0) return Nothing;
        int slot = linked.Slots[symbolIndex];
        return slot < 0 ? LocalDefinition(linked, symbolIndex) : Definition(symbols.Follow(slot));
    }

    /// <summary>Whether the object and its section are linked; see <see cref="LinkedObject.IsKept"/>.</summary>
    public bool IsSectionKept(LinkObject item, int section) => Find(item) is { } linked && linked.IsKept(section);

    /// <summary>The symbols that mean something else in another link of the same files. Compares states, since few differ.</summary>
    internal IEnumerable<ChangedDefinition> ChangesTo(LinkResolution other)
    {
        for (int slot = 0; slot < definitions.Length; slot++)
        {
            if (symbols[slot].State is GlobalState.Alias or GlobalState.New) continue;
            int otherSlot = other.symbols.Find(symbols[slot].Name);
            if (otherSlot >= 0 && !IsSame(symbols[slot], other, other.symbols[otherSlot]))
            {
                SymbolDefinition own = Definition(slot);
                yield return new ChangedDefinition(own.Name, own, other.Definition(otherSlot));
            }
        }
    }

    private bool IsSame(in GlobalSymbol own, LinkResolution other, in GlobalSymbol theirs)
    {
        if (own.State != theirs.State) return false;
        if (own.State is not (GlobalState.Defined or GlobalState.DefinedWeak or GlobalState.Common)) return true;
        return ReferenceEquals(objects[own.Object].Object, other.objects[theirs.Object].Object)
            && own.Symbol == theirs.Symbol
            && own.Size == theirs.Size
            && own.Alignment == theirs.Alignment;
    }

    private static SymbolDefinition LocalDefinition(LinkedObject linked, int index)
    {
        ElfSymbol symbol = linked.Content.Symbols[index];
        bool isSection = symbol.Type == ElfSymbolType.Section && symbol.SectionIndex != 0;
        KeptSection? replacement = symbol.SectionIndex == 0 ? null : linked.Replacements?[symbol.SectionIndex];
        DefinitionKind kind = replacement is not null ? DefinitionKind.Discarded
            : isSection ? DefinitionKind.Section
            : symbol.IsUndefined ? DefinitionKind.Undefined
            : symbol.IsCommon ? DefinitionKind.Common
            : DefinitionKind.Local;
        return OfObject(isSection ? linked.File.Sections[symbol.SectionIndex].Name : symbol.Name, kind, linked, symbol, symbol.Visibility, replacement);
    }

    private static SymbolDefinition OfObject(
        string name, DefinitionKind kind, LinkedObject linked, in ElfSymbol symbol, ElfSymbolVisibility visibility, KeptSection? replacement) =>
        new(name, kind)
        {
            Object = linked,
            SymbolIndex = symbol.Index,
            SectionIndex = symbol.SectionIndex,
            Value = symbol.IsCommon ? null : symbol.Value,
            Size = symbol.Size,
            Alignment = symbol.IsCommon ? symbol.Value : 0,
            Type = symbol.Type,
            Visibility = visibility,
            IsAbsolute = symbol.IsAbsolute,
            Replacement = replacement,
        };

    // Two threads may make the same definition at once; both are equal in content.
    private SymbolDefinition Definition(int slot) => definitions[slot] ??= MakeDefinition(slot);

    private SymbolDefinition MakeDefinition(int slot)
    {
        GlobalSymbol symbol = symbols[slot];
        string name = names.Text(symbol.Name);
        switch (symbol.State)
        {
            case GlobalState.Defined or GlobalState.DefinedWeak:
                LinkedObject linked = objects[symbol.Object];
                DefinitionKind kind = symbol.State == GlobalState.Defined ? DefinitionKind.Strong : DefinitionKind.Weak;
                return OfObject(name, kind, linked, linked.Content.Symbols[symbol.Symbol], symbol.Visibility, null);
            case GlobalState.Common:
                return new SymbolDefinition(name, DefinitionKind.Common)
                {
                    Object = objects[symbol.Object],
                    SymbolIndex = symbol.Symbol,
                    Size = symbol.Size,
                    Alignment = symbol.Alignment,
                    Type = objects[symbol.Object].Content.Symbols[symbol.Symbol].Type,
                    Visibility = symbol.Visibility,
                };
            case GlobalState.Script:
                ulong? value = options.ScriptSymbols.TryGetValue(name, out ulong? known) ? known : null;
                return new SymbolDefinition(name, DefinitionKind.Script) { Value = value, Visibility = symbol.Visibility, IsAbsolute = value is not null };
            case GlobalState.Provided:
                return new SymbolDefinition(name, DefinitionKind.Provided) { Visibility = symbol.Visibility };
            case GlobalState.Linker:
                return new SymbolDefinition(name, DefinitionKind.Linker) { Visibility = symbol.Visibility };
            default:
                bool isWeak = symbol.State == GlobalState.UndefinedWeak;
                return new SymbolDefinition(name, isWeak ? DefinitionKind.UndefinedWeak : DefinitionKind.Undefined)
                {
                    Value = 0,
                    Type = symbol.Object < 0 ? ElfSymbolType.None : objects[symbol.Object].Content.Symbols[symbol.Symbol].Type,
                    Visibility = symbol.Visibility,
                };
        }
    }

    private Dictionary<LinkObject, LinkedObject> IndexObjects()
    {
        var index = new Dictionary<LinkObject, LinkedObject>();
        foreach (LinkedObject linked in objects)
        {
            // An object that is linked twice is, for references, its first self.
            if (!index.ContainsKey(linked.Object)) index.Add(linked.Object, linked);
        }

        return index;
    }
}
