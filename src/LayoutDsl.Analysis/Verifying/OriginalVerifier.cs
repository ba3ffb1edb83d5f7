using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Verifying;

/// <summary>
/// Compares a program that was linked again with the original: what the script says must hold in both. The sections that it orders, the permissions of their memory, the symbols that it
/// defines, and, for each of those, that all code and data is on the same side of it: so ranges between two of them hold what they held.
/// </summary>
public sealed class OriginalVerifier
{
    /// <summary>The smallest page of the machines that layouts know, in bytes.</summary>
    private const ulong PageSize = 4096;

    private readonly ElfFile original;
    private readonly ElfFile file;
    private readonly DiagnosticBag bag;
    private readonly HashSet<string> moved;
    private readonly ElfSymbol[] originalSymbols;
    private readonly ElfSymbol[] symbols;

    private OriginalVerifier(ElfFile original, ElfFile file, ISet<string> moved, DiagnosticBag bag)
    {
        this.original = original;
        this.file = file;
        this.bag = bag;
        this.moved = new HashSet<string>(moved, StringComparer.Ordinal);
        originalSymbols = Symbols(original);
        symbols = Symbols(file);
    }

    /// <summary>Reports everything in which a program is not what the script made of the original.</summary>
    /// <param name="original">The program of the build.</param>
    /// <param name="file">The same, linked again.</param>
    /// <param name="bounds">The symbols that its scripts define.</param>
    /// <param name="moved">The output sections of which libraries have slots.</param>
    /// <param name="bag">Takes the findings.</param>
    public static void Verify(ElfFile original, ElfFile file, IReadOnlyList<string> bounds, ISet<string> moved, DiagnosticBag bag)
    {
        var verifier = new OriginalVerifier(original, file, moved, bag);
        verifier.VerifySegments();
        verifier.VerifyProtected();
        verifier.VerifySections();
        verifier.VerifyEntry();
        verifier.VerifyBounds(bounds);
    }

    private static ElfSymbol[] Symbols(ElfFile file) =>
        file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _) ? symbols.Where(s => s.Name.Length > 0 && !s.IsUndefined && s.Type is not (ElfSymbolType.Section or ElfSymbolType.File)).ToArray() : [];

    /// <summary>Segments that are not of memory are there with the same flags; those of memory are compared by the sections in them.</summary>
    private void VerifySegments()
    {
        foreach (ElfSegment segment in original.Segments.Where(s => s.Type is not (ElfSegmentType.Load or ElfSegmentType.Null)))
        {
            ElfSegment[] same = file.Segments.Where(s => s.Type == segment.Type).ToArray();
            if (same.Any(s => s.Flags == segment.Flags)) continue;
            bag.ReportSegmentLost(file.Name, $"a segment {segment.Type} ({segment.Flags})", same.Length > 0 ? $"one with {same[0].Flags}" : null);
        }

        if (file.Segments.Any(s => s.Type == ElfSegmentType.Load && s.MemorySize == 0) && !original.Segments.Any(s => s.Type == ElfSegmentType.Load && s.MemorySize == 0)) bag.ReportSegmentLost(file.Name, "no empty segment", "one");
    }

    /// <summary>What the start of the original protects from writing is protected here, in one range without a hole, as that is done at once.</summary>
    private void VerifyProtected()
    {
        if (original.Segments.FirstOrDefault(s => s.Type == ElfSegmentType.GnuRelro) is not { } before || file.Segments.FirstOrDefault(s => s.Type == ElfSegmentType.GnuRelro) is not { } now) return;
        ILookup<string, ElfSymbol> here = symbols.ToLookup(s => s.Name, StringComparer.Ordinal);
        string? lost = originalSymbols
            .Where(s => s.IsDefinedInSection && s.Size > 0 && s.Type != ElfSymbolType.Tls && Holds(before, s.Value, s.Size) && here[s.Name].Count() == 1)
            .GroupBy(s => s.Name, StringComparer.Ordinal)
            .Where(g => g.Count() == 1 && !Holds(now, here[g.Key].First().Value, here[g.Key].First().Size))
            .Select(g => g.Key)
            .FirstOrDefault();
        if (lost is not null) bag.ReportSegmentLost(file.Name, $"'{lost}' in what is protected from writing after the start (relro)", "it outside");
        ulong at = now.VirtualAddress;
        foreach (ElfSegment segment in file.Segments.Where(s => s.Type == ElfSegmentType.Load).OrderBy(s => s.VirtualAddress))
        {
            if (segment.VirtualAddress / PageSize * PageSize <= at && segment.VirtualAddress + segment.MemorySize > at) at = (segment.VirtualAddress + segment.MemorySize + PageSize - 1) / PageSize * PageSize;
        }

        if (at < now.VirtualAddress + now.MemorySize) bag.ReportSegmentLost(file.Name, "one range of memory that is protected from writing after the start (relro)", FormattableString.Invariant($"a hole at 0x{at:x}"));
    }

    private static bool Holds(ElfSegment segment, ulong address, ulong size) => address >= segment.VirtualAddress && address + size <= segment.VirtualAddress + segment.MemorySize;

    private void VerifySections()
    {
        foreach (ElfSection section in original.Sections.Where(s => s.IsAllocated && s.Size > 0))
        {
            ElfSection? same = file.Sections.FirstOrDefault(s => s.Name == section.Name && s.IsAllocated);
            bool isMoved = moved.Contains(section.Name);
            if (same is null || (same.Size == 0 && !isMoved))
            {
                // All of it may be in slots.
                if (!isMoved) bag.ReportSectionLost(file.Name, section.Name, "is not here");
                continue;
            }

            // The linker joins records for unwinding where it can (LSB, .eh_frame).
            if (!isMoved && same.Size != section.Size && section.Name != ".eh_frame") bag.ReportSectionLost(file.Name, section.Name, FormattableString.Invariant($"has {section.Size} bytes in the original, and {same.Size} here"));
            ElfSectionFlags kinds = ElfSectionFlags.Write | ElfSectionFlags.Execute | ElfSectionFlags.Tls;
            if (!isMoved && (section.Flags & kinds) != (same.Flags & kinds)) bag.ReportSectionLost(file.Name, section.Name, $"is {section.Flags & kinds} in the original, and {same.Flags & kinds} here");
            // Zeroed thread-local data takes no memory (gABI, Thread-Local Storage).
            if ((section.Flags & ElfSectionFlags.Tls) != 0 && section.Type == ElfSectionType.NoBits) continue;
            ElfSegmentFlags? before = MemoryOf(original, section), now = MemoryOf(file, same);
            if (before != now && same.Size > 0) bag.ReportSegmentLost(file.Name, $"'{section.Name}' in memory that is {before?.ToString() ?? "not loaded"}", now?.ToString() ?? "it nowhere");
        }
    }

    private static ElfSegmentFlags? MemoryOf(ElfFile file, ElfSection section) =>
        file.Segments.FirstOrDefault(s => s.Type == ElfSegmentType.Load && section.Address >= s.VirtualAddress && section.Address - s.VirtualAddress < s.MemorySize)?.Flags;

    private void VerifyEntry()
    {
        string[] names = originalSymbols.Where(s => s.Value == original.Entry && s.Binding != ElfSymbolBinding.Local).Select(s => s.Name).ToArray();
        if (names.Length == 0 || symbols.Any(s => s.Value == file.Entry && names.Contains(s.Name))) return;
        bag.ReportEntryLost(file.Name, $"'{names[0]}'", symbols.FirstOrDefault(s => s.Value == file.Entry) is { Name: { Length: > 0 } name } ? $"'{name}'" : FormattableString.Invariant($"0x{file.Entry:x}"));
    }

    /// <summary>Where what a symbol stands for is: of one at the end of its section (<c>__stop_SECTION</c>) that is in front of it.</summary>
    private static ulong PlaceOf(ElfFile file, ElfSymbol symbol) =>
        file.Sections[symbol.SectionIndex] is { Size: > 0 } section && symbol.Value == section.Address + section.Size ? symbol.Value - 1 : symbol.Value;

    private void VerifyBounds(IReadOnlyList<string> bounds)
    {
        var known = new HashSet<string>(bounds, StringComparer.Ordinal);
        ILookup<string, ElfSymbol> here = symbols.ToLookup(s => s.Name, StringComparer.Ordinal);
        ElfSection[] threads = original.Sections.Where(s => (s.Flags & ElfSectionFlags.Tls) != 0 && s.Type == ElfSectionType.NoBits).ToArray();

        // Names that occur once in both: those of other symbols may be of anything.
        (string Name, ulong Before, ulong Now)[] content = originalSymbols
            .Where(s => s.IsDefinedInSection && s.Type != ElfSymbolType.Tls && !known.Contains(s.Name))
            .GroupBy(s => s.Name, StringComparer.Ordinal)
            .Where(g => g.Count() == 1 && here[g.Key].Count() == 1)
            .Select(g => (g.Key, PlaceOf(original, g.First()), PlaceOf(file, here[g.Key].First())))
            .ToArray();
        foreach (ElfSymbol bound in originalSymbols.Where(s => known.Contains(s.Name)).GroupBy(s => s.Name, StringComparer.Ordinal).Select(g => g.First()))
        {
            if (!here[bound.Name].Any())
            {
                bag.ReportSymbolLost(file.Name, bound.Name);
                continue;
            }

            // Zeroed thread-local data has addresses and takes no memory there: what is behind its start is not behind its end.
            if (bound.Type == ElfSymbolType.Tls || threads.Any(t => bound.Value > t.Address && bound.Value <= t.Address + t.Size)) continue;
            ulong now = here[bound.Name].First().Value;
            var crossed = content.Where(c => c.Before < bound.Value != c.Now < now).ToArray();
            if (crossed.Length > 0) bag.ReportBoundCrossed(file.Name, crossed[0].Name, bound.Name, crossed[0].Before < bound.Value, crossed.Length - 1);
        }
    }
}
