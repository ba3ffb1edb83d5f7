using System;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// Reads the names of members: "name/" in the header, "/N" at an offset of the long names (GNU), "/N:M" for the member at M of another
/// archive (GNU thin), or "#1/N" at the start of the content (BSD).
/// </summary>
internal sealed class ArchiveNameReader(ArchiveFile archive)
{
    private const int FieldLength = 16;
    private const int HeaderSize = 60;

    private int _longNamesOffset;
    private int _longNamesLength;
    private long _remainingLength = Names.TotalLengthLimit(archive.Data.Length);

    public void SetLongNames(int offset, int length)
    {
        _longNamesOffset = offset;
        _longNamesLength = length;
    }

    /// <summary>Reads the name of the member with a header, which exists in full, at <paramref name="position"/>.</summary>
    public bool TryRead(int position, ulong size, out ArchiveName name, [NotNullWhen(false)] out ObjectFileError? error)
    {
        ReadOnlySpan<byte> field = ArchiveText.TrimEnd(archive.Data.Span.Slice(position, FieldLength), (byte)' ');
        if (field.Length > 3 && field.StartsWith("#1/"u8) && !archive.IsThin)
        {
            return TryReadBsdName(position, field.Slice(3), size, out name, out error);
        }

        if (field.Length > 1 && field[0] == (byte)'/' && field[1] is >= (byte)'0' and <= (byte)'9')
        {
            return TryReadLongName(position, field.Slice(1), out name, out error);
        }

        if (SpecialKind(field) is ArchiveNameKind kind)
        {
            name = new ArchiveName(kind, position, field.Length);
            error = null;
            return true;
        }

        int length = field.IndexOf((byte)'/');
        length = length < 0 ? field.Length : length;
        return length > 0
            ? Success(new ArchiveName(KindOf(field.Slice(0, length)), position, length), out name, out error)
            : Failure(ObjectFileErrorCode.BadArchiveHeader, position, "the name of a member is empty or of an unknown special form", out name, out error);
    }

    private static ArchiveNameKind? SpecialKind(ReadOnlySpan<byte> field)
    {
        if (field.SequenceEqual("/"u8))
        {
            return ArchiveNameKind.Index;
        }

        if (field.SequenceEqual("//"u8))
        {
            return ArchiveNameKind.LongNames;
        }

        return field.SequenceEqual("/SYM64/"u8) ? ArchiveNameKind.Index64 : null;
    }

    private ArchiveNameKind KindOf(ReadOnlySpan<byte> name)
    {
        bool isIndex = name.SequenceEqual("__.SYMDEF"u8)
            || name.SequenceEqual("__.SYMDEF SORTED"u8)
            || name.SequenceEqual("__.SYMDEF_64"u8)
            || name.SequenceEqual("__.SYMDEF_64 SORTED"u8);
        return isIndex && !archive.IsThin ? ArchiveNameKind.BsdIndex : ArchiveNameKind.Member;
    }

    private static bool Success(ArchiveName value, out ArchiveName name, out ObjectFileError? error)
    {
        name = value;
        error = null;
        return true;
    }

    private bool Failure(
        ObjectFileErrorCode code, int position, string message, out ArchiveName name, [NotNullWhen(false)] out ObjectFileError? error)
    {
        name = default;
        error = archive.Error(code, position, message);
        return false;
    }

    /// <summary>The content begins with the name, padded with NUL.</summary>
    private bool TryReadBsdName(
        int position, ReadOnlySpan<byte> number, ulong size, out ArchiveName name, [NotNullWhen(false)] out ObjectFileError? error)
    {
        int offset = position + HeaderSize;
        if (!ArchiveText.TryParseNumber(number, out ulong length) || length > size || !ByteRange.Fits((ulong)offset, length, archive.Data.Length))
        {
            return Failure(
                ObjectFileErrorCode.BadArchiveHeader,
                position,
                "the name \"#1/N\" of a member does not give a number of bytes inside its content",
                out name,
                out error);
        }

        ReadOnlySpan<byte> text = ArchiveText.TrimEnd(archive.Data.Span.Slice(offset, (int)length), 0);
        return text.IsEmpty
            ? Failure(ObjectFileErrorCode.BadArchiveHeader, offset, "the name of a member is empty", out name, out error)
            : Success(new ArchiveName(KindOf(text), offset, text.Length, (int)length), out name, out error);
    }

    private bool TryReadLongName(
        int position, ReadOnlySpan<byte> reference, out ArchiveName name, [NotNullWhen(false)] out ObjectFileError? error)
    {
        ulong? nestedOffset = null;
        int colon = reference.IndexOf((byte)':');
        if (colon >= 0 && archive.IsThin)
        {
            if (!ArchiveText.TryParseNumber(reference.Slice(colon + 1), out ulong nested))
            {
                return Failure(
                    ObjectFileErrorCode.BadArchiveHeader,
                    position,
                    "the name \"/N:M\" of a member does not give an offset in the archive that contains it",
                    out name,
                    out error);
            }

            nestedOffset = nested;
            reference = reference.Slice(0, colon);
        }

        if (!ArchiveText.TryParseNumber(reference, out ulong offset) || offset >= (ulong)_longNamesLength)
        {
            return Failure(
                ObjectFileErrorCode.BadStringOffset,
                position,
                $"the name of a member is not an offset in the table of long names (\"//\"), which has 0x{_longNamesLength:x} bytes",
                out name,
                out error);
        }

        int start = _longNamesOffset + (int)offset;
        int length = LongNameLength(archive.Data.Span.Slice(start, _longNamesLength - (int)offset));
        _remainingLength -= length;
        if (_remainingLength < 0)
        {
            return Failure(
                ObjectFileErrorCode.TooLarge,
                position,
                $"the names have more than {Names.TotalLengthLimit(0)} bytes plus four times the size of the archive together",
                out name,
                out error);
        }

        return length > 0
            ? Success(new ArchiveName(ArchiveNameKind.Member, start, length, 0, nestedOffset), out name, out error)
            : Failure(ObjectFileErrorCode.BadStringOffset, start, "a long name of a member is empty or does not end", out name, out error);
    }

    /// <summary>GNU ends a name with "/\n", others with NUL.</summary>
    private static int LongNameLength(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAny((byte)'\n', (byte)0);
        return length > 0 && text[length - 1] == (byte)'/' ? length - 1 : length;
    }
}
