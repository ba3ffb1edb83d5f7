using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Strategies;

/// <summary>An image with everything at other addresses, as a plan of its own, since these may hold in it alone.</summary>
internal static class MovedImage
{
    /// <param name="plan">The plan of the fleet.</param>
    /// <param name="image">The image.</param>
    /// <param name="addresses">The new address of each of its slots with content, by output section.</param>
    public static LayoutPlan Of(LayoutPlan plan, ImagePlan image, IReadOnlyDictionary<string, ulong> addresses)
    {
        return plan with
        {
            Libraries = plan.GetLibraries(image).Select(l => l with { Slots = Move(l.Slots) }).ToEquatableArray(),
            Images = EquatableArray.Of(image with { Slots = Move(image.Slots) }),
        };

        EquatableArray<SlotPlan> Move(IEnumerable<SlotPlan> own) => own
            .Where(s => s.IsIn(image.Name))
            .Select(s => s.Size > 0 ? s with { Address = addresses[s.OutputSection], Reserved = s.Size } : s)
            .ToEquatableArray();
    }
}
