using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>How readelf writes the values that have names.</summary>
internal static class ReadelfNames
{
    private static readonly Dictionary<ElfSectionType, string> SectionTypes = new()
    {
        [ElfSectionType.Null] = "NULL",
        [ElfSectionType.ProgBits] = "PROGBITS",
        [ElfSectionType.SymbolTable] = "SYMTAB",
        [ElfSectionType.StringTable] = "STRTAB",
        [ElfSectionType.Rela] = "RELA",
        [ElfSectionType.Hash] = "HASH",
        [ElfSectionType.Dynamic] = "DYNAMIC",
        [ElfSectionType.Note] = "NOTE",
        [ElfSectionType.NoBits] = "NOBITS",
        [ElfSectionType.Rel] = "REL",
        [ElfSectionType.DynamicSymbolTable] = "DYNSYM",
        [ElfSectionType.InitArray] = "INIT_ARRAY",
        [ElfSectionType.FiniArray] = "FINI_ARRAY",
        [ElfSectionType.PreinitArray] = "PREINIT_ARRAY",
        [ElfSectionType.Group] = "GROUP",
        [ElfSectionType.SymbolTableIndices] = "SYMTAB SECTION INDICES",
        [ElfSectionType.Relr] = "RELR",
        [ElfSectionType.GnuAttributes] = "GNU_ATTRIBUTES",
        [ElfSectionType.GnuHash] = "GNU_HASH",
        [ElfSectionType.GnuVersionDefinitions] = "VERDEF",
        [ElfSectionType.GnuVersionNeeds] = "VERNEED",
        [ElfSectionType.GnuVersionSymbols] = "VERSYM",
    };

    private static readonly Dictionary<ElfSegmentType, string> SegmentTypes = new()
    {
        [ElfSegmentType.Null] = "NULL",
        [ElfSegmentType.Load] = "LOAD",
        [ElfSegmentType.Dynamic] = "DYNAMIC",
        [ElfSegmentType.Interpreter] = "INTERP",
        [ElfSegmentType.Note] = "NOTE",
        [ElfSegmentType.ProgramHeaders] = "PHDR",
        [ElfSegmentType.Tls] = "TLS",
        [ElfSegmentType.GnuEhFrame] = "GNU_EH_FRAME",
        [ElfSegmentType.GnuStack] = "GNU_STACK",
        [ElfSegmentType.GnuRelro] = "GNU_RELRO",
        [ElfSegmentType.GnuProperty] = "GNU_PROPERTY",
    };

    private static readonly (ElfSectionFlags Flag, char Letter)[] FlagLetters =
    [
        (ElfSectionFlags.Write, 'W'), (ElfSectionFlags.Allocate, 'A'), (ElfSectionFlags.Execute, 'X'), (ElfSectionFlags.Merge, 'M'),
        (ElfSectionFlags.Strings, 'S'), (ElfSectionFlags.InfoLink, 'I'), (ElfSectionFlags.LinkOrder, 'L'),
        (ElfSectionFlags.OsNonconforming, 'O'), (ElfSectionFlags.Group, 'G'), (ElfSectionFlags.Tls, 'T'), (ElfSectionFlags.Compressed, 'C'),
        (ElfSectionFlags.Exclude, 'E'),
    ];

    /// <summary>Null for a type that only some machines know. In a wide listing, 15 characters of a name are shown.</summary>
    public static string? SectionType(ElfSectionType type) => SectionTypes.TryGetValue(type, out string? name) ? name : null;

    /// <summary>Null for a type that only some machines know.</summary>
    public static string? SegmentType(ElfSegmentType type) => SegmentTypes.TryGetValue(type, out string? name) ? name : null;

    /// <summary>Whether the letters that stand for the same flags on all machines are the ones expected, and no others.</summary>
    public static bool AreFlags(ReadOnlySpan<char> letters, ElfSectionFlags flags)
    {
        foreach ((ElfSectionFlags flag, char letter) in FlagLetters)
        {
            if (letters.Contains(letter) != ((flags & flag) != 0))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsSegmentFlags(ReadOnlySpan<char> letters, ElfSegmentFlags flags) =>
        letters.Contains('R') == flags.HasFlag(ElfSegmentFlags.Read)
        && letters.Contains('W') == flags.HasFlag(ElfSegmentFlags.Write)
        && letters.Contains('E') == flags.HasFlag(ElfSegmentFlags.Execute);

    public static string SymbolType(ElfSymbolType type) => type switch
    {
        ElfSymbolType.None => "NOTYPE",
        ElfSymbolType.Object => "OBJECT",
        ElfSymbolType.Function => "FUNC",
        ElfSymbolType.Section => "SECTION",
        ElfSymbolType.File => "FILE",
        ElfSymbolType.Common => "COMMON",
        ElfSymbolType.Tls => "TLS",
        ElfSymbolType.GnuIndirectFunction => "IFUNC",
        _ => ((int)type).ToString(CultureInfo.InvariantCulture),
    };

    public static string SymbolBinding(ElfSymbolBinding binding) => binding switch
    {
        ElfSymbolBinding.Local => "LOCAL",
        ElfSymbolBinding.Global => "GLOBAL",
        ElfSymbolBinding.Weak => "WEAK",
        ElfSymbolBinding.GnuUnique => "UNIQUE",
        _ => ((int)binding).ToString(CultureInfo.InvariantCulture),
    };

    public static string SymbolSection(in ElfSymbol symbol) => symbol.Place switch
    {
        ElfSymbolPlace.Undefined => "UND",
        ElfSymbolPlace.Absolute => "ABS",
        ElfSymbolPlace.Common when symbol.RawSectionIndex == 0xfff2 => "COM",
        ElfSymbolPlace.Common => "LARGE_COM",
        ElfSymbolPlace.Section => symbol.SectionIndex.ToString(CultureInfo.InvariantCulture),
        _ => "reserved",
    };

    /// <summary>readelf writes control characters as ^X.</summary>
    public static string Printed(string name)
    {
        foreach (char character in name)
        {
            if (char.IsControl(character))
            {
                return Escape(name);
            }
        }

        return name;
    }

    private static string Escape(string name)
    {
        var text = new StringBuilder();
        foreach (char character in name)
        {
            text.Append(char.IsControl(character) ? $"^{(char)(character + 0x40)}" : character.ToString());
        }

        return text.ToString();
    }
}
