using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>Where a relocation leads: the address of its target with its addend.</summary>
internal static class SectionReferences
{
    /// <summary>The address, or null when the target was left out of the image.</summary>
    public static ulong? Resolve(ImageLayout layout, PlacedSection from, in ElfRelocation relocation, SymbolDefinition target)
    {
        if (target.Kind == DefinitionKind.Discarded)
        {
            // Records about code that was dropped are cleared; other references lead to the copy that was kept.
            if (from.Section.Name is ".eh_frame" or ".gcc_except_table") return null;
            return layout.AddressOf(target) is { } kept ? unchecked(kept + (ulong)relocation.Addend) : null;
        }

        // A section that is merged is no whole any more: the addend says which of its entries is meant.
        if (target.Kind == DefinitionKind.Section && layout.Find(target.Object!, target.SectionIndex) is { Merged: { } merged })
        {
            return MergedTarget(merged, relocation, target);
        }

        return layout.AddressOf(target) is { } address ? unchecked(address + (ulong)relocation.Addend) : null;
    }

    /// <summary>The address of the entry of the linker's table that a reference goes through.</summary>
    public static ulong EntryOf(ImageLayout layout, PlacedSection from, in ElfRelocation relocation, SymbolDefinition target) =>
        layout.TableAddress + (8 * (ulong)layout.Table.IndexOf(from.Object, relocation.SymbolIndex, target));

    /// <summary>Whether a reference goes through the linker's table.</summary>
    public static bool IsThroughTable(PlacedSection from, in ElfRelocation relocation, SymbolDefinition target) =>
        RelocationTypes.IsTableLoad(relocation.Type) && !PointerLoads.IsConverted(from.Section.Data.Span, relocation, target);

    /// <summary>What decides the bytes that a relocation writes at a given place: an address, or an offset of thread-local data; null when the target was left out.</summary>
    public static ulong? ValueOf(ImageLayout layout, PlacedSection from, in ElfRelocation relocation, SymbolDefinition target)
    {
        if (IsThroughTable(from, relocation, target)) return EntryOf(layout, from, relocation, target);
        if (Resolve(layout, from, relocation, target) is not { } address) return null;
        return relocation.Type is >= 17 and <= 23 ? unchecked(address - layout.ThreadPointer) : address;
    }

    private static ulong MergedTarget(MergedSection merged, in ElfRelocation relocation, SymbolDefinition target) =>
        merged.Find(unchecked((target.Value ?? 0) + (ulong)relocation.Addend));
}
