using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>A member of an archive.</summary>
public sealed class ArchiveMember
{
    private readonly ArchiveFile _archive;
    private readonly int _nameOffset;
    private readonly int _nameLength;
    private string? _name;

    internal ArchiveMember(ArchiveFile archive, int index, in ArchiveMemberRange range)
    {
        _archive = archive;
        _nameOffset = range.NameOffset;
        _nameLength = range.NameLength;
        Index = index;
        HeaderOffset = (ulong)range.HeaderOffset;
        Size = range.Size;
        NestedOffset = range.NestedOffset;
        Data = range.IsContained ? archive.Data.Slice(range.DataOffset, checked((int)range.Size)) : default;
    }

    /// <summary>The index in <see cref="ArchiveFile.Members"/>.</summary>
    public int Index { get; }

    /// <summary>
    /// The name of the member. In a thin archive the path of its file, relative to the folder of the archive unless it is absolute;
    /// with a <see cref="NestedOffset"/> the path of the archive that contains it. A byte that is not UTF-8 is written as <c>\xNN</c>.
    /// </summary>
    public string Name => _name ??= Names.Decode(NameBytes);

    /// <summary>The bytes of the name.</summary>
    public ReadOnlyMemory<byte> NameBytes => _archive.Data.Slice(_nameOffset, _nameLength);

    /// <summary>"archive(member)", the usual way to name a member; with a <see cref="NestedOffset"/> "archive(path:offset)".</summary>
    public string QualifiedName => NestedOffset is ulong offset ? $"{_archive.Name}({Name}:{offset})" : $"{_archive.Name}({Name})";

    /// <summary>The place of the member's header in the archive, in bytes; the symbol index names members by it.</summary>
    public ulong HeaderOffset { get; }

    /// <summary>The size of the member in bytes; in a thin archive as its file had it when the archive was made.</summary>
    public ulong Size { get; }

    /// <summary>
    /// In a thin archive, for a member that is itself inside an archive: the place of its header in the archive <see cref="Name"/>, in
    /// bytes (binutils: bfd/archive.c, "proxy entries"). Otherwise null.
    /// </summary>
    public ulong? NestedOffset { get; }

    /// <summary>The content: a slice of the archive, never a copy; empty in a thin archive.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The name, for debugging.</summary>
    public override string ToString() => QualifiedName;
}
