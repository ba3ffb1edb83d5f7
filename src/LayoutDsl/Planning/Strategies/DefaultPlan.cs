using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Strategies;

/// <summary>
/// Where a linker puts things when nobody tells it: section by section, in each the application first and then its libraries in the order of the command line, one behind the other; a page
/// boundary where permissions change. From the plan alone it is not known which members of a library an image needs: all are taken.
/// </summary>
public static class DefaultPlan
{
    /// <summary>Plans of one image each, in the order of the images.</summary>
    public static IReadOnlyList<LayoutPlan> Of(LayoutPlan plan) => plan.Images.Select(i => MovedImage.Of(plan, i, Place(plan, i))).ToArray();

    private static Dictionary<string, ulong> Place(LayoutPlan plan, ImagePlan image)
    {
        var addresses = new Dictionary<string, ulong>(StringComparer.Ordinal);
        SlotPlan[] slots = image.Slots.Concat(plan.GetLibraries(image).SelectMany(l => l.Slots.Where(s => s.IsIn(image.Name)))).Where(s => s.Size > 0).ToArray();
        ILookup<string, SlotPlan> bySection = slots.ToLookup(s => s.Section, StringComparer.Ordinal);
        ulong next = slots.Select(s => Alignment.AlignDown(s.Address, plan.Page)).DefaultIfEmpty(0UL).Min();
        SectionPlan? last = null;
        foreach (SectionPlan section in plan.Sections.Where(s => bySection.Contains(s.Name)))
        {
            // Zeroed memory goes on where data ends, on the same page.
            if (last is not null && (last.Permissions != section.Permissions || last.IsRelro != section.IsRelro)) next = Alignment.AlignUp(next, plan.Page);
            foreach (SlotPlan slot in bySection[section.Name])
            {
                next = Alignment.AlignUp(next, slot.Alignment);
                addresses.Add(slot.OutputSection, next);
                next = checked(next + slot.Size);
            }

            last = section;
        }

        return addresses;
    }
}
