using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>
/// Finds the relocation behind bytes of a linked image: the image's symbol table leads to the function or object that the bytes belong to, its name to the object file of
/// the library, and the offset to the relocation. Reads objects when first asked for.
/// </summary>
public sealed class ReferenceFinder
{
    private readonly string directory;
    private readonly LayoutPlan plan;
    private readonly Dictionary<(string Library, string Image), ILookup<string, (ElfFile File, ElfSymbol Symbol)>> definitions = new();
    private readonly Dictionary<ElfFile, ElfSymbol[]> places = new();

    /// <summary>Creates a finder.</summary>
    /// <param name="plan">The plan whose libraries are looked through.</param>
    /// <param name="directory">Folder that the plan's paths are relative to.</param>
    public ReferenceFinder(LayoutPlan plan, string directory)
    {
        this.plan = plan;
        this.directory = directory;
    }

    /// <summary>The reference whose field covers an address of a library in an image; null when there is none, or the image has no symbols there.</summary>
    public ObjectReference? Find(string library, (string Name, ElfFile File) image, ulong address)
    {
        if (FindSymbol(image.File, address) is not { } symbol) return null;
        ulong offset = address - symbol.Value;

        // Objects may have local symbols of one name.
        foreach ((ElfFile file, ElfSymbol definition) in GetDefinitions(library, image.Name)[symbol.Name].OrderByDescending(d => d.Symbol.Size == symbol.Size))
        {
            if (!TryFindRelocation(file, definition, offset, out ElfRelocation relocation, out ElfSymbol target)) continue;
            ulong start = symbol.Value + (relocation.Offset - definition.Value);
            string section = target.IsDefinedInSection ? file.Sections[target.SectionIndex].Name : "";
            return new ObjectReference(
                FormattableString.Invariant($"{symbol.Name}+0x{offset:x}"),
                file.Name,
                target.Name.Length > 0 || section.Length == 0 ? target.Name : section,
                section,
                relocation.Type,
                start + SizeOf(relocation.Type),
                IsRewritten(file.Sections[definition.SectionIndex], relocation.Offset, image.File, start));
        }

        return null;
    }

    /// <summary>Whether a library of an image defines a global symbol.</summary>
    public bool Defines(string image, string symbol) =>
        plan.GetLibraries(plan.GetImage(image)).Any(l => GetDefinitions(l.Name, image)[symbol].Any(d => d.Symbol.Binding != ElfSymbolBinding.Local));

    /// <summary>The function or object that an address of an image lies in, or the nearest one before it in its section.</summary>
    public ElfSymbol? FindSymbol(ElfFile image, ulong address)
    {
        if (FindSection(image, address) is not { } section) return null;
        if (!places.TryGetValue(image, out ElfSymbol[]? sorted))
        {
            bool isReadable = image.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _);
            sorted = isReadable ? symbols!.Where(s => s.IsDefinedInSection && s.Type is (ElfSymbolType.Function or ElfSymbolType.Object or ElfSymbolType.GnuIndirectFunction or ElfSymbolType.None)).OrderBy(s => s.Value).ToArray() : [];
            places.Add(image, sorted);
        }

        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle].Value <= address) low = middle + 1;
            else high = middle;
        }

        for (int i = low - 1; i >= 0 && sorted[i].Value >= section.Address; i--)
        {
            if (sorted[i].SectionIndex == section.Index) return sorted[i];
        }

        return null;
    }

    /// <summary>The section of an image that has an address; null when none does.</summary>
    public static ElfSection? FindSection(ElfFile image, ulong address) =>
        image.Sections.FirstOrDefault(s => s.IsAllocated && (s.Flags & ElfSectionFlags.Tls) == 0 && address >= s.Address && address - s.Address < s.Size);

    private bool TryFindRelocation(ElfFile file, ElfSymbol definition, ulong offset, out ElfRelocation relocation, out ElfSymbol target)
    {
        (relocation, target) = (default, default);
        if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _)) return false;
        ulong place = definition.Value + offset;
        foreach (ElfSection table in file.Sections.Where(s => s.Type is ElfSectionType.Rela or ElfSectionType.Rel && s.Info == (uint)definition.SectionIndex))
        {
            if (!file.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? relocations, out _)) continue;
            foreach (ElfRelocation candidate in relocations)
            {
                bool covers = candidate.Type != 0 && candidate.Offset <= place && place - candidate.Offset < SizeOf(candidate.Type);
                if (!covers || (relocation.Type != 0 && candidate.Offset < relocation.Offset)) continue;
                relocation = candidate;
                target = symbols[candidate.SymbolIndex];

                // Where the linker knows the place of thread-local data, it writes it over the call, too (x86-64 psABI, relaxations).
                if (target.Name == "__tls_get_addr") target = symbols[relocations.Where(r => r.Offset < candidate.Offset).OrderBy(r => r.Offset).LastOrDefault().SymbolIndex];
            }
        }

        return relocation.Type != 0;
    }

    /// <summary>Bytes that a relocation writes at most (x86-64 psABI, Relocation Types: those of 64 bits).</summary>
    private ulong SizeOf(uint type) => plan.Architecture != "x86_64" || type is 1 or 17 or 18 or 24 or 25 or 33 ? 8UL : 4UL;

    private static bool IsRewritten(ElfSection section, ulong offset, ElfFile image, ulong address)
    {
        if (offset < 2 || FindSection(image, address) is not { HasFileContent: true } linked || address - linked.Address < 2) return false;
        return !section.Data.Span.Slice((int)offset - 2, 2).SequenceEqual(linked.Data.Span.Slice((int)(address - linked.Address) - 2, 2));
    }

    private ILookup<string, (ElfFile File, ElfSymbol Symbol)> GetDefinitions(string library, string image)
    {
        LibraryPlan planned = plan.GetLibrary(library);
        var key = (library, planned.IsPerImage ? image : "");
        if (definitions.TryGetValue(key, out ILookup<string, (ElfFile File, ElfSymbol Symbol)>? known)) return known;
        var all = new List<(ElfFile File, ElfSymbol Symbol)>();
        foreach (ElfFile file in planned.Files.Select(f => f with { Path = f.Path.Replace(BoundInput.ImagePlaceholder, image) }).SelectMany(Open))
        {
            if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _)) continue;
            all.AddRange(symbols.Where(s => s.IsDefinedInSection).Select(s => (file, s)));
        }

        return definitions[key] = all.ToLookup(d => d.Symbol.Name, StringComparer.Ordinal);
    }

    /// <summary>The objects of a file. One that cannot be read explains nothing, which is no reason to fail: linking has read it.</summary>
    private IEnumerable<ElfFile> Open(InputFilePlan input)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path.Combine(directory, input.Path));
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            return [];
        }

        if (!input.IsArchive) return ElfFile.TryRead(bytes, input.Path, out ElfFile? file, out _) ? [file] : [];
        if (!ArchiveFile.TryRead(bytes, input.Path, out ArchiveFile? archive, out _)) return [];
        return archive.Members
            .Select(m => ElfFile.TryRead(m.Data, m.QualifiedName, out ElfFile? member, out _) ? member : null)
            .OfType<ElfFile>()
            .ToArray();
    }
}
