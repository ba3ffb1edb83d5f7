using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// An <c>ar</c> archive in the System V format with GNU long names, symbol indices ("/" and "/SYM64/") and thin archives, and with BSD
/// long names ("#1/N"). A BSD symbol index is skipped. Contents are slices of the given bytes, never copies, so the bytes must not
/// change while the archive is in use. Time and memory are bounded by the size of the file. Opens no other file.
/// </summary>
public sealed class ArchiveFile
{
    private ArchiveMember[] _members = [];
    private ArchiveSymbol[] _symbolIndex = [];

    private ArchiveFile(ReadOnlyMemory<byte> data, string name, bool isThin)
    {
        Data = data;
        Name = name;
        IsThin = isThin;
    }

    /// <summary>The name under which the archive was read; it appears in errors.</summary>
    public string Name { get; }

    /// <summary>The whole archive.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Whether the archive only names its members' files.</summary>
    public bool IsThin { get; }

    /// <summary>The members, in the archive's order, without those that describe the archive. Names need not be different.</summary>
    public IReadOnlyList<ArchiveMember> Members => _members;

    /// <summary>Whether there is a symbol index, which may be empty; one of BSD does not count.</summary>
    public bool HasSymbolIndex { get; private set; }

    /// <summary>The symbol index, in its order; empty if the archive has none.</summary>
    public IReadOnlyList<ArchiveSymbol> SymbolIndex => _symbolIndex;

    /// <summary>Reads the headers of all members and the symbol index.</summary>
    /// <param name="data">The whole archive.</param>
    /// <param name="name">The name for errors.</param>
    /// <param name="archive">The archive, if it is well-formed.</param>
    /// <param name="error">Otherwise what is wrong with it.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> data, string name, [NotNullWhen(true)] out ArchiveFile? archive, [NotNullWhen(false)] out ObjectFileError? error)
    {
        archive = null;
        ObjectFileKind kind = ObjectFileKinds.Detect(data.Span);
        if (kind is not (ObjectFileKind.Archive or ObjectFileKind.ThinArchive))
        {
            error = new ObjectFileError(
                ObjectFileErrorCode.NotArchive, name, 0, "an archive begins with the line \"!<arch>\" or \"!<thin>\"; this file does not");
            return false;
        }

        var candidate = new ArchiveFile(data, name, kind == ObjectFileKind.ThinArchive);
        var reader = new ArchiveReader(candidate);
        if (!reader.TryRead(out candidate._members, out error)
            || !ArchiveIndexReader.TryRead(candidate, reader.Index, out candidate._symbolIndex, out error))
        {
            return false;
        }

        candidate.HasSymbolIndex = reader.Index.Kind != ArchiveIndexKind.None;
        archive = candidate;
        return true;
    }

    /// <summary>Reads the headers of all members and the symbol index.</summary>
    /// <exception cref="ObjectFileException">The archive is malformed.</exception>
    public static ArchiveFile Read(ReadOnlyMemory<byte> data, string name) =>
        TryRead(data, name, out ArchiveFile? archive, out ObjectFileError? error) ? archive : throw new ObjectFileException(error);

    /// <summary>Finds the member whose header is at an offset, as symbol indices and nested thin archives name it.</summary>
    /// <param name="headerOffset">In bytes from the start of the archive.</param>
    /// <returns>The member, or null if no member's header is there.</returns>
    public ArchiveMember? FindMember(ulong headerOffset)
    {
        int low = 0;
        int high = _members.Length - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            int order = _members[middle].HeaderOffset.CompareTo(headerOffset);
            if (order == 0)
            {
                return _members[middle];
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return null;
    }

    internal ObjectFileError Error(ObjectFileErrorCode code, int offset, string message) => new(code, Name, (ulong)offset, message);
}
