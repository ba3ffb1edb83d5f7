using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>A reference in an object: what the linker writes at a place, and to what it leads.</summary>
/// <param name="From">The symbol that the place belongs to, with the offset in it: <c>start+0x1c</c>.</param>
/// <param name="Object">The object that has it.</param>
/// <param name="Target">The symbol that it leads to; the name of a section for references inside an object.</param>
/// <param name="Type">Type of the relocation (psABI of the machine).</param>
public sealed record ObjectReference(string From, string Object, string Target, uint Type);

/// <summary>
/// Finds the relocation behind bytes of a linked image: the image's symbol table leads to the function or object that the bytes belong to, its name to the object file of
/// the library, and the offset to the relocation. Reads objects when first asked for.
/// </summary>
public sealed class ReferenceFinder
{
    /// <summary>Widest field that a relocation writes, in bytes.</summary>
    private const ulong WidestField = 8;

    private readonly string directory;
    private readonly LayoutPlan plan;
    private readonly Dictionary<(string Library, string Image), ILookup<string, (ElfFile File, ElfSymbol Symbol)>> definitions = new();

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
        foreach ((ElfFile file, ElfSymbol definition) in GetDefinitions(library, image.Name)[symbol.Name])
        {
            if (FindRelocation(file, definition, offset) is { } found)
            {
                return new ObjectReference(FormattableString.Invariant($"{symbol.Name}+0x{offset:x}"), file.Name, found.Target, found.Type);
            }
        }

        return null;
    }

    /// <summary>The function or object that an address of an image lies in, or the nearest one before it in its section.</summary>
    public static ElfSymbol? FindSymbol(ElfFile image, ulong address)
    {
        if (!image.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _) || FindSection(image, address) is not { } section) return null;
        ElfSymbol? best = null;
        foreach (ElfSymbol symbol in symbols)
        {
            if (symbol.Type is not (ElfSymbolType.Function or ElfSymbolType.Object or ElfSymbolType.None) || !symbol.IsDefinedInSection) continue;
            if (symbol.SectionIndex != section.Index || symbol.Value > address || (best is { } known && symbol.Value < known.Value)) continue;
            best = symbol;
        }

        return best;
    }

    /// <summary>The section of an image that has an address; null when none does.</summary>
    public static ElfSection? FindSection(ElfFile image, ulong address) =>
        image.Sections.FirstOrDefault(s => s.IsAllocated && (s.Flags & ElfSectionFlags.Tls) == 0 && address >= s.Address && address - s.Address < s.Size);

    private static (string Target, uint Type)? FindRelocation(ElfFile file, ElfSymbol definition, ulong offset)
    {
        if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _)) return null;
        ulong place = definition.Value + offset;
        foreach (ElfSection table in file.Sections.Where(s => s.Type is ElfSectionType.Rela or ElfSectionType.Rel && s.Info == (uint)definition.SectionIndex))
        {
            if (!file.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? relocations, out _)) continue;
            foreach (ElfRelocation relocation in relocations.Where(r => r.Offset <= place && place - r.Offset < WidestField).OrderByDescending(r => r.Offset))
            {
                ElfSymbol target = symbols[relocation.SymbolIndex];
                return (target.Name.Length > 0 || !target.IsDefinedInSection ? target.Name : file.Sections[target.SectionIndex].Name, relocation.Type);
            }
        }

        return null;
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
