using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.ObjectFiles;

/// <summary>The sections of an executable without ranges of memory, with new numbers.</summary>
internal sealed class TrimmedSections
{
    private readonly List<TrimmedSection> _sections = [];
    private readonly (int First, int Count)[] _parts;
    private readonly AddressRanges _dropped;
    private readonly TrimmedHeaders _headers;
    private readonly ulong _shift;

    public TrimmedSections(ElfFile file, AddressRanges dropped, TrimmedHeaders headers, ulong shift)
    {
        _dropped = dropped;
        _headers = headers;
        _shift = shift;
        _parts = new (int, int)[file.SectionArray.Length];
        foreach (ElfSection section in file.SectionArray)
        {
            int first = _sections.Count;
            _sections.AddRange(Parts(section).Select(part => new TrimmedSection(section, part.First, part.Size)));
            _parts[section.Index] = (first, _sections.Count - first);
        }
    }

    public IReadOnlyList<TrimmedSection> Items => _sections;

    /// <summary>Zeros of thread-local storage: a section whose addresses are not its own (gABI: Thread-Local Storage).</summary>
    public static bool IsThreadZero(ElfSection section) => section.Type == ElfSectionType.NoBits && (section.Flags & ElfSectionFlags.Tls) != 0;

    /// <summary>Whether a section has memory that can be dropped.</summary>
    public static bool IsCut(ElfSection section) => section.IsAllocated && section.Size > 0 && section.Type != ElfSectionType.Null && !IsThreadZero(section);

    /// <summary>The new number of a section; of its first part; 0 when nothing remains.</summary>
    public uint Number(uint old) => old < (uint)_parts.Length && _parts[old].Count > 0 ? (uint)_parts[old].First : 0;

    /// <summary>What remains of a section, if anything does.</summary>
    public TrimmedSection? Find(int old) => _parts[old].Count > 0 ? _sections[_parts[old].First] : null;

    /// <summary>The number of the part of a section that has an address or ends there; another section's when nothing remains of it; 0 when there is none.</summary>
    public int NumberAt(int old, ulong address)
    {
        (int first, int count) = _parts[old];
        if (count == 0) return _sections.FindIndex(s => IsCut(s.Old) && s.Address <= address && address - s.Address <= s.Size) is var other and > 0 ? other : 0;
        int low = first;
        int high = first + count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_sections[middle].Address <= address) low = middle + 1;
            else high = middle;
        }

        return Math.Max(low - 1, first);
    }

    /// <summary>Whether a section stands behind the headers and moved with their end.</summary>
    public bool IsMoved(ElfSection section) => _shift > 0 && _headers.Moved.Contains(section);

    private IEnumerable<(ulong First, ulong Size)> Parts(ElfSection section)
    {
        if (IsMoved(section)) return [(section.Address + _shift, section.Size)];
        if (IsCut(section)) return _dropped.Remaining(section.Address, section.Address + section.Size).Select(part => (part.First, part.End - part.First));
        bool isGone = section.IsAllocated && section.Index > 0 && !IsThreadZero(section) && _dropped.Contains(section.Address);
        return isGone ? [] : [(section.Address, section.Size)];
    }
}
