using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace LayoutDsl.Planning.Costs;

/// <summary>Slots are the same when they are one object: all images of a library have the slot of the plan.</summary>
internal sealed class ReferenceComparer : IEqualityComparer<SlotPlan>
{
    public static readonly ReferenceComparer Instance = new();

    public bool Equals(SlotPlan? x, SlotPlan? y) => ReferenceEquals(x, y);

    public int GetHashCode(SlotPlan obj) => RuntimeHelpers.GetHashCode(obj);
}
