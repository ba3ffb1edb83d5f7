using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// Gives symbols of an object other names or another binding and leaves all else of the file as it is, to the last byte: names are added at the end of the file, where the
/// string table of the symbols goes (gABI: String Table, Symbol Table).
/// </summary>
public static class ElfSymbolEditor
{
    /// <summary>The edited file; the same bytes when nothing is edited.</summary>
    /// <param name="file">The object.</param>
    /// <param name="edit">Gives the name and the binding of a symbol that is not local; null for either leaves it as it is.</param>
    /// <param name="result">The bytes of the edited file.</param>
    /// <param name="error">What is wrong with the file.</param>
    /// <returns>Whether the file could be read.</returns>
    public static bool TryEdit(ElfFile file, Func<ElfSymbol, (string? Name, ElfSymbolBinding? Binding)> edit, out byte[] result, out ObjectFileError? error)
    {
        result = [];
        if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out error)) return false;
        result = file.Data.ToArray();
        if (file.FirstSection(ElfSectionType.SymbolTable) is not { } table || file.SectionAt(table.Link) is not { } strings) return true;
        var names = new List<byte>(strings.Data.ToArray());
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        bool isLittle = file.ByteOrder == ElfByteOrder.LittleEndian;
        bool is64 = file.Decoder.Is64;
        foreach (ElfSymbol symbol in symbols)
        {
            if (symbol.Binding == ElfSymbolBinding.Local) continue;
            (string? name, ElfSymbolBinding? binding) = edit(symbol);
            int place = checked((int)table.Offset + (symbol.Index * file.Decoder.SymbolSize));
            if (name is not null)
            {
                if (!known.TryGetValue(name, out int offset))
                {
                    known.Add(name, offset = names.Count);
                    names.AddRange(Encoding.UTF8.GetBytes(name));
                    names.Add(0);
                }

                Write(result, place, (ulong)offset, 4, isLittle);
            }

            int info = place + (is64 ? 4 : 12);
            if (binding is { } other) result[info] = (byte)(((int)other << 4) | (result[info] & 15));
        }

        if (known.Count == 0) return true;
        int end = result.Length;
        Array.Resize(ref result, end + names.Count);
        names.CopyTo(result, end);
        int header = ElfSectionTableReader.HeaderOffset(file.Header.Sections, strings.Index) is var at ? checked((int)at) : 0;
        Write(result, header + (is64 ? 24 : 16), (ulong)end, is64 ? 8 : 4, isLittle);
        Write(result, header + (is64 ? 32 : 20), (ulong)names.Count, is64 ? 8 : 4, isLittle);
        return true;
    }

    private static void Write(byte[] data, int offset, ulong value, int size, bool isLittle)
    {
        Span<byte> word = stackalloc byte[8];
        if (isLittle) BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        else BinaryPrimitives.WriteUInt64BigEndian(word, value);
        (isLittle ? word.Slice(0, size) : word.Slice(8 - size)).CopyTo(data.AsSpan(offset));
    }
}
