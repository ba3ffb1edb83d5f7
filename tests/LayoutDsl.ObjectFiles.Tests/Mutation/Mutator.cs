using System;
using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>
/// Damages files, the same way for the same seed: flipped bits, cut ends, extreme values in the fields of headers and tables, bytes of other
/// files, exchanged table entries. Most damage goes where readers look: headers and tables rather than code.
/// </summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> bases)
{
    private static readonly ulong[] ExtremeValues =
    [
        0, 1, 2, 7, 0x7f, 0xff, 0x100, 0xff00, 0xfff1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x1_0000_0000,
        0x7fffffff_ffffffff, 0x80000000_00000000, 0xffffffff_ffffffc0, 0xffffffff_fffffffe, 0xffffffff_ffffffff,
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next input: which file it was, and its damaged bytes.</summary>
    public (int Base, ReadOnlyMemory<byte> Data) Next()
    {
        int index = _random.Next(bases.Count);
        byte[] data = (byte[])bases[index].Clone();
        int length = data.Length;
        int steps = 1 + _random.Next(_random.Next(2) == 0 ? 2 : 12);
        for (int i = 0; i < steps && length > 0; i++)
        {
            Mutate(data, ref length);
        }

        return (index, data.AsMemory(0, length));
    }

    private void Mutate(byte[] data, ref int length)
    {
        Span<byte> file = data.AsSpan(0, length);
        switch (_random.Next(12))
        {
            case 0:
                file[_random.Next(length)] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                FlipBits(file.Slice(InterestingOffset(file)));
                break;
            case 2 when _random.Next(4) == 0:
                length = _random.Next(length);
                break;
            case 3 when _random.Next(4) == 0:
                length = InterestingOffset(file);
                break;
            case 4:
                Splice(file);
                break;
            case 5:
                ExchangeEntries(file);
                break;
            case 6:
                WriteText(file);
                break;
            default:
                WriteNumber(file, InterestingOffset(file));
                break;
        }
    }

    private void FlipBits(Span<byte> rest)
    {
        for (int i = 0; i < 4 && !rest.IsEmpty; i++)
        {
            rest[_random.Next(Math.Min(rest.Length, 64))] ^= (byte)(1 << _random.Next(8));
        }
    }

    /// <summary>A place in the ELF header, in a section or program header, in a table, or in an archive's header.</summary>
    private int InterestingOffset(ReadOnlySpan<byte> file)
    {
        int kind = _random.Next(5);
        if (ObjectFileKinds.Detect(file) != ObjectFileKind.Elf)
        {
            int header = kind < 4 ? file[_random.Next(file.Length)..].IndexOf("`\n"u8) : -1;
            return header < 0 ? _random.Next(file.Length) : Math.Max(0, _random.Next(file.Length - header) + header - 58) % file.Length;
        }

        if (kind == 0 || !ElfFile.TryRead(file.ToArray(), "base", out ElfFile? elf, out _) || elf.Sections.Count == 0)
        {
            return _random.Next(Math.Min(64, file.Length));
        }

        bool is64 = elf.Class == ElfClass.Elf64;
        int headerSize = is64 ? 64 : 40;
        if (kind <= 2)
        {
            return file.Length - Math.Min(file.Length, (elf.Sections.Count * headerSize) - _random.Next(elf.Sections.Count * headerSize));
        }

        ElfSection section = elf.Sections[_random.Next(elf.Sections.Count)];
        bool isTable = section.EntrySize != 0 || section.Type is ElfSectionType.Group or ElfSectionType.StringTable;
        return isTable && !section.Data.IsEmpty
            ? (int)section.Offset + _random.Next(section.Data.Length)
            : _random.Next(Math.Min(64 + (elf.Segments.Count * 56), file.Length));
    }

    private void WriteNumber(Span<byte> file, int offset)
    {
        int size = 1 << _random.Next(4);
        offset -= offset % size;
        ulong value = _random.Next(3) switch
        {
            0 => (ulong)file.Length + (ulong)_random.Next(3) - 1,
            1 => (ulong)_random.NextInt64(),
            _ => ExtremeValues[_random.Next(ExtremeValues.Length)],
        };
        bool isBigEndian = file.Length > 5 && file[5] == 2;
        for (int i = 0; i < size && offset + i < file.Length; i++)
        {
            file[offset + i] = (byte)(value >> (8 * (isBigEndian ? size - 1 - i : i)));
        }
    }

    /// <summary>Numbers in archives are text.</summary>
    private void WriteText(Span<byte> file)
    {
        ReadOnlySpan<byte> text = _random.Next(6) switch
        {
            0 => "9999999999"u8,
            1 => "-1 "u8,
            2 => "/0 "u8,
            3 => "/99999999:4294967296"u8,
            4 => "#1/99"u8,
            _ => "//              "u8,
        };
        int offset = InterestingOffset(file);
        text[..Math.Min(text.Length, file.Length - offset)].CopyTo(file[offset..]);
    }

    private void Splice(Span<byte> file)
    {
        byte[] other = bases[_random.Next(bases.Count)];
        int from = _random.Next(other.Length);
        int to = InterestingOffset(file);
        int count = Math.Min(1 + _random.Next(256), Math.Min(other.Length - from, file.Length - to));
        other.AsSpan(from, count).CopyTo(file[to..]);
    }

    /// <summary>Copies one entry of a table over another, so that tables overlap and links form cycles.</summary>
    private void ExchangeEntries(Span<byte> file)
    {
        int size = file.Length > 4 && file[4] == 1 ? 40 : 64;
        int from = file.Length - (size * (1 + _random.Next(16)));
        int to = file.Length - (size * (1 + _random.Next(16)));
        if (from >= 0 && to >= 0)
        {
            int skipped = _random.Next(size);
            file.Slice(from + skipped, size - skipped).CopyTo(file[(to + skipped)..]);
        }
    }
}
