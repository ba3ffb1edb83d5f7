using System;
using System.Collections.Generic;
using System.IO.Hashing;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>The contents of a page, by its hash (XXH128): equal contents have equal values.</summary>
/// <param name="High">Upper 64 bits.</param>
/// <param name="Low">Lower 64 bits.</param>
public readonly record struct PageContent(ulong High, ulong Low);

/// <summary>A page of an image that is not all zeros.</summary>
/// <param name="Address">First address.</param>
/// <param name="Content">What is on it.</param>
/// <param name="IsWritable">Whether a writable segment has bytes on it.</param>
public readonly record struct MemoryPage(ulong Address, PageContent Content, bool IsWritable);

/// <summary>An image as it lies in memory: its <c>PT_LOAD</c> segments at their virtual addresses, cut into pages.</summary>
public sealed class MemoryImage
{
    private readonly SortedDictionary<ulong, byte[]> bytes;

    private MemoryImage(string name, ulong pageSize, SortedDictionary<ulong, byte[]> bytes, IReadOnlyList<MemoryPage> pages, ulong zeroPages)
    {
        Name = name;
        PageSize = pageSize;
        this.bytes = bytes;
        Pages = pages;
        ZeroPages = zeroPages;
    }

    /// <summary>Name of the file.</summary>
    public string Name { get; }

    /// <summary>Bytes of a page.</summary>
    public ulong PageSize { get; }

    /// <summary>The pages that are not all zeros, by address.</summary>
    public IReadOnlyList<MemoryPage> Pages { get; }

    /// <summary>Pages that are all zeros: a merger keeps at most one of them.</summary>
    public ulong ZeroPages { get; }

    /// <summary>Lays an image out.</summary>
    /// <param name="file">An executable.</param>
    /// <param name="pageSize">Bytes of a page; a power of two.</param>
    public static MemoryImage Load(ElfFile file, ulong pageSize)
    {
        var bytes = new SortedDictionary<ulong, byte[]>();
        var covered = new List<(ulong First, ulong Last, bool Writable)>();
        foreach (ElfSegment segment in file.Segments.Where(s => s.Type == ElfSegmentType.Load && s.MemorySize > 0))
        {
            // A segment that wraps around the address space is cut at its end: nothing can be there.
            ulong last = segment.MemorySize - 1 > ulong.MaxValue - segment.VirtualAddress ? ulong.MaxValue : segment.VirtualAddress + (segment.MemorySize - 1);
            covered.Add((segment.VirtualAddress / pageSize, last / pageSize, (segment.Flags & ElfSegmentFlags.Write) != 0));
            ReadOnlySpan<byte> content = segment.Data.Span;
            if ((ulong)content.Length > segment.MemorySize) content = content.Slice(0, (int)segment.MemorySize);
            Copy(segment.VirtualAddress, content, pageSize, bytes);
        }

        return Make(file.Name, pageSize, bytes, covered);
    }

    private static MemoryImage Make(string name, ulong pageSize, SortedDictionary<ulong, byte[]> bytes, List<(ulong First, ulong Last, bool Writable)> covered)
    {
        var pages = new List<MemoryPage>();
        foreach (KeyValuePair<ulong, byte[]> page in bytes)
        {
            if (IsZero(page.Value)) continue;
            bool writable = covered.Any(c => c.Writable && page.Key >= c.First && page.Key <= c.Last);
            pages.Add(new MemoryPage(page.Key * pageSize, Hash(page.Value), writable));
        }

        return new MemoryImage(name, pageSize, bytes, pages, CountPages(covered) - (ulong)pages.Count);
    }

    /// <summary>Lays ranges of bytes out that are no file. Pages without bytes are not known of, and not counted as zero pages.</summary>
    /// <param name="name">Name of the image.</param>
    /// <param name="pageSize">Bytes of a page; a power of two.</param>
    /// <param name="ranges">The ranges; none may lie on another.</param>
    public static MemoryImage Of(string name, ulong pageSize, IEnumerable<(ulong Address, ReadOnlyMemory<byte> Bytes, bool IsWritable)> ranges)
    {
        var bytes = new SortedDictionary<ulong, byte[]>();
        var covered = new List<(ulong First, ulong Last, bool Writable)>();
        foreach ((ulong address, ReadOnlyMemory<byte> content, bool isWritable) in ranges)
        {
            if (content.Length == 0) continue;
            covered.Add((address / pageSize, (address + (ulong)content.Length - 1) / pageSize, isWritable));
            Copy(address, content.Span, pageSize, bytes);
        }

        return Make(name, pageSize, bytes, covered);
    }

    /// <summary>The image without ranges of whole pages.</summary>
    public MemoryImage Without(IReadOnlyList<(ulong First, ulong End)> ranges)
    {
        var gone = AddressRanges.Union(ranges);
        bool IsLeft(ulong address) => !gone.Contains(address);
        var left = new SortedDictionary<ulong, byte[]>(bytes.Where(b => IsLeft(b.Key * PageSize)).ToDictionary(b => b.Key, b => b.Value));
        ulong zeros = (ulong)bytes.Keys.Count(k => !IsLeft(k * PageSize)) - (ulong)Pages.Count(p => !IsLeft(p.Address));
        return new MemoryImage(Name, PageSize, left, Pages.Where(p => IsLeft(p.Address)).ToArray(), ZeroPages - zeros);
    }

    /// <summary>Whether the image has anything on a page.</summary>
    public bool HasPage(ulong address) => bytes.ContainsKey(address / PageSize);

    /// <summary>The bytes of a page; all zeros where the file has none.</summary>
    public ReadOnlySpan<byte> GetBytes(ulong address) =>
        bytes.TryGetValue(address / PageSize, out byte[]? page) ? page : new byte[PageSize];

    private static void Copy(ulong address, ReadOnlySpan<byte> content, ulong pageSize, SortedDictionary<ulong, byte[]> bytes)
    {
        while (content.Length > 0)
        {
            ulong inside = address % pageSize;
            int step = (int)Math.Min(pageSize - inside, (ulong)content.Length);
            if (!bytes.TryGetValue(address / pageSize, out byte[]? page)) bytes.Add(address / pageSize, page = new byte[pageSize]);
            content.Slice(0, step).CopyTo(page.AsSpan((int)inside));
            content = content.Slice(step);
            if (address > ulong.MaxValue - (ulong)step) return;
            address += (ulong)step;
        }
    }

    private static bool IsZero(ReadOnlySpan<byte> page)
    {
        foreach (ulong word in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(page))
        {
            if (word != 0) return false;
        }

        return true;
    }

    private static PageContent Hash(byte[] page)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(page, hash);
        return new PageContent(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash.Slice(8)));
    }

    /// <summary>How many different pages the ranges cover.</summary>
    private static ulong CountPages(List<(ulong First, ulong Last, bool Writable)> ranges)
    {
        ulong count = 0;
        ulong next = 0;
        bool any = false;
        foreach ((ulong first, ulong last, _) in ranges.OrderBy(r => r.First))
        {
            ulong from = any ? Math.Max(first, next) : first;
            if (any && last < next) continue;
            count += last - from + 1;
            next = last + 1;
            any = true;
        }

        return count;
    }
}
