using System;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>A symbol (gABI: Symbol Table).</summary>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A symbol is compared by its parts.")]
public readonly struct ElfSymbol
{
    private readonly ElfStringTable? _names;
    private readonly uint _nameOffset;
    private readonly int _nameLength;
    private readonly byte _info;
    private readonly byte _other;

    internal ElfSymbol(
        in RawElfSymbol raw, int index, ElfStringTable names, int nameLength, ElfSymbolPlace place, int sectionIndex)
    {
        _names = names;
        _nameOffset = raw.Name;
        _nameLength = nameLength;
        _info = raw.Info;
        _other = raw.Other;
        RawSectionIndex = raw.SectionIndex;
        Place = place;
        Index = index;
        SectionIndex = sectionIndex;
        Value = raw.Value;
        Size = raw.Size;
    }

    /// <summary>The index in the symbol table; 0 is the undefined symbol without a name.</summary>
    public int Index { get; }

    /// <summary>The name (st_name); a byte that is not UTF-8 is written as <c>\xNN</c>. Decoded at each call.</summary>
    public string Name => Names.Decode(NameBytes);

    /// <summary>The bytes of the name, without the NUL; for comparing without decoding.</summary>
    public ReadOnlyMemory<byte> NameBytes => _names?.Name(_nameOffset, _nameLength) ?? default;

    /// <summary>
    /// In a relocatable object the offset in the section, otherwise the address, in bytes; for a common block its alignment (st_value).
    /// </summary>
    public ulong Value { get; }

    /// <summary>The size in bytes, 0 if not known (st_size).</summary>
    public ulong Size { get; }

    /// <summary>How far the symbol is visible and how strong it is.</summary>
    public ElfSymbolBinding Binding => (ElfSymbolBinding)(_info >> 4);

    /// <summary>What the symbol stands for.</summary>
    public ElfSymbolType Type => (ElfSymbolType)(_info & 15);

    /// <summary>Who may see the symbol after linking.</summary>
    public ElfSymbolVisibility Visibility => (ElfSymbolVisibility)(_other & 3);

    /// <summary>All of st_other: the visibility and what the machine's ABI keeps there.</summary>
    public byte Other => _other;

    /// <summary>Where the symbol is defined, if it is.</summary>
    public ElfSymbolPlace Place { get; }

    /// <summary>
    /// The section that defines the symbol, with extended indices resolved and checked to be in range; 0 if no section does.
    /// </summary>
    public int SectionIndex { get; }

    /// <summary>The 16 bits of the file (st_shndx).</summary>
    public ushort RawSectionIndex { get; }

    /// <summary>Whether the symbol is defined elsewhere.</summary>
    public bool IsUndefined => Place == ElfSymbolPlace.Undefined;

    /// <summary>Whether the value is one that relocation does not change.</summary>
    public bool IsAbsolute => Place == ElfSymbolPlace.Absolute;

    /// <summary>Whether the symbol is a common block: the linker allocates <see cref="Size"/> bytes aligned to <see cref="Value"/>.</summary>
    public bool IsCommon => Place == ElfSymbolPlace.Common;

    /// <summary>Whether a section of this file defines the symbol.</summary>
    public bool IsDefinedInSection => Place == ElfSymbolPlace.Section;

    /// <summary>The name and the value, for debugging.</summary>
    public override string ToString() => $"[{Index}] {Name} 0x{Value:x} {Place}";
}
