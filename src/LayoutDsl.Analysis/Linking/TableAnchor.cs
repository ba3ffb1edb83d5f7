using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Linking;

/// <summary>
/// An object that comes first in every image and asks the linker for the same entries of its global offset table (<c>.got</c>): so the entries are the same ones in all images, and, with a
/// hash table that never grows, in the same order. Without it each image has those that it happens to need, at other offsets, and each page of a library with a reference through one is private.
/// </summary>
internal sealed class TableAnchor
{
    private const string Section = ".got";

    /// <summary>R_X86_64_GOTPCREL, which the linker never rewrites when it is at the start of a section (x86-64 psABI).</summary>
    private const uint TableReference = 9;

    private const ulong Word = 8;

    /// <summary>The header of <c>.got.plt</c>, and the word of the anchor itself.</summary>
    private const ulong OtherWords = 4;

    /// <summary>Symbols that no object has, but the script or the linker.</summary>
    private const int OtherSymbols = 1000;

    private TableAnchor(byte[] content, int symbols)
    {
        Content = content;
        Options = [FormattableString.Invariant($"--hash-size={HashSize(symbols)}")];
    }

    /// <summary>Linker options that go with the object: a hash table that no image outgrows.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>The object.</summary>
    public byte[] Content { get; }

    /// <summary>The anchor of a fleet; null when it needs none, or its layout has no table with room for all entries.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="files">Its files. What cannot be read asks for nothing; the linker will say what is wrong with it.</param>
    public static TableAnchor? Find(LayoutPlan plan, LinkFiles files)
    {
        if (plan.Architecture != "x86_64" || plan.Overlay is not null) return null;
        SectionPlan? table = plan.Sections.FirstOrDefault(s => s.IsTable && !s.IsBuiltIn && s.IsPadded && s.Patterns.Any(p => p.Text == Section));
        if (table is null) return null;
        ulong room = plan.Images.SelectMany(i => i.Slots).Where(s => s.Section == table.Name).Select(s => s.Reserved).DefaultIfEmpty(0UL).Min();
        var symbols = new SortedSet<string>(StringComparer.Ordinal);
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in plan.Images.SelectMany(plan.GetFiles).Select(f => f.Path).Distinct(StringComparer.Ordinal))
        {
            if (!files.TryOpen(path, out IReadOnlyList<LinkInput>? inputs, out _)) continue;
            foreach (LinkObject item in inputs.SelectMany(Objects))
            {
                symbols.UnionWith(FindSymbols(item));
                if (item.TryRead(out ObjectContent? content, out _)) all.UnionWith(content.Symbols.Where(s => s.Binding != ElfSymbolBinding.Local).Select(s => s.Name));
            }
        }

        return symbols.Count == 0 || ((ulong)symbols.Count + OtherWords) * Word > room
            ? null
            : new TableAnchor(Write(symbols), all.Count + (2 * CountWrapped(plan)));
    }

    /// <summary>An object with one word, all relocations at it: it asks for the entries and changes nothing else.</summary>
    private static byte[] Write(IEnumerable<string> symbols)
    {
        var builder = new ElfObjectBuilder(ElfMachine.X86_64, ElfClass.Elf64, ElfByteOrder.LittleEndian);
        int section = builder.AddSection(Section, ElfSectionType.ProgBits, ElfSectionFlags.Allocate | ElfSectionFlags.Write, new byte[Word], Word);
        builder.AddSection(".note.GNU-stack", ElfSectionType.ProgBits, ElfSectionFlags.None, default, 1);
        builder.AddRelocations(section, symbols
            .Select(s => new ElfRelocation(0, TableReference, builder.AddSymbol(s, ElfSymbolBinding.Weak, ElfSymbolType.None, ElfSymbolVisibility.Default, 0, 0, 0), 0, true))
            .ToArray());
        return builder.Write();
    }

    /// <summary>
    /// The smallest size that does not grow with so many symbols. The linker makes every table of that size that it needs, several for each file, and clears it: a larger one than needed
    /// costs more than all else that it does. It comes in steps, so that a symbol more does not make all images stale.
    /// </summary>
    private static uint HashSize(int symbols) => SymbolHashOrder.SizeOf((uint)Math.Max(4096, checked((symbols + OtherSymbols) * 4L / 3))) - 1;

    /// <summary>Names that have further ones for the linker (ld manual, --wrap).</summary>
    private static int CountWrapped(LayoutPlan plan) => plan.Indirections.Count + plan.Libraries.SelectMany(l => l.IndirectFunctions).Sum(f => f.Names.Count);

    private static IEnumerable<LinkObject> Objects(LinkInput input) => input switch
    {
        ObjectInput single => [single.Object],
        ArchiveInput archive => Enumerable.Range(0, archive.Archive.File.Members.Count).Select(archive.Archive.Member),
        _ => [],
    };

    /// <summary>The global symbols that an object refers to in a way that the linker does not rewrite.</summary>
    private static IEnumerable<string> FindSymbols(LinkObject item)
    {
        if (!item.TryRead(out ObjectContent? content, out _)) yield break;
        foreach (ElfSection section in content.File.Sections.Where(s => s.IsAllocated && s.HasFileContent))
        {
            foreach (ElfRelocation relocation in LinkInputs.Relocations(content.File, section.Index))
            {
                if (!RelocationTypes.IsTableLoad(relocation.Type) || PointerLoads.IsConvertible(section.Data.Span, relocation)) continue;
                ElfSymbol symbol = content.Symbols[relocation.SymbolIndex];
                if (symbol.Binding != ElfSymbolBinding.Local) yield return symbol.Name;
            }
        }
    }
}
