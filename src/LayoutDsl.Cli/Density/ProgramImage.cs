using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Density;

/// <summary>A range of pages that an image asks for.</summary>
/// <param name="Address">Address of its first page.</param>
/// <param name="Count">How many pages.</param>
/// <param name="Flags">What the program may do with it.</param>
/// <param name="Physical">Address of the first page in a machine without paging: where a hypervisor puts it.</param>
internal readonly record struct PageRange(ulong Address, int Count, ElfSegmentFlags Flags, ulong Physical)
{
    /// <summary>The program may write to it.</summary>
    public bool IsWritable => (Flags & ElfSegmentFlags.Write) != 0;
}

/// <summary>An image that is run: its file, and which pages it has.</summary>
internal sealed class ProgramImage
{
    private const ulong MaximumSegment = 4UL << 30;

    private ProgramImage(string path, ElfFile file, MemoryImage memory, IReadOnlyList<PageRange> ranges)
    {
        Path = path;
        File = file;
        Memory = memory;
        Ranges = ranges;
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public ElfFile File { get; }

    /// <summary>The pages with content, as the file has them.</summary>
    public MemoryImage Memory { get; }

    /// <summary>All pages of its segments, each once.</summary>
    public IReadOnlyList<PageRange> Ranges { get; }

    /// <summary>Reads images, with a diagnostic for each that cannot be run.</summary>
    /// <param name="names">Files, or folders of them.</param>
    /// <param name="whyNot">Why an image cannot be run; null when it can.</param>
    /// <param name="bag">Gets the diagnostics.</param>
    public static ProgramImage[] LoadAll(IEnumerable<string> names, Func<ElfFile, string?> whyNot, DiagnosticBag bag)
    {
        var images = new List<ProgramImage>();
        foreach (string path in ImageFiles.Expand(names))
        {
            if (ImageFiles.Read(path, bag) is not { } file) continue;
            if (whyNot(file) is { } problem) bag.ReportNotRunnable(SourceLocation.OfFile(path), problem);
            else images.Add(Load(path, file));
        }

        return images.ToArray();
    }

    public static ProgramImage Load(string path, ElfFile file)
    {
        var pages = new SortedDictionary<ulong, (ElfSegmentFlags Flags, ulong Physical)>();
        foreach (ElfSegment segment in file.Segments.Where(s => s.Type == ElfSegmentType.Load && s.MemorySize > 0))
        {
            ulong first = segment.VirtualAddress / PageFrames.PageSize;
            ulong last = (segment.VirtualAddress + (segment.MemorySize - 1)) / PageFrames.PageSize;
            ulong shift = unchecked(segment.PhysicalAddress - segment.VirtualAddress);
            for (ulong page = first; page <= last; page++)
            {
                pages.TryGetValue(page, out var known);
                pages[page] = (segment.Flags | known.Flags, unchecked((page * PageFrames.PageSize) + shift));
            }
        }

        return new ProgramImage(path, file, MemoryImage.Load(file, PageFrames.PageSize), Join(pages));
    }

    /// <summary>Why an image cannot be loaded into a process; null when it can.</summary>
    public static string? WhyNotAProcess(ElfFile file) =>
        file.Machine != ElfMachine.X86_64 ? "is for another machine than this tool's loader, x86_64"
        : file.Segments.Any(s => s.Type == ElfSegmentType.Interpreter) ? "is not static"
        : file.Type != ElfFileType.Executable ? "is not linked to fixed addresses"
        : WhyTooLarge(file);

    /// <summary>Why an image cannot be in memory as a whole; null when it can.</summary>
    public static string? WhyTooLarge(ElfFile file) =>
        file.Segments.Any(s => s.Type == ElfSegmentType.Load && (s.MemorySize > MaximumSegment || s.VirtualAddress > ulong.MaxValue - s.MemorySize))
            ? FormattableString.Invariant($"has a segment of more than {MaximumSegment >> 30} GiB")
            : null;

    private static List<PageRange> Join(SortedDictionary<ulong, (ElfSegmentFlags Flags, ulong Physical)> pages)
    {
        var ranges = new List<PageRange>();
        foreach ((ulong page, (ElfSegmentFlags flags, ulong physical)) in pages)
        {
            ulong address = page * PageFrames.PageSize;
            if (ranges.Count > 0 && ranges[^1] is var last && last.Flags == flags
                && last.Address + ((ulong)last.Count * PageFrames.PageSize) == address
                && last.Physical + ((ulong)last.Count * PageFrames.PageSize) == physical)
            {
                ranges[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                ranges.Add(new PageRange(address, 1, flags, physical));
            }
        }

        return ranges;
    }
}
