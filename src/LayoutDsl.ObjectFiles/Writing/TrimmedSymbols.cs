using System;
using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles;

/// <summary>The symbol table of an executable without the symbols of ranges of memory (gABI: Symbol Table).</summary>
internal sealed class TrimmedSymbols
{
    private const ushort AbsoluteIndex = 0xfff1;

    private readonly ElfFile _file;
    private readonly TrimmedSections _sections;
    private readonly List<ElfSymbol> _kept = [];

    public TrimmedSymbols(ElfFile file, IReadOnlyList<ElfSymbol> symbols, Func<ulong, bool> isDropped, TrimmedSections sections)
    {
        _file = file;
        _sections = sections;
        bool[] isKept = new bool[symbols.Count];
        for (int i = 0; i < isKept.Length; i++) isKept[i] = !HasAddress(symbols[i]) || !isDropped(symbols[i].Value);
        DropFiles(symbols, isKept);
        foreach (ElfSymbol symbol in symbols)
        {
            if (!isKept[symbol.Index]) continue;
            _kept.Add(symbol);
            if (symbol.Binding == ElfSymbolBinding.Local) Locals++;
        }
    }

    public IReadOnlyList<ElfSymbol> Items => _kept;

    /// <summary>How many are local: the index of the first that is not (sh_info).</summary>
    public uint Locals { get; private set; }

    public byte[] Encode(SharedTailNames names)
    {
        var encoder = new ElfEncoder(_file.Class, _file.ByteOrder);
        foreach (ElfSymbol symbol in _kept)
        {
            ushort section = symbol.RawSectionIndex;
            ulong value = symbol.Value;
            if (symbol.IsDefinedInSection)
            {
                int number = HasAddress(symbol) ? _sections.NumberAt(symbol.SectionIndex, value) : (int)_sections.Number((uint)symbol.SectionIndex);
                section = number == 0 ? AbsoluteIndex : (ushort)number;
                ElfSection old = _file.SectionArray[symbol.SectionIndex];
                if (symbol.Type == ElfSymbolType.Section && _sections.IsMoved(old)) value = _sections.Find(old.Index)!.Address;
            }

            byte info = (byte)(((int)symbol.Binding << 4) | (int)symbol.Type);
            encoder.Symbol(names.Offset(symbol.NameBytes), info, symbol.Other, section, value, symbol.Size);
        }

        return encoder.ToArray();
    }

    /// <summary>Values of thread-local symbols are offsets, and sections that are not in memory have no addresses.</summary>
    private bool HasAddress(ElfSymbol symbol)
    {
        if (!symbol.IsDefinedInSection || symbol.Type == ElfSymbolType.Tls) return false;
        ElfSection section = _file.SectionArray[symbol.SectionIndex];
        return section.IsAllocated && !TrimmedSections.IsThreadZero(section);
    }

    /// <summary>The name of a source file stands before the local symbols of that file, and goes with the last of them.</summary>
    private static void DropFiles(IReadOnlyList<ElfSymbol> symbols, bool[] isKept)
    {
        int file = -1;
        bool hadSymbols = false;
        bool hasSymbols = false;
        for (int i = 0; i <= symbols.Count; i++)
        {
            bool isLocal = i < symbols.Count && symbols[i].Binding == ElfSymbolBinding.Local;
            if (isLocal && symbols[i].Type != ElfSymbolType.File)
            {
                hadSymbols = true;
                hasSymbols |= isKept[i];
                continue;
            }

            if (file >= 0 && hadSymbols && !hasSymbols) isKept[file] = false;
            if (!isLocal) return;
            file = i;
            hadSymbols = hasSymbols = false;
        }
    }
}
