using System;
using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// The global symbols of a link and what a further definition or reference makes of them: the table link_action of binutils
/// (bfd/linker.c), with the rules of ELF for common blocks, visibility and versions (bfd/elflink.c).
/// </summary>
internal sealed class GlobalSymbolTable
{
    private const byte VersionMark = (byte)'@';

    private readonly SymbolNameTable names;
    private readonly Dictionary<int, int> slots = [];
    private readonly Dictionary<int, int> wrapped = [];
    private GlobalSymbol[] symbols = new GlobalSymbol[1024];

    public GlobalSymbolTable(SymbolNameTable names, IReadOnlyList<string> wrappedNames)
    {
        this.names = names;
        foreach (string name in wrappedNames)
        {
            wrapped[names.Add(name)] = names.Add("__wrap_" + name);
            wrapped[names.Add("__real_" + name)] = names.Add(name);
        }
    }

    public int Count { get; private set; }

    /// <summary>Grows when a symbol becomes undefined or common: what was searched before must be searched again.</summary>
    public int Wishes { get; private set; }

    /// <summary>The definitions that were ignored: the symbol, the object whose definition counts, and the other object.</summary>
    public List<(int Slot, int First, int Other)> Duplicates { get; } = [];

    public ref GlobalSymbol this[int slot] => ref symbols[slot];

    /// <summary>The symbol with a name, aliases followed; -1 if the link does not have it.</summary>
    public int Find(int name) => slots.TryGetValue(name, out int slot) ? Follow(slot) : -1;

    public int Follow(int slot)
    {
        while (symbols[slot].State == GlobalState.Alias) slot = symbols[slot].Target;
        return slot;
    }

    /// <summary>The symbol with a name, made if need be, aliases followed.</summary>
    public int Add(int name)
    {
        if (slots.TryGetValue(name, out int slot)) return Follow(slot);
        if (Count == symbols.Length) Array.Resize(ref symbols, Count * 2);
        symbols[Count] = new GlobalSymbol { Name = name, Object = -1 };
        slots.Add(name, Count);
        return Count++;
    }

    /// <summary>Finds what an archive's index calls a name: of "f@@V", the default version, also "f@V" and "f" (binutils: elf_archive_symbol_lookup).</summary>
    public int FindForArchive(int name)
    {
        int slot = Find(name);
        if (slot >= 0) return slot;
        ReadOnlyMemory<byte> bytes = names.Bytes(name);
        int mark = DefaultVersion(bytes);
        if (mark < 0) return -1;
        slot = Find(names.Add(WithSingleMark(bytes, mark)));
        return slot >= 0 ? slot : Find(names.Add(bytes.Slice(0, mark)));
    }

    public string Text(int slot) => names.Text(symbols[slot].Name);

    /// <summary>A reference of the command line.</summary>
    public void Require(int name) => Refer(Add(name), -1, 0, isWeak: false);

    /// <summary>Enters a global symbol of an object and returns what it is.</summary>
    public int Enter(int linked, in ElfSymbol symbol, int name, bool isDiscarded, bool isSameAbsolute)
    {
        bool isReference = symbol.IsUndefined || isDiscarded;

        // Only references are wrapped; a definition keeps its name (ld manual: --wrap).
        if (isReference && wrapped.TryGetValue(name, out int other)) name = other;
        int slot = Add(name);
        MergeVisibility(ref symbols[slot], symbol.Visibility);
        bool isWeak = symbol.Binding == ElfSymbolBinding.Weak;
        if (isReference) Refer(slot, linked, symbol.Index, isWeak);
        else if (symbol.IsCommon) DefineCommon(slot, linked, symbol);
        else Define(slot, linked, symbol.Index, isWeak, isSameAbsolute);
        if (isDiscarded && symbols[slot].IsUndefined) symbols[slot].IsDiscarded = true;
        if (!isReference) AddDefaultVersion(slot, linked, name, isWeak);
        return slot;
    }

    public void DefineByScript(int name, GlobalState state)
    {
        int slot = Add(name);
        symbols[slot].State = state;
        symbols[slot].Object = -1;
    }

    /// <summary>The most constraining visibility wins: internal, hidden, protected, default (gABI: Symbol Visibility).</summary>
    private static void MergeVisibility(ref GlobalSymbol symbol, ElfSymbolVisibility visibility)
    {
        // As unsigned numbers less one, default is the greatest.
        if ((uint)visibility - 1 < (uint)symbol.Visibility - 1) symbol.Visibility = visibility;
    }

    private static int DefaultVersion(ReadOnlyMemory<byte> name)
    {
        int mark = name.Span.IndexOf(VersionMark);
        return mark > 0 && mark + 1 < name.Length && name.Span[mark + 1] == VersionMark ? mark : -1;
    }

    private static ReadOnlyMemory<byte> WithSingleMark(ReadOnlyMemory<byte> name, int mark)
    {
        var result = new byte[name.Length - 1];
        name.Span.Slice(0, mark).CopyTo(result);
        name.Span.Slice(mark + 1).CopyTo(result.AsSpan(mark));
        return result;
    }

    private void Refer(int slot, int linked, int index, bool isWeak)
    {
        ref GlobalSymbol symbol = ref symbols[slot];
        if (symbol.State == GlobalState.New || (symbol.State == GlobalState.UndefinedWeak && !isWeak))
        {
            symbol.State = isWeak ? GlobalState.UndefinedWeak : GlobalState.Undefined;
            symbol.Object = linked;
            symbol.Symbol = index;

            // A weak reference pulls nothing.
            if (!isWeak) Wishes++;
        }
    }

    private void DefineCommon(int slot, int linked, in ElfSymbol source)
    {
        ref GlobalSymbol symbol = ref symbols[slot];
        switch (symbol.State)
        {
            case GlobalState.Common:
                symbol.Alignment = Math.Max(symbol.Alignment, source.Value);
                if (source.Size <= symbol.Size) return;
                break;
            case GlobalState.New or GlobalState.Undefined or GlobalState.UndefinedWeak or GlobalState.DefinedWeak:
                if (symbol.State == GlobalState.New) Wishes++;
                symbol.State = GlobalState.Common;
                symbol.Alignment = source.Value;
                break;
            default:
                return;
        }

        symbol.Size = source.Size;
        symbol.Object = linked;
        symbol.Symbol = source.Index;
    }

    private void Define(int slot, int linked, int index, bool isWeak, bool isSameAbsolute)
    {
        ref GlobalSymbol symbol = ref symbols[slot];
        bool wins = symbol.State switch
        {
            GlobalState.New or GlobalState.Undefined or GlobalState.UndefinedWeak => true,
            GlobalState.Common or GlobalState.DefinedWeak => !isWeak,
            _ => false,
        };
        if (wins)
        {
            symbol.State = isWeak ? GlobalState.DefinedWeak : GlobalState.Defined;
            symbol.Object = linked;
            symbol.Symbol = index;
        }
        else if (!isWeak && symbol.State == GlobalState.Defined && !isSameAbsolute)
        {
            Duplicates.Add((slot, symbol.Object, linked));
        }
    }

    /// <summary>"f@@V" also defines "f" and "f@V" (binutils: _bfd_elf_add_default_symbol).</summary>
    private void AddDefaultVersion(int slot, int linked, int name, bool isWeak)
    {
        ReadOnlyMemory<byte> bytes = names.Bytes(name);
        int mark = DefaultVersion(bytes);
        if (mark < 0) return;
        MakeAlias(Add(names.Add(bytes.Slice(0, mark))), slot, linked, isWeak);
        MakeAlias(Add(names.Add(WithSingleMark(bytes, mark))), slot, linked, isWeak);
    }

    private void MakeAlias(int alias, int target, int linked, bool isWeak)
    {
        if (alias == target) return;
        ref GlobalSymbol symbol = ref symbols[alias];
        if (symbol.State is GlobalState.Script || (isWeak && symbol.State is (GlobalState.Defined or GlobalState.DefinedWeak))) return;
        if (symbol.State == GlobalState.Defined)
        {
            Duplicates.Add((alias, symbol.Object, linked));
            return;
        }

        MergeVisibility(ref symbols[target], symbol.Visibility);
        symbol.State = GlobalState.Alias;
        symbol.Target = target;
    }
}
