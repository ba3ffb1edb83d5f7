using System;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>An entry of an archive's symbol index: a symbol that a member defines (System V ar format, the member "/").</summary>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "An entry is compared by its parts.")]
public readonly struct ArchiveSymbol
{
    private readonly ArchiveFile? _archive;
    private readonly int _nameOffset;
    private readonly int _nameLength;

    internal ArchiveSymbol(ArchiveFile archive, int nameOffset, int nameLength, int memberIndex)
    {
        _archive = archive;
        _nameOffset = nameOffset;
        _nameLength = nameLength;
        MemberIndex = memberIndex;
    }

    /// <summary>The name of the symbol; a byte that is not UTF-8 is written as <c>\xNN</c>. Decoded at each call.</summary>
    public string Name => Names.Decode(NameBytes);

    /// <summary>The bytes of the name; for comparing without decoding.</summary>
    public ReadOnlyMemory<byte> NameBytes => _archive?.Data.Slice(_nameOffset, _nameLength) ?? default;

    /// <summary>The index of the member in <see cref="ArchiveFile.Members"/>. Checked to be in range.</summary>
    public int MemberIndex { get; }
}
