using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>
/// Merges sections of constants and strings (gABI: SHF_MERGE, SHF_STRINGS) as GNU ld 2.40 does: equal entries of one output section, size and alignment are one, a string that is
/// the tail of another is a part of it, and each entry stays in the section that had it first.
/// </summary>
internal sealed class MergedStrings
{
    private readonly int entrySize;
    private readonly bool areStrings;
    private readonly uint alignment;
    private readonly List<MergedSection> sections = new();
    private readonly Dictionary<ReadOnlyMemory<byte>, Entry> entries = new(ByteComparer.Instance);
    private readonly List<Entry> order = new();

    public MergedStrings(int entrySize, bool areStrings, uint alignment)
    {
        this.entrySize = entrySize;
        this.areStrings = areStrings;
        this.alignment = alignment;
    }

    /// <summary>Adds a section; in the order of the link.</summary>
    public MergedSection Add(ReadOnlyMemory<byte> content)
    {
        var section = new MergedSection(this, content);
        sections.Add(section);
        return section;
    }

    /// <summary>Gives every entry its place and every section its size.</summary>
    public void Merge()
    {
        foreach (MergedSection section in sections) Record(section);
        if (areStrings) MergeTails();
        MergedSection? current = null;
        uint size = 0;
        foreach (Entry entry in order)
        {
            if (entry.Alignment == 0) continue;
            if (entry.Section != current)
            {
                current = entry.Section;
                size = 0;
            }

            size = (size + entry.Alignment - 1) & ~(entry.Alignment - 1);
            entry.Offset = size;
            size += (uint)entry.Bytes.Length;
            current.Size = size;
            current.Entries.Add(entry);
        }

        // Sections that were all padded to their alignment stay so at the end.
        if (current is not null && sections.All(s => (uint)s.Content.Length % alignment == 0)) current.Size = (current.Size + alignment - 1) & ~(alignment - 1);
    }

    /// <summary>Where the byte at an offset of a section went.</summary>
    public (MergedSection Section, ulong Offset) Find(MergedSection section, ulong offset)
    {
        ReadOnlyMemory<byte> content = section.Content;
        if (offset >= (ulong)content.Length) return (section, section.Entries.Count > 0 ? section.Size : 0);
        int at = (int)offset;
        int start = areStrings ? StartOfString(content.Span, at) : at / entrySize * entrySize;
        if (!entries.TryGetValue(content.Slice(start, LengthAt(content.Span, start)), out Entry? entry)) throw new PredictionException("a reference leads into the padding of merged strings");
        Entry kept = entry;
        ulong inside = (ulong)(at - start);
        if (entry.Whole is { } whole)
        {
            kept = whole;
            inside += (ulong)(whole.Bytes.Length - entry.Bytes.Length);
        }

        return (kept.Section, kept.Offset + inside);
    }

    /// <summary>Where the entries of a section went, and how many bytes each has.</summary>
    public IEnumerable<(MergedSection Section, ulong Offset, ulong Size)> FindAll(MergedSection section)
    {
        for (int at = 0; at < section.Content.Length;)
        {
            int length = LengthAt(section.Content.Span, at);

            // Zeros between strings are padding, unless one was taken for an empty string.
            if (entries.ContainsKey(section.Content.Slice(at, length)))
            {
                (MergedSection kept, ulong offset) = Find(section, (ulong)at);
                yield return (kept, offset, (ulong)length);
            }

            at += length;
        }
    }

    private void Record(MergedSection section)
    {
        ReadOnlySpan<byte> content = section.Content.Span;
        bool hasEmpty = false;
        for (int at = 0; at < content.Length;)
        {
            int length = LengthAt(content, at);
            Add(section, at, length, areStrings ? AlignmentOf(at) : 1);
            at += length;
            if (!areStrings) continue;

            // Zeros behind a string are padding, but the first that is aligned counts as an empty string.
            while (at < content.Length && IsZero(content, at))
            {
                if (!hasEmpty && at % alignment == 0)
                {
                    hasEmpty = true;
                    Add(section, at, entrySize, alignment);
                }

                at += entrySize;
            }
        }
    }

    private void Add(MergedSection section, int at, int length, uint entryAlignment)
    {
        ReadOnlyMemory<byte> bytes = section.Content.Slice(at, length);
        if (entries.TryGetValue(bytes, out Entry? known))
        {
            if (known.Alignment >= entryAlignment) return;

            // The less aligned one is dropped, and a new one takes its place where it is met now.
            known.Alignment = 0;
        }

        var entry = new Entry(section, bytes, entryAlignment);
        entries[bytes] = entry;
        order.Add(entry);
    }

    private void MergeTails()
    {
        Entry[] sorted = order.Where(e => e.Alignment > 0).ToArray();
        if (sorted.Length == 0) return;
        uint common = sorted.All(e => e.Alignment == sorted[0].Alignment) ? sorted[0].Alignment : 0;
        bool byTail = common > (uint)entrySize;
        Array.Sort(sorted, (a, b) => Compare(a, b, byTail));
        Entry longest = sorted[sorted.Length - 1];
        for (int i = sorted.Length - 2; i >= 0; i--)
        {
            Entry candidate = sorted[i];
            bool isTail = longest.Alignment >= candidate.Alignment
                && ((uint)(longest.Bytes.Length - candidate.Bytes.Length) & (candidate.Alignment - 1)) == 0
                && longest.Bytes.Length > candidate.Bytes.Length
                && longest.Bytes.Span.EndsWith(candidate.Bytes.Span);
            if (isTail)
            {
                candidate.Whole = longest;
                candidate.Alignment = 0;
            }
            else
            {
                longest = candidate;
            }
        }
    }

    /// <summary>From the last byte to the first, without the terminator; strings that could not be tails of each other apart.</summary>
    private int Compare(Entry a, Entry b, bool byTail)
    {
        int lengthA = a.Bytes.Length - entrySize;
        int lengthB = b.Bytes.Length - entrySize;
        if (byTail)
        {
            int tail = (lengthA & ((int)a.Alignment - 1)) - (lengthB & ((int)a.Alignment - 1));
            if (tail != 0) return tail;
        }

        ReadOnlySpan<byte> s = a.Bytes.Span;
        ReadOnlySpan<byte> t = b.Bytes.Span;
        for (int i = 1; i <= Math.Min(lengthA, lengthB); i++)
        {
            if (s[lengthA - i] != t[lengthB - i]) return s[lengthA - i] - t[lengthB - i];
        }

        return lengthA - lengthB;
    }

    private uint AlignmentOf(int at)
    {
        uint lowest = (uint)at & (uint)-at;
        return lowest == 0 || lowest > alignment ? alignment : lowest;
    }

    private int LengthAt(ReadOnlySpan<byte> content, int at)
    {
        if (!areStrings) return entrySize;
        int end = at;
        while (end < content.Length && !IsZero(content, end)) end += entrySize;
        if (end + entrySize > content.Length) throw new PredictionException("a section of strings does not end with a terminator");
        return end + entrySize - at;
    }

    private int StartOfString(ReadOnlySpan<byte> content, int at)
    {
        int start = at / entrySize * entrySize;
        while (start >= entrySize && !IsZero(content, start - entrySize)) start -= entrySize;
        return start;
    }

    private bool IsZero(ReadOnlySpan<byte> content, int at)
    {
        foreach (byte b in content.Slice(at, Math.Min(entrySize, content.Length - at)))
        {
            if (b != 0) return false;
        }

        return true;
    }

    /// <summary>A string or constant.</summary>
    internal sealed class Entry(MergedSection section, ReadOnlyMemory<byte> bytes, uint alignment)
    {
        public MergedSection Section { get; } = section;

        public ReadOnlyMemory<byte> Bytes { get; } = bytes;

        /// <summary>Zero for one that another stands for.</summary>
        public uint Alignment { get; set; } = alignment;

        /// <summary>The string that this one is the tail of.</summary>
        public Entry? Whole { get; set; }

        public uint Offset { get; set; }
    }

    private sealed class ByteComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static readonly ByteComparer Instance = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> bytes)
        {
            uint hash = 2166136261;
            foreach (byte b in bytes.Span) hash = (hash ^ b) * 16777619;
            return (int)hash;
        }
    }
}

/// <summary>What is left of an input section after merging.</summary>
internal sealed class MergedSection(MergedStrings group, ReadOnlyMemory<byte> content)
{
    public ReadOnlyMemory<byte> Content { get; } = content;

    public uint Size { get; set; }

    public List<MergedStrings.Entry> Entries { get; } = new();

    /// <summary>First address; known once the section is placed.</summary>
    public ulong Address { get; set; }

    /// <summary>The address of what was at an offset.</summary>
    public ulong Find(ulong offset)
    {
        (MergedSection section, ulong found) = group.Find(this, offset);
        return section.Address + found;
    }

    /// <summary>Addresses and sizes of what was in the section, wherever it went.</summary>
    public IEnumerable<(ulong Address, ulong Size)> FindAll() => group.FindAll(this).Select(f => (f.Section.Address + f.Offset, f.Size));

    /// <summary>Writes what is left.</summary>
    public void CopyTo(Span<byte> target)
    {
        foreach (MergedStrings.Entry entry in Entries) entry.Bytes.Span.CopyTo(target.Slice((int)entry.Offset));
    }
}
