using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// Finds the symbols whose address is all that the code of an object wants: <c>adrp</c> takes the page of it, and <c>add</c> adds the rest. Both can then become a load from a word. With a load or store in between
/// it would not be known which of the instructions has its page from where.
/// </summary>
internal sealed class Arm64Addresses
{
    private readonly Dictionary<int, long> addends = [];
    private readonly HashSet<int> added = [];
    private readonly HashSet<int> several = [];
    private readonly HashSet<int> unpaired = [];
    private readonly HashSet<int> otherwise = [];

    /// <param name="file">The object.</param>
    public Arm64Addresses(ElfFile file)
    {
        foreach (ElfSection table in file.Sections.Where(s => s.Type == ElfSectionType.Rela))
        {
            if (file.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? relocations, out _)) Read(file.Sections[(int)table.Info], relocations);
        }
    }

    /// <summary>
    /// Whether a symbol is one. With several addends, each <c>add</c> has to have the one of the page that was put into its register last.
    /// </summary>
    public bool IsAddress(int symbol) => added.Contains(symbol) && !otherwise.Contains(symbol) && !(several.Contains(symbol) && unpaired.Contains(symbol));

    private void Read(ElfSection section, IReadOnlyList<ElfRelocation> relocations)
    {
        var pages = new (int Symbol, long Addend)[32];
        foreach (ElfRelocation relocation in relocations.OrderBy(r => r.Offset))
        {
            bool isPage = Arm64Relocations.IsPage(relocation.Type);
            if (!isPage && !Arm64Relocations.IsLow(relocation.Type)) continue;
            int symbol = relocation.SymbolIndex;
            if (addends.TryGetValue(symbol, out long addend) && addend != relocation.Addend) several.Add(symbol);
            addends[symbol] = relocation.Addend;
            uint? instruction = Arm64Instructions.TryRead(section.Data.Span, relocation.Offset);
            if (instruction is { } page && isPage)
            {
                pages[Arm64Instructions.Target(page)] = (symbol, relocation.Addend);
            }
            else if (instruction is { } add && relocation.Type == Arm64Relocations.AddLow && Arm64Instructions.IsAdd(add))
            {
                added.Add(symbol);
                if (pages[Arm64Instructions.Base(add)] != (symbol, relocation.Addend)) unpaired.Add(symbol);
            }
            else
            {
                otherwise.Add(symbol);
            }
        }
    }
}
