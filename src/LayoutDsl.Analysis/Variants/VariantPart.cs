using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Variants;

/// <summary>A part of a library that is not the same in all images that have the library: what is in it, and which images have which variant.</summary>
/// <param name="Library">The library.</param>
/// <param name="Part">The part's name in the plan: its first object.</param>
/// <param name="Inputs">What differs.</param>
/// <param name="Variants">The contents, in the order of the images. One alone is a part that some images lack.</param>
public sealed record VariantPart(string Library, string Part, IReadOnlyList<VariantInput> Inputs, IReadOnlyList<LibraryVariant> Variants)
{
    /// <summary>The parts of all libraries of which the images of a fleet have different builds, in plan order.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="facts">What it was made from.</param>
    public static IReadOnlyList<VariantPart> Find(LayoutPlan plan, FactsFile facts)
    {
        ILookup<string, ObjectFacts> objects = facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
        return plan.Libraries
            .Where(l => l.IsPerImage)
            .SelectMany(l => l.Slots.Where(s => s.Part.Length > 0 && s.Size > 0).GroupBy(s => s.Part, StringComparer.Ordinal).Select(g => Describe(l.Name, g.Key, g.ToArray(), objects)))
            .ToArray();
    }

    private static VariantPart Describe(string library, string part, SlotPlan[] slots, ILookup<string, ObjectFacts> objects)
    {
        IEnumerable<VariantInput> inputs =
            from input in slots.SelectMany(s => s.Inputs.Select(i => (Input: i, Image: s.Images.First())))
            group input by (input.Input.Path, input.Input.Member) into item
            let first = item.First()
            let sections = item.SelectMany(i => i.Input.Common ? i.Input.Sections.Append(SectionPlan.Common) : i.Input.Sections).Distinct().ToArray()
            select new VariantInput(
                item.Key.Member.Length == 0 ? item.Key.Path : $"{item.Key.Path}({item.Key.Member})",
                sections,
                FindSymbol(objects[first.Input.Path.Replace(BoundInput.ImagePlaceholder, first.Image)].FirstOrDefault(o => (o.Member ?? "") == item.Key.Member), sections));
        return new VariantPart(
            library,
            part,
            inputs.ToArray(),
            slots.GroupBy(s => string.Join("\n", s.Images), StringComparer.Ordinal).Select(g => new LibraryVariant(g.First().Images, g.Aggregate(0UL, (sum, s) => sum + s.Size))).ToArray());
    }

    private static string? FindSymbol(ObjectFacts? item, string[] sections) =>
        item?.Symbols?.Definitions.FirstOrDefault(d => d.Section >= 0 && sections.Contains(item.Sections[d.Section].Name))?.Name ?? item?.Commons.FirstOrDefault(_ => sections.Contains(SectionPlan.Common))?.Name;
}
