using System.Collections.Generic;
using System.Linq;
using System.Text;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>
/// The entries of the linker's global offset table in an image, in the linker's order: those of local symbols by object and symbol, then those of global symbols in the order of the
/// linker's hash table (binutils: elf_x86_64_size_dynamic_sections).
/// </summary>
internal sealed class TableEntries
{
    private readonly Dictionary<(int Object, int Symbol), int> locals = new();
    private readonly Dictionary<SymbolDefinition, int> globals = new();

    /// <summary>Finds the entries.</summary>
    public TableEntries(LinkResolution resolution, IReadOnlyDictionary<(int Object, int Section), PlacedSection> placed, IReadOnlyList<SymbolDefinition> order)
    {
        var wanted = new HashSet<SymbolDefinition>();
        var ownLocals = new SortedSet<(int Object, int Symbol)>();
        foreach (PlacedSection section in placed.Values)
        {
            foreach (ElfRelocation relocation in LinkInputs.Relocations(section))
            {
                if (relocation.Type is not (9 or 41 or 42)) continue;
                SymbolDefinition target = resolution.Resolve(section.Object, relocation.SymbolIndex);
                if (PointerLoads.IsConverted(section.Section.Data.Span, relocation, target)) continue;
                if (target.Kind is DefinitionKind.Local or DefinitionKind.Section or DefinitionKind.Discarded or DefinitionKind.None) ownLocals.Add((section.Object.Index, relocation.SymbolIndex));
                else wanted.Add(target);
            }
        }

        foreach ((int Object, int Symbol) local in ownLocals) locals.Add(local, locals.Count);
        foreach (SymbolDefinition symbol in order.Where(wanted.Contains)) globals.Add(symbol, locals.Count + globals.Count);
        Globals = order.Where(wanted.Contains).ToArray();
        Locals = ownLocals.ToArray();
    }

    /// <summary>How many entries there are.</summary>
    public int Count => Locals.Count + Globals.Count;

    /// <summary>The entries of local symbols, which come first.</summary>
    public IReadOnlyList<(int Object, int Symbol)> Locals { get; }

    /// <summary>The entries of global symbols.</summary>
    public IReadOnlyList<SymbolDefinition> Globals { get; }

    /// <summary>The number of the entry that a reference goes through.</summary>
    public int IndexOf(LinkedObject linked, int symbolIndex, SymbolDefinition target) => globals.TryGetValue(target, out int index) ? index : locals[(linked.Index, symbolIndex)];

    /// <summary>The global symbols in the order in which the linker walks through them.</summary>
    public static IReadOnlyList<SymbolDefinition> Order(LinkResolution resolution, uint hashSize)
    {
        SymbolDefinition[] all = resolution.Globals.ToArray();
        return SymbolHashOrder.Order(all.Select(s => Encoding.UTF8.GetBytes(s.Name)).ToArray(), hashSize).Select(i => all[i]).ToArray();
    }
}
