using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// Walks over the member headers (System V ar format): 60 bytes of text (name 16, date 12, owner 6, group 6, mode 8, size 10, then
/// "`\n"), the content, and a byte of padding after an odd size. Each step goes forward, so there are no cycles.
/// </summary>
internal sealed class ArchiveReader(ArchiveFile archive)
{
    private const int HeaderSize = 60;
    private const int SizeField = 48;
    private const int SizeFieldLength = 10;

    private readonly ReadOnlyMemory<byte> _data = archive.Data;
    private readonly ArchiveNameReader _names = new(archive);
    private bool _hasIndex;

    public ArchiveIndexRange Index { get; private set; }

    public bool TryRead(out ArchiveMember[] members, [NotNullWhen(false)] out ObjectFileError? error)
    {
        members = [];
        var found = new List<ArchiveMember>();
        int position = ObjectFileKinds.ArchiveMagic.Length;
        while (position < _data.Length)
        {
            if (!TryReadHeader(position, out ulong size, out error))
            {
                return false;
            }

            if (!_names.TryRead(position, size, out ArchiveName name, out error))
            {
                return false;
            }

            bool isContained = !archive.IsThin || name.Kind != ArchiveNameKind.Member;
            int dataOffset = position + HeaderSize;
            if (isContained && !ByteRange.Fits((ulong)dataOffset, size, _data.Length))
            {
                error = archive.Error(
                    ObjectFileErrorCode.MemberOutOfBounds,
                    position + SizeField,
                    $"a member of {size} bytes at 0x{dataOffset:x} does not fit into the archive of 0x{_data.Length:x} bytes");
                return false;
            }

            AddMember(found, position, size, name, isContained);
            int end = isContained ? dataOffset + (int)size : dataOffset;

            // The padding after the last member may be missing.
            position = (end & 1) == 0 || end == _data.Length ? end : end + 1;
        }

        members = [.. found];
        error = null;
        return true;
    }

    private void AddMember(List<ArchiveMember> members, int position, ulong size, in ArchiveName name, bool isContained)
    {
        int dataOffset = position + HeaderSize;
        switch (name.Kind)
        {
            case ArchiveNameKind.LongNames:
                _names.SetLongNames(dataOffset, (int)size);
                break;
            case ArchiveNameKind.Index or ArchiveNameKind.Index64:
                // Windows libraries have a second index of another form under the same name.
                if (!_hasIndex)
                {
                    _hasIndex = true;
                    Index = new ArchiveIndexRange(
                        name.Kind == ArchiveNameKind.Index ? ArchiveIndexKind.Words : ArchiveIndexKind.DoubleWords, dataOffset, (int)size);
                }

                break;
            case ArchiveNameKind.BsdIndex:
                break;
            default:
                members.Add(new ArchiveMember(archive, members.Count, new ArchiveMemberRange
                {
                    HeaderOffset = position,
                    NameOffset = name.Offset,
                    NameLength = name.Length,
                    DataOffset = dataOffset + name.BytesOfContent,
                    Size = size - (ulong)name.BytesOfContent,
                    IsContained = isContained,
                    NestedOffset = name.NestedOffset,
                }));
                break;
        }
    }

    private bool TryReadHeader(int position, out ulong size, [NotNullWhen(false)] out ObjectFileError? error)
    {
        size = 0;
        ReadOnlySpan<byte> rest = _data.Span.Slice(position);
        if (rest.Length < HeaderSize)
        {
            error = archive.Error(
                ObjectFileErrorCode.Truncated, position, $"the archive ends in a member header: {rest.Length} of {HeaderSize} bytes are there");
            return false;
        }

        if (rest[HeaderSize - 2] != (byte)'`' || rest[HeaderSize - 1] != (byte)'\n')
        {
            error = archive.Error(
                ObjectFileErrorCode.BadArchiveHeader, position + HeaderSize - 2, "a member header does not end with a backquote and a line feed");
            return false;
        }

        if (!ArchiveText.TryParseNumber(rest.Slice(SizeField, SizeFieldLength), out size))
        {
            error = archive.Error(
                ObjectFileErrorCode.BadArchiveHeader, position + SizeField, "the size of a member is not a decimal number followed by spaces");
            return false;
        }

        error = null;
        return true;
    }
}
