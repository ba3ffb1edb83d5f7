using System;
using System.Collections.Generic;
using LayoutDsl.Facts;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Indirection;

/// <summary>On which pages of a library its references are, as far as that can be said before anything is placed: its slots are taken to start on a page.</summary>
internal sealed class LibraryPages
{
    private readonly Dictionary<(SymbolObject Object, int Section), (string Section, ulong Start)> starts = new();
    private readonly ulong page;

    public LibraryPages(SymbolUnit library, SectionMatcher matcher, ulong page)
    {
        this.page = page;
        var ends = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (SymbolObject item in library.Objects)
        {
            for (int i = 0; i < item.Facts.Sections.Count; i++)
            {
                SectionFacts section = item.Facts.Sections[i];

                // Tables and thread-local data are each image's own in any case.
                if (matcher.Find(section.Name)?.Section is not { IsTable: false } target) continue;
                ends.TryGetValue(target.Name, out ulong end);
                if (!Alignment.TryAlignUp(end, section.Alignment, out ulong start) || start > ulong.MaxValue - section.Size) continue;
                starts[(item, i)] = (target.Name, start);
                ends[target.Name] = start + section.Size;
            }
        }
    }

    /// <summary>The pages of an object's references to one symbol: section and number in its slot.</summary>
    public IEnumerable<(string Section, ulong Page)> Find(SymbolObject item, ReferenceFacts reference)
    {
        if (!starts.TryGetValue((item, reference.Section), out (string Section, ulong Start) at)) yield break;
        foreach (int place in reference.Places) yield return (at.Section, (at.Start + ((ulong)place * ReferenceFacts.PlaceSize)) / page);
    }
}
