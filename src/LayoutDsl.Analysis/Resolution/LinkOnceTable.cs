using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// Drops the second and every further copy of what is linked once: the first object in link order wins (binutils:
/// _bfd_elf_section_already_linked; gABI: Section Groups).
/// </summary>
internal sealed class LinkOnceTable
{
    private readonly Dictionary<int, List<Entry>> kept = [];

    /// <summary>Enters an object before its symbols are, since those of dropped sections are references only.</summary>
    public void Enter(LinkedObject linked)
    {
        foreach (LinkOnceUnit unit in linked.Content.LinkOnce)
        {
            if (!kept.TryGetValue(unit.Key, out List<Entry>? entries)) kept.Add(unit.Key, entries = []);
            if (FindSame(entries, unit) is { } same)
            {
                Drop(linked, unit, same);
                continue;
            }

            if ((FindOtherForm(entries, linked, unit) ?? FindCode(entries, linked, unit)) is { } other) Drop(linked, unit, other);
            entries.Add(new Entry(linked, unit));
        }
    }

    private static Entry? FindSame(List<Entry> entries, LinkOnceUnit unit) =>
        entries.Find(e => e.Unit.IsGroup == unit.IsGroup && (unit.IsGroup || e.Unit.Name == unit.Name));

    /// <summary>A group of one section and a section of the older form replace each other if they define the same symbols.</summary>
    private static Entry? FindOtherForm(List<Entry> entries, LinkedObject linked, LinkOnceUnit unit)
    {
        if (entries.Count == 0 || (unit.IsGroup && ContentSections(linked, unit).Length != 1)) return null;
        string[] symbols = SymbolsOf(linked, ContentSections(linked, unit)[0]);
        if (symbols.Length == 0) return null;
        return entries.Find(e => e.Unit.IsGroup != unit.IsGroup
            && ContentSections(e.Linked, e.Unit) is [int only]
            && SymbolsOf(e.Linked, only).SequenceEqual(symbols, StringComparer.Ordinal));
    }

    /// <summary>Name, binding, type and visibility of each symbol that the section defines (binutils: bfd_elf_match_symbols_in_sections).</summary>
    private static string[] SymbolsOf(LinkedObject linked, int section) =>
        linked.Content.Symbols
            .Where(s => s.SectionIndex == section && s.Type != ElfSymbolType.Section)
            .Select(s => $"{s.Name} {s.Binding} {s.Type} {s.Other}")
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToArray();

    /// <summary>The members without relocation sections, which are a part of what they relocate.</summary>
    private static int[] ContentSections(LinkedObject linked, LinkOnceUnit unit) =>
        unit.Members.Where(m => linked.File.Sections[m].Type is not (ElfSectionType.Rela or ElfSectionType.Rel)).ToArray();

    private static void Drop(LinkedObject linked, LinkOnceUnit unit, Entry by)
    {
        IReadOnlyList<ElfSection> sections = linked.File.Sections;
        KeptSection?[] replacements = linked.Replacements ??= new KeptSection?[sections.Count];
        replacements[unit.Section] = new KeptSection(by.Linked, by.Unit.Section);
        foreach (int member in unit.Members)
        {
            replacements[member] = new KeptSection(by.Linked, Counterpart(sections[member], linked, unit, by));
        }
    }

    private static int Counterpart(ElfSection section, LinkedObject linked, LinkOnceUnit unit, Entry by)
    {
        // Between the two forms names differ, and there is only one section on either side.
        if (unit.IsGroup != by.Unit.IsGroup)
        {
            int only = ContentSections(by.Linked, by.Unit)[0];
            return ContentSections(linked, unit)[0] == section.Index && by.Linked.File.Sections[only].Size == section.Size ? only : 0;
        }

        foreach (int candidate in by.Unit.Members)
        {
            ElfSection other = by.Linked.File.Sections[candidate];
            if (other.Size == section.Size && other.NameBytes.Span.SequenceEqual(section.NameBytes.Span)) return candidate;
        }

        return 0;
    }

    /// <summary>
    /// g++ 3.4 put constants of ".gnu.linkonce.t.F" into ".gnu.linkonce.r.F": ld drops these when the code is that of another object.
    /// </summary>
    private static Entry? FindCode(List<Entry> entries, LinkedObject linked, LinkOnceUnit unit) =>
        !unit.IsGroup && HasPrefix(linked, unit, ".gnu.linkonce.r."u8)
            ? entries.Find(e => !e.Unit.IsGroup && e.Linked != linked && HasPrefix(e.Linked, e.Unit, ".gnu.linkonce.t."u8))
            : null;

    private static bool HasPrefix(LinkedObject linked, LinkOnceUnit unit, ReadOnlySpan<byte> prefix) =>
        linked.File.Sections[unit.Section].NameBytes.Span.StartsWith(prefix);

    private sealed record Entry(LinkedObject Linked, LinkOnceUnit Unit);
}
