using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// Reads the symbol index: a count, that many offsets of member headers, then as many NUL-terminated names; all numbers in big endian
/// (System V ar format; binutils: bfd/archive64.c for the 64-bit form).
/// </summary>
internal static class ArchiveIndexReader
{
    public static bool TryRead(ArchiveFile archive, ArchiveIndexRange index, out ArchiveSymbol[] symbols, [NotNullWhen(false)] out ObjectFileError? error)
    {
        symbols = [];
        error = null;
        if (index.Kind == ArchiveIndexKind.None || index.Size == 0)
        {
            return true;
        }

        int width = index.Kind == ArchiveIndexKind.Words ? sizeof(uint) : sizeof(ulong);
        ReadOnlySpan<byte> data = archive.Data.Span.Slice(index.Offset, index.Size);
        if (data.Length < width)
        {
            error = archive.Error(ObjectFileErrorCode.BadArchiveIndex, index.Offset, "the symbol index ends in its count");
            return false;
        }

        // Each symbol takes an offset and at least the NUL of its name, which bounds the allocation below by the size of the file.
        ulong count = Number(data, 0, width);
        ulong room = (ulong)(data.Length - width) / (ulong)(width + 1);
        if (count > room)
        {
            error = archive.Error(
                ObjectFileErrorCode.BadArchiveIndex,
                index.Offset,
                $"the symbol index announces {count} symbols but has room for no more than {room}");
            return false;
        }

        var result = new ArchiveSymbol[(int)count];
        int position = checked(width * (result.Length + 1));
        int lastMember = 0;
        for (int i = 0; i < result.Length; i++)
        {
            int length = data.Slice(position).IndexOf((byte)0);
            if (length < 0)
            {
                error = archive.Error(
                    ObjectFileErrorCode.BadArchiveIndex, index.Offset + position, $"the name of symbol {i} of the symbol index does not end with NUL");
                return false;
            }

            int field = width * (i + 1);
            ulong offset = Number(data, field, width);
            if (!TryFindMember(archive, offset, ref lastMember))
            {
                error = archive.Error(
                    ObjectFileErrorCode.BadArchiveIndex,
                    index.Offset + field,
                    $"symbol {i} of the symbol index is in a member at 0x{offset:x}, where no member begins");
                return false;
            }

            result[i] = new ArchiveSymbol(archive, index.Offset + position, length, lastMember);
            position += length + 1;
        }

        symbols = result;
        return true;
    }

    /// <summary>Symbols of one member follow each other, so most are found without a search.</summary>
    private static bool TryFindMember(ArchiveFile archive, ulong headerOffset, ref int lastMember)
    {
        if (lastMember < archive.Members.Count && archive.Members[lastMember].HeaderOffset == headerOffset)
        {
            return true;
        }

        ArchiveMember? member = archive.FindMember(headerOffset);
        lastMember = member?.Index ?? 0;
        return member is not null;
    }

    private static ulong Number(ReadOnlySpan<byte> data, int offset, int width) =>
        width == sizeof(uint)
            ? BinaryPrimitives.ReadUInt32BigEndian(data.Slice(offset))
            : BinaryPrimitives.ReadUInt64BigEndian(data.Slice(offset));
}
