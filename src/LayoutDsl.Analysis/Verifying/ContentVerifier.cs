using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Verifying;

/// <summary>
/// Looks for the planned input sections in an image: by the symbols that only they define, and by the bytes that they take at least. So it finds what a linker drops without a word: members that
/// nothing pulled, sections that garbage collection removed, and sections that the script's selectors did not match.
/// </summary>
internal sealed class ContentVerifier
{
    private const ulong Mergeable = 0x10;
    private const ulong InGroup = 0x200;
    private const ulong Excluded = 0x80000000;
    private const int RiscV = 243;

    private readonly ElfFile file;
    private readonly DiagnosticBag bag;
    private readonly ILookup<string, ElfSymbol> symbols;
    private readonly HashSet<string> unique;

    private ContentVerifier(ElfFile file, Planned[] planned, IEnumerable<ObjectFacts> others, IReadOnlyList<ElfSymbol> symbols, DiagnosticBag bag)
    {
        this.file = file;
        this.bag = bag;
        this.symbols = symbols.Where(s => s.IsDefinedInSection).ToLookup(s => s.Name, StringComparer.Ordinal);

        // Of what several objects define (inline functions of C++, weak defaults) the image has one, wherever it came from.
        unique = new HashSet<string>(planned.SelectMany(p => p.Names).GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() == 1).Select(g => g.Key), StringComparer.Ordinal);
        unique.ExceptWith(others.SelectMany(o => o.Symbols?.Definitions.Select(d => d.Name) ?? []));
    }

    /// <summary>Reports what is not there, or elsewhere.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="image">The image in the plan.</param>
    /// <param name="slots">Its slots.</param>
    /// <param name="objects">What was measured, by path.</param>
    /// <param name="file">The linked image.</param>
    /// <param name="symbols">Its symbols; none or one when it is stripped.</param>
    /// <param name="needed">The symbols that have to be there; null for all.</param>
    /// <param name="bag">Takes the findings.</param>
    public static void Verify(
        LayoutPlan plan, ImagePlan image, IEnumerable<SlotPlan> slots, ILookup<string, ObjectFacts> objects, ElfFile file, IReadOnlyList<ElfSymbol> symbols, ISet<string>? needed, DiagnosticBag bag)
    {
        Planned[] planned = slots.SelectMany(s => Find(image, s, objects)).Where(p => needed is null || p.Names.Any(needed.Contains)).ToArray();

        // With an overlay, the image's own objects are in no slot.
        var inSlots = new HashSet<ObjectFacts>(planned.Select(p => p.Object));
        // What an image does not reach may be missing, with its symbols. That it is only that, the linking sees to: it trims images that are, byte for byte, what it knows the references of.
        var members = new HashSet<string>(plan.DropsUnreached ? plan.GetLibraries(image).SelectMany(l => l.GetFiles(image)).Where(f => f.IsMember).Select(f => f.Path) : [], StringComparer.Ordinal);
        var verifier = new ContentVerifier(file, planned, image.Files.SelectMany(f => objects[f.Path]).Where(o => !inSlots.Contains(o)), symbols, bag);
        HashSet<string> reported = symbols.Count > 1 ? verifier.VerifySymbols(planned.Where(p => !members.Contains(p.Object.Path)).ToArray()) : new HashSet<string>(StringComparer.Ordinal);
        verifier.VerifySizes(planned.Where(p => !plan.MayDrop(p.Slot)), reported);
    }

    private static IEnumerable<Planned> Find(ImagePlan image, SlotPlan slot, ILookup<string, ObjectFacts> objects) =>
        from input in slot.Inputs
        from item in objects[input.Path.Replace(BoundInput.ImagePlaceholder, image.Name)]
        where (item.Member ?? "") == input.Member
        from section in item.Sections.Select((facts, index) => (Facts: facts, Index: index))
        where section.Facts.Size > 0 && input.Sections.Contains(section.Facts.Name)
        select new Planned(slot, item, section.Facts, item.Symbols?.Definitions.Where(d => d.Section == section.Index).Select(d => d.Name).ToArray() ?? []);

    /// <summary>The output sections that something was reported of.</summary>
    private HashSet<string> VerifySymbols(Planned[] expected)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        var dropped = new List<string>();
        foreach (var member in expected.Where(p => p.Names.Any(unique.Contains)).GroupBy(p => p.Object))
        {
            Planned[] missing = member.Where(p => !Symbols(p).Any()).ToArray();
            reported.UnionWith(missing.Select(p => p.Slot.OutputSection));
            if (missing.Length == member.Count()) dropped.Add(member.Key.DisplayName);
            else foreach (Planned section in missing) bag.ReportSectionDropped(file.Name, section.Object.DisplayName, section.Section.Name, section.Slot.OutputSection, section.Names.First(unique.Contains));

            foreach (Planned section in member.Except(missing).Where(p => !Symbols(p).Any(s => NameOf(s) == p.Slot.OutputSection)))
            {
                reported.Add(section.Slot.OutputSection);
                ElfSymbol symbol = Symbols(section).First();
                bag.ReportSectionElsewhere(file.Name, section.Object.DisplayName, section.Section.Name, section.Slot.OutputSection, symbol.Name, NameOf(symbol));
            }
        }

        if (dropped.Count > 0) bag.ReportMemberDropped(file.Name, dropped);
        return reported;
    }

    private IEnumerable<ElfSymbol> Symbols(Planned section) => section.Names.Where(unique.Contains).SelectMany(n => symbols[n]);

    private string NameOf(in ElfSymbol symbol) => file.Sections[symbol.SectionIndex].Name;

    /// <summary>Sections without symbols of their own, such as arrays of hooks, show in the size of the whole.</summary>
    private void VerifySizes(IEnumerable<Planned> expected, HashSet<string> reported)
    {
        foreach (var slot in expected.Where(p => IsWhole(p) && !reported.Contains(p.Slot.OutputSection)).GroupBy(p => p.Slot.OutputSection, StringComparer.Ordinal))
        {
            ulong least = slot.Aggregate(0UL, (sum, p) => checked(sum + p.Section.Size));
            ElfSection? section = file.Sections.FirstOrDefault(s => s.IsAllocated && s.Name == slot.Key);
            if (section is not null && section.Size < least) bag.ReportContentDropped(file.Name, slot.Key, section.Size, least);
        }
    }

    /// <summary>
    /// Whether the linker keeps all bytes of an input section: it merges strings, properties and unwind records, keeps one of each group, and shortens code for RISC-V.
    /// </summary>
    private static bool IsWhole(Planned input) =>
        input.Object.Machine != RiscV
        && (input.Section.Flags & (Mergeable | InGroup | Excluded)) == 0
        && input.Section.Type is not (SectionFacts.NoteType or SectionFacts.ArmUnwindIndexType)
        && input.Section.Name != ".eh_frame"
        && !input.Section.Name.StartsWith(".gnu.linkonce.", StringComparison.Ordinal);

    /// <summary>An input section where the plan has it.</summary>
    private sealed record Planned(SlotPlan Slot, ObjectFacts Object, SectionFacts Section, IReadOnlyList<string> Names);
}
