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

    private static ulong MergedTarget(MergedSection merged, in ElfRelocation relocation, SymbolDefinition target) =>
        merged.Find(unchecked((target.Value ?? 0) + (ulong)relocation.Addend));
}
