using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// What a library has among the data that nobody writes once the program has started (<c>.data.rel.ro</c>): tables of pointers, which are other bytes in each image. As one piece, laid out as the linker does it,
/// with what it points to by names that every object can use.
/// </summary>
/// <param name="Content">The bytes.</param>
/// <param name="Alignment">Alignment of the first, in bytes.</param>
/// <param name="References">The pointers.</param>
internal sealed record PointerSections(byte[] Content, int Alignment, IReadOnlyList<TableReference> References)
{
    /// <summary>Those of a library without any.</summary>
    public static readonly PointerSections None = new([], 1, []);

    /// <summary>
    /// Finds them, and gives global names to what only its own object has a name for; null when there is more than a limit of them, or something in them that cannot be said from another object.
    /// </summary>
    /// <param name="library">Name of the library.</param>
    /// <param name="machine">What it is compiled for.</param>
    /// <param name="objects">Its objects, in link order; those whose symbols get names are replaced.</param>
    /// <param name="isPointerSection">Tells by its name whether a section is one.</param>
    /// <param name="limit">How many bytes they may have.</param>
    public static PointerSections? Find(string library, BlockMachine machine, List<BlockObject> objects, Func<string, bool> isPointerSection, int limit)
    {
        var bytes = new List<byte>();
        var references = new List<TableReference>();
        var changed = new Dictionary<int, byte[]>();
        int alignment = 1;
        for (int i = 0; i < objects.Count; i++)
        {
            ElfFile file = ElfFile.Read(objects[i].Bytes, objects[i].Name);
            ElfSection[] sections = file.Sections.Where(s => s.IsAllocated && isPointerSection(s.Name)).ToArray();
            if (sections.Length == 0) continue;
            if (sections.Any(s => !IsPlain(s)) || sections.Sum(s => (decimal)s.Size) > limit) return null;
            var names = new GlobalNames(file, machine, $"__layout_at.{library}.{i}.");
            foreach (ElfSection section in sections)
            {
                alignment = Math.Max(alignment, (int)section.Alignment);
                while (bytes.Count % Math.Max(1, (int)section.Alignment) != 0) bytes.Add(0);
                if (!names.TryFind(section, bytes.Count, references)) return null;
                bytes.AddRange(section.Data.ToArray());
                if (bytes.Count > limit) return null;
            }

            if (names.HasAny) changed.Add(i, names.Write());
        }

        foreach (KeyValuePair<int, byte[]> item in changed) objects[item.Key] = objects[item.Key] with { Bytes = item.Value };
        return new PointerSections([.. bytes], alignment, references);
    }

    /// <summary>Whether the linker puts all bytes of a section behind those of the one before, in every image.</summary>
    private static bool IsPlain(ElfSection section) =>
        section is { Type: ElfSectionType.ProgBits, Flags: ElfSectionFlags.Allocate | ElfSectionFlags.Write } && section.Alignment <= 4096 && section.Size > 0;

    /// <summary>Names for what an object's pointers lead to.</summary>
    private sealed class GlobalNames(ElfFile file, BlockMachine machine, string prefix)
    {
        private readonly Dictionary<(int Section, ulong Value), string> names = [];
        private ElfObjectBuilder? builder;

        public bool HasAny => builder is not null;

        public byte[] Write() => builder!.Write();

        /// <summary>Adds the pointers of a section; false when one of them is no plain address.</summary>
        public bool TryFind(ElfSection section, int start, List<TableReference> references)
        {
            if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _)) return false;
            foreach (ElfSection table in file.Sections.Where(s => s.Type is ElfSectionType.Rela or ElfSectionType.Rel && s.Info == (uint)section.Index))
            {
                if (!file.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? relocations, out _)) return false;
                foreach (ElfRelocation relocation in relocations.OrderBy(r => r.Offset))
                {
                    if (relocation.Type != machine.Absolute64) return false;
                    ElfSymbol symbol = symbols[relocation.SymbolIndex];
                    if (symbol.Type is ElfSymbolType.GnuIndirectFunction or ElfSymbolType.Tls || symbol.IsAbsolute || symbol.IsCommon) return false;
                    int offset = start + (int)relocation.Offset;
                    if (symbol.Binding != ElfSymbolBinding.Local) references.Add(new TableReference(offset, symbol.Name, relocation.Addend, false, true));
                    else if (NameOf(symbol, relocation.Addend) is { } target) references.Add(target with { Offset = offset });
                    else return false;
                }
            }

            return true;
        }

        /// <summary>A name for a local symbol; for the start of a section with an addend, which may be of strings that the linker merges, one for each place.</summary>
        private TableReference? NameOf(in ElfSymbol symbol, long addend)
        {
            if (!symbol.IsDefinedInSection) return null;
            bool isSection = symbol.Type == ElfSymbolType.Section;
            ulong value = isSection ? unchecked((ulong)addend) : symbol.Value;
            if (value > file.Sections[symbol.SectionIndex].Size) return null;
            if (!names.TryGetValue((symbol.SectionIndex, value), out string? name))
            {
                names.Add((symbol.SectionIndex, value), name = FormattableString.Invariant($"{prefix}{names.Count}"));
                builder ??= ElfObjectBuilder.From(file);
                builder.AddSymbol(name, ElfSymbolBinding.Global, ElfSymbolType.None, ElfSymbolVisibility.Hidden, symbol.SectionIndex, value, 0);
            }

            return new TableReference(0, name, isSection ? 0 : addend, false, true);
        }
    }
}
