using System;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// A string table (gABI: String Table), measured once per reader: names are found and checked when a table is read, decoded only
/// when somebody asks.
/// </summary>
internal sealed class ElfStringTable
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly ulong _fileOffset;
    private readonly string _fileName;
    private long _remainingLength;

    public ElfStringTable(ElfFile file, ElfSection? section)
    {
        _data = section?.Data ?? default;
        _fileOffset = section?.Offset ?? 0;
        _fileName = file.Name;
        _remainingLength = Names.TotalLengthLimit(file.Data.Length);
    }

    public ReadOnlyMemory<byte> Name(uint offset, int length) => length == 0 ? default : _data.Slice((int)offset, length);

    /// <summary>Measures the name at an offset. An empty table has the empty name at offset 0 (gABI: String Table).</summary>
    public bool TryMeasure(uint offset, out int length, [NotNullWhen(false)] out ObjectFileError? error)
    {
        length = 0;
        error = null;
        if (offset == 0 && _data.IsEmpty)
        {
            return true;
        }

        if (offset >= (uint)_data.Length)
        {
            error = Error(
                ObjectFileErrorCode.BadStringOffset, 0, $"a name is at 0x{offset:x} of a string table that has 0x{_data.Length:x} bytes");
            return false;
        }

        length = _data.Span.Slice((int)offset).IndexOf((byte)0);
        if (length < 0)
        {
            error = Error(ObjectFileErrorCode.BadStringOffset, offset, "the last name of the string table does not end with a NUL byte");
            return false;
        }

        _remainingLength -= length;
        if (_remainingLength < 0)
        {
            error = Error(
                ObjectFileErrorCode.TooLarge,
                offset,
                $"the names of one table have more than {Names.TotalLengthLimit(0)} bytes plus four times the size of the file together");
            return false;
        }

        return true;
    }

    private ObjectFileError Error(ObjectFileErrorCode code, ulong offset, string message) =>
        new(code, _fileName, _fileOffset + offset, message);
}
