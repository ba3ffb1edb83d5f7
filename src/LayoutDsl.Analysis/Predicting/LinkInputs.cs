using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>The relocations of input sections, read once for all images that have the object.</summary>
internal static class LinkInputs
{
    private static readonly ConditionalWeakTable<ElfFile, ConcurrentDictionary<int, ElfRelocation[]>> Known = new();

    /// <summary>The relocations of a section in the order of the object; none for one that is merged, as for the linker.</summary>
    public static IReadOnlyList<ElfRelocation> Relocations(PlacedSection section) => section.Section.Index == 0 ? [] : Relocations(section.Object.File, section.Section.Index);

    /// <summary>The relocations of a section of an object.</summary>
    public static IReadOnlyList<ElfRelocation> Relocations(ElfFile file, int section) =>
        Known.GetValue(file, _ => new ConcurrentDictionary<int, ElfRelocation[]>()).GetOrAdd(section, index => Read(file, index));

    private static ElfRelocation[] Read(ElfFile file, int section)
    {
        var found = new List<ElfRelocation>();
        foreach (ElfSection table in file.Sections.Where(s => s.Type is ElfSectionType.Rela or ElfSectionType.Rel && s.Info == (uint)section))
        {
            if (!file.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? relocations, out ObjectFileError? error)) throw new PredictionException(error!.Message);
            found.AddRange(relocations!);
        }

        return found.ToArray();
    }
}
