using System;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Whether a line of readelf's wide listings says the same as what we read.</summary>
internal static class ReadelfEntries
{
    public static bool IsSection(string line, ElfSection section)
    {
        var tokens = new Tokens(line.AsSpan(line.IndexOf(']', StringComparison.Ordinal) + 1));
        bool same = Tokens.IsDecimal(tokens.Last(), section.Alignment)
            && Tokens.IsDecimal(tokens.Last(), section.Info)
            && Tokens.IsDecimal(tokens.Last(), section.Link);
        ReadOnlySpan<char> flags = tokens.Last();
        bool hasFlags = !char.IsAsciiHexDigitLower(flags[0]);
        same &= ReadelfNames.AreFlags(hasFlags ? flags : default, section.Flags);
        same &= Tokens.IsHex(hasFlags ? tokens.Last() : flags, section.EntrySize)
            && Tokens.IsHex(tokens.Last(), section.Size)
            && Tokens.IsHex(tokens.Last(), section.Offset)
            && Tokens.IsHex(tokens.Last(), section.Address);
        ReadOnlySpan<char> nameAndType = tokens.Rest;
        string name = ReadelfNames.Printed(section.Name);
        same &= nameAndType.StartsWith(name, StringComparison.Ordinal);
        if (same && ReadelfNames.SectionType(section.Type) is string type)
        {
            same = nameAndType[name.Length..].Trim(' ').SequenceEqual(type.AsSpan(0, Math.Min(15, type.Length)).TrimEnd(' '));
        }

        return same;
    }

    public static bool IsSegment(string line, ElfSegment segment)
    {
        var tokens = new Tokens(line);
        bool same = Tokens.IsHex(tokens.Last(), segment.Alignment);
        int numbers = line.IndexOf(" 0x", StringComparison.Ordinal);
        same &= ReadelfNames.SegmentType(segment.Type) is not string type || line.AsSpan(0, numbers).Trim(' ').SequenceEqual(type);
        tokens = new Tokens(tokens.Rest[(numbers - 1)..]);
        same &= Tokens.IsHex(tokens.Next(), segment.Offset)
            && Tokens.IsHex(tokens.Next(), segment.VirtualAddress)
            && Tokens.IsHex(tokens.Next(), segment.PhysicalAddress)
            && Tokens.IsHex(tokens.Next(), segment.FileSize)
            && Tokens.IsHex(tokens.Next(), segment.MemorySize)
            && ReadelfNames.IsSegmentFlags(tokens.Rest, segment.Flags);
        return same;
    }

    public static bool IsSymbol(string line, ElfFile file, in ElfSymbol symbol)
    {
        var tokens = new Tokens(line);
        tokens.Next();
        bool same = Tokens.IsHex(tokens.Next(), symbol.Value);
        ReadOnlySpan<char> size = tokens.Next();
        same &= size.StartsWith("0x") ? Tokens.IsHex(size, symbol.Size) : Tokens.IsDecimal(size, symbol.Size);
        same &= IsNamed(ref tokens, ReadelfNames.SymbolType(symbol.Type), (int)symbol.Type)
            && IsNamed(ref tokens, ReadelfNames.SymbolBinding(symbol.Binding), (int)symbol.Binding)
            && tokens.Next().Equals(symbol.Visibility.ToString(), StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> section = tokens.Next();
        while (section.StartsWith("[") || section.EndsWith("]"))
        {
            // What a machine keeps in st_other.
            section = tokens.Next();
        }

        same &= symbol.Place == ElfSymbolPlace.Reserved
            ? section.Contains('[') || section.StartsWith("PRC") || section.StartsWith("OS") || section.StartsWith("RSV")
            : section.SequenceEqual(ReadelfNames.SymbolSection(symbol)) || (symbol.RawSectionIndex is 0xff03 or 0xff04 && section[0] == 'S');
        same &= symbol.Place == ElfSymbolPlace.Reserved || IsName(tokens.Rest, file, symbol);
        return same;
    }

    public static bool IsRelocation(string line, ElfFile file, in ElfRelocation relocation, in ElfSymbol symbol)
    {
        var tokens = new Tokens(line);
        bool same = Tokens.IsHex(tokens.Next(), relocation.Offset) && Tokens.IsHex(tokens.Next(), Info(file, relocation));
        tokens.Next();
        if (relocation.HasAddend)
        {
            same &= IsAddend(tokens.Last(), relocation.Addend);
        }

        if (relocation.SymbolIndex != 0 && relocation.HasAddend)
        {
            same &= tokens.Last() is "+" or "-";
            if (symbol.Type != ElfSymbolType.GnuIndirectFunction)
            {
                same &= Tokens.IsHex(tokens.Next(), symbol.Value) && IsName(tokens.Rest, file, symbol);
            }
        }

        return same;
    }

    /// <summary>A value without a name is written as "&lt;OS specific&gt;: 10".</summary>
    private static bool IsNamed(ref Tokens tokens, string name, int value)
    {
        ReadOnlySpan<char> token = tokens.Next();
        if (!token.StartsWith("<"))
        {
            return token.SequenceEqual(name);
        }

        while (!token.EndsWith(":"))
        {
            token = tokens.Next();
        }

        return Tokens.IsDecimal(tokens.Next(), (ulong)value);
    }

    /// <summary>Sections give their names to their symbols, and versions follow names: "free@GLIBC_2.2.5 (2)".</summary>
    private static bool IsName(ReadOnlySpan<char> listed, ElfFile file, in ElfSymbol symbol)
    {
        string name = ReadelfNames.Printed(symbol.Name);
        if (name.Length == 0 && symbol.Type == ElfSymbolType.Section)
        {
            name = ReadelfNames.Printed(file.Sections[symbol.SectionIndex].Name);
        }

        listed = listed.TrimEnd(' ');
        return listed.StartsWith(name.AsSpan().TrimEnd(' '), StringComparison.Ordinal)
            && (listed.Length <= name.Length || listed[name.Length] == '@');
    }

    private static ulong Info(ElfFile file, in ElfRelocation relocation)
    {
        ulong symbol = (uint)relocation.SymbolIndex;
        return file.Class == ElfClass.Elf64 ? (symbol << 32) | relocation.Type : (symbol << 8) | relocation.Type;
    }

    /// <summary>The sign stands before the number, in a word of its own after a symbol.</summary>
    private static bool IsAddend(ReadOnlySpan<char> token, long addend)
    {
        ulong magnitude = addend < 0 ? unchecked((ulong)-addend) : (ulong)addend;
        return Tokens.IsHex(token.TrimStart('-'), magnitude) || Tokens.IsHex(token, unchecked((ulong)addend));
    }
}
