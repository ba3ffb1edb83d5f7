using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace LayoutDsl.ObjectFiles;

/// <summary>Reads section groups (gABI: Section Groups).</summary>
internal sealed class ElfSectionGroupReader(ElfFile file)
{
    private const int WordSize = sizeof(uint);

    private readonly List<ElfSectionGroup> _groups = [];
    private readonly bool[] _isMember = new bool[file.SectionArray.Length];
    private IReadOnlyList<ElfSymbol> _symbols = [];

    public bool TryRead([NotNullWhen(true)] out ElfSectionGroup[]? groups, [NotNullWhen(false)] out ObjectFileError? error)
    {
        groups = null;
        error = null;
        bool hasSymbols = false;
        foreach (ElfSection section in file.SectionArray)
        {
            if (section.Type != ElfSectionType.Group)
            {
                continue;
            }

            if (!hasSymbols && !TryReadSymbols(out error))
            {
                return false;
            }

            hasSymbols = true;
            error = ReadGroup(section);
            if (error is not null)
            {
                return false;
            }
        }

        groups = [.. _groups];
        return true;
    }

    private bool TryReadSymbols([NotNullWhen(false)] out ObjectFileError? error)
    {
        bool success = file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out error);
        _symbols = symbols ?? [];
        return success;
    }

    private ObjectFileError? ReadGroup(ElfSection section)
    {
        if (file.SectionAt(section.Link)?.Type != ElfSectionType.SymbolTable)
        {
            return Error(section, $"links to section {section.Link} (sh_link), expected the symbol table");
        }

        if (section.Info == 0 || section.Info >= (uint)_symbols.Count)
        {
            return Error(section, $"has symbol {section.Info} as its signature (sh_info), but there are {_symbols.Count} symbols");
        }

        if (section.Size < WordSize || section.Size % WordSize != 0)
        {
            return Error(section, $"has 0x{section.Size:x} bytes, expected a word of flags and a word for each member");
        }

        ReadOnlySpan<byte> words = section.Data.Span;
        var members = new int[(words.Length / WordSize) - 1];
        for (int i = 0; i < members.Length; i++)
        {
            uint index = file.Decoder.UInt32(words, (i + 1) * WordSize);
            if (index == 0 || index >= (uint)_isMember.Length)
            {
                return Error(section, $"has section {index} as a member, but the file has {_isMember.Length} sections");
            }

            if (_isMember[index])
            {
                return Error(section, $"has section {index} as a member, which is in a group already");
            }

            if (file.SectionArray[index].Type == ElfSectionType.Group)
            {
                return Error(section, $"has section {index} as a member, which is itself a group");
            }

            _isMember[index] = true;
            members[i] = (int)index;
        }

        _groups.Add(new ElfSectionGroup(section, file.Decoder.UInt32(words, 0), _symbols[(int)section.Info], members));
        return null;
    }

    private ObjectFileError Error(ElfSection section, string message) =>
        file.Error(ObjectFileErrorCode.BadGroup, section, $"the group of {section.Description} {message}");
}
