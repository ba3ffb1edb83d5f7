using System;
using System.Collections.Generic;

namespace LayoutDsl.Planning.Costs;

/// <summary>Slots give the same pages when they hold the same part of the same library at the same address.</summary>
internal sealed class PlaceComparer : IEqualityComparer<SlotPlan>
{
    public static readonly PlaceComparer Instance = new();

    public bool Equals(SlotPlan? x, SlotPlan? y) => ReferenceEquals(x, y)
        || (x!.Address == y!.Address && x.OutputSection == y.OutputSection && x.Owner == y.Owner && VariantOf(x) == VariantOf(y));

    public int GetHashCode(SlotPlan obj) => unchecked((((StringComparer.Ordinal.GetHashCode(obj.OutputSection) * 31) + obj.Address.GetHashCode()) * 31) + StringComparer.Ordinal.GetHashCode(VariantOf(obj)));

    /// <summary>Variants of a part have no image in common.</summary>
    private static string VariantOf(SlotPlan slot) => slot.Images.Count == 0 ? "" : slot.Images[0];
}
