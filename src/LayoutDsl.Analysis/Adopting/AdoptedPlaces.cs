using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>
/// Finds addresses for the slots of libraries: behind the most that any program has of its own in front of them. What that is can be read from the original programs: no more than
/// they have in all.
/// </summary>
internal static class AdoptedPlaces
{
    /// <summary>Addresses are multiples of this many pages: easy to read, and room for small changes.</summary>
    private const ulong Pages = 16;

    /// <summary>The name that stands for the jumps.</summary>
    public const string Jumps = "jumps";

    /// <summary>Room for jumps, in pages: thousands of them.</summary>
    private const ulong JumpPages = 4;

    /// <summary>Where the slots of each output section start, and behind those of the first one, which has code, the jumps.</summary>
    /// <param name="images">The programs.</param>
    /// <param name="outputs">The output sections, in the order of the scripts.</param>
    /// <param name="areas">Bytes that the slots of each need.</param>
    /// <param name="page">Page size in bytes.</param>
    /// <param name="earlier">Where they started before: what still fits stays.</param>
    /// <param name="end">Where the largest program ends.</param>
    public static IReadOnlyDictionary<string, ulong> Find(
        IReadOnlyList<AdoptedImage> images, IReadOnlyList<string> outputs, IReadOnlyDictionary<string, ulong> areas, ulong page, IReadOnlyDictionary<string, ulong> earlier, out ulong end)
    {
        ulong[][] spans = images.Select(i => Spans(i, outputs)).ToArray();
        var places = new Dictionary<string, ulong>(StringComparer.Ordinal);
        end = images.Select(i => Sections(i).Select(s => s.Address).DefaultIfEmpty(0UL).Min()).Max();
        for (int i = 0; i < outputs.Count; i++)
        {
            end += spans.Max(s => s[i]);
            if (!areas.TryGetValue(outputs[i], out ulong area)) continue;

            // What is in front may need its alignments once more: its own, and those of the data segment (ld manual, DATA_SEGMENT_ALIGN).
            ulong needed = AlignUp(end + (page * 4), page * Pages);
            ulong place = earlier.TryGetValue(outputs[i], out ulong known) && known >= AlignUp(end, page) ? known : needed;
            places.Add(outputs[i], place);

            // An eighth of room to grow, so that what lies behind does not move at once.
            end = AlignUp(place + area + (area / 8), page);
            if (places.ContainsKey(Jumps)) continue;
            end = earlier.TryGetValue(Jumps, out known) && known >= AlignUp(place + area, page) ? known : end;
            places.Add(Jumps, end);
            end += JumpPages * page;
        }

        end += spans.Max(s => s[outputs.Count]);
        return places;
    }

    /// <summary>Bytes of a program from the end of one output section to the end of the next; last those behind all.</summary>
    private static ulong[] Spans(AdoptedImage image, IReadOnlyList<string> outputs)
    {
        ElfSection[] sections = Sections(image).OrderBy(s => s.Address).ToArray();
        var spans = new ulong[outputs.Count + 1];
        if (sections.Length == 0) return spans;
        ulong at = sections[0].Address;
        for (int i = 0; i < outputs.Count; i++)
        {
            if (sections.FirstOrDefault(s => s.Name == outputs[i]) is not { } section || section.Address + section.Size <= at) continue;
            spans[i] = section.Address + section.Size - at;
            at = section.Address + section.Size;
        }

        ulong last = sections.Max(s => s.Address + s.Size);
        spans[outputs.Count] = last > at ? last - at : 0;
        return spans;
    }

    private static IEnumerable<ElfSection> Sections(AdoptedImage image) =>
        ElfFile.TryRead(File.ReadAllBytes(image.Output.Copy), image.Name, out ElfFile? file, out _) ? file.Sections.Where(s => s.IsAllocated && s.Size > 0 && s.Address > 0) : [];

    private static ulong AlignUp(ulong value, ulong alignment) => Alignment.TryAlignUp(value, alignment, out ulong aligned) ? aligned : value;
}
