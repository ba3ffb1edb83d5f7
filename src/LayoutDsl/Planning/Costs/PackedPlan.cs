using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Costs;

/// <summary>The alternative to pages of one set of images: the slots of libraries of one class one after the other, wherever pages end.</summary>
internal static class PackedPlan
{
    public static LayoutPlan Of(LayoutPlan plan)
    {
        var packed = new Dictionary<SlotPlan, SlotPlan>(ReferenceComparer.Instance);
        foreach (var group in plan.Libraries.SelectMany(l => l.Slots).Where(s => s.Size > 0).GroupBy(s => (plan.GetSection(s.Section).Permissions, plan.GetSection(s.Section).IsZero, s.Region)))
        {
            ulong next = 0;
            foreach (var variants in group.GroupBy(s => s.OutputSection).OrderBy(v => v.First().Address))
            {
                SlotPlan first = variants.First();
                ulong address = Alignment.AlignUp(next == 0 ? first.Address : next, first.Alignment);
                foreach (SlotPlan slot in variants) packed.Add(slot, slot with { Address = address });
                next = address + variants.Max(s => s.Size);
            }
        }

        return plan with
        {
            Libraries = plan.Libraries.Select(l => l with { Slots = l.Slots.Select(s => packed.TryGetValue(s, out SlotPlan? moved) ? moved : s).ToEquatableArray() }).ToEquatableArray(),
        };
    }
}
