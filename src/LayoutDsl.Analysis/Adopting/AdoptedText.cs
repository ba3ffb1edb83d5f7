using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LayoutDsl.Model;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>Writes the layout of a build as a person would.</summary>
internal sealed class AdoptedText
{
    private readonly AdoptedFolder folder;
    private readonly IReadOnlyList<AdoptedImage> images;
    private readonly LibraryGrouping grouping;
    private readonly IReadOnlyList<AdoptedSection> sections;
    private readonly IReadOnlyDictionary<string, ulong> places;
    private readonly StringBuilder text = new();

    private AdoptedText(AdoptedFolder folder, IReadOnlyList<AdoptedImage> images, LibraryGrouping grouping, IReadOnlyList<AdoptedSection> sections, IReadOnlyDictionary<string, ulong> places)
    {
        this.folder = folder;
        this.images = images;
        this.grouping = grouping;
        this.sections = sections;
        this.places = places;
    }

    /// <summary>The text of the layout.</summary>
    /// <param name="name">Full name of the layout.</param>
    /// <param name="target">Machine, page size, entry and memory of the images.</param>
    /// <param name="folder">The folder of the objects.</param>
    /// <param name="images">The images.</param>
    /// <param name="grouping">Their libraries.</param>
    /// <param name="sections">The sections.</param>
    /// <param name="places">Where the slots of the sections of an output section start, by its name.</param>
    public static string Write(
        string name, AdoptedTarget target, AdoptedFolder folder, IReadOnlyList<AdoptedImage> images, LibraryGrouping grouping, IReadOnlyList<AdoptedSection> sections, IReadOnlyDictionary<string, ulong> places)
    {
        var writer = new AdoptedText(folder, images, grouping, sections, places);
        writer.WriteHead(name, target);
        writer.WriteSections();
        writer.WriteLibraries();
        writer.WriteImages();
        writer.WritePlaces();
        return writer.text.ToString();
    }

    private void Line(string line = "") => text.Append(line).Append('\n');

    private void WriteHead(string name, AdoptedTarget target)
    {
        Line($"/// {images.Count} programs of a build as it is. 'layout adopt' wrote this file and brings it up to date; what you change in it stays.");
        Line($"layout {name};");
        Line();
        Line($"target {target.Architecture} {{ page {Size(target.Page)}; entry {(target.Entry.All(c => char.IsLetterOrDigit(c) || c == '_') ? target.Entry : $"\"{target.Entry}\"")}; }}");
        Line($"region memory (rwx) {{ origin {Hex(target.Origin)}; length {Size(target.Length)}; }}");
        Line();
        Line("// The scripts are those of the build. What libraries have of a section stands behind what the script puts there itself.");
        Line("overlay captured;");
        if (!HasJumps) Line("indirect none;    // jumps need scripts that say what segments there are (PHDRS)");
        Line();
    }

    private void WriteSections()
    {
        foreach (AdoptedSection section in sections.Where(s => !s.Stays))
        {
            string patterns = string.Join(" ", section.Patterns.Select(p => $"\"{p}\""));
            Line($"section {section.Name} ({section.Permissions.ToLetters()}) {{ {(section.IsZero ? "zero " : "")}{patterns} }}");
        }

        AdoptedSection[] staying = sections.Where(s => s.Stays).ToArray();
        if (staying.Length > 0)
        {
            Line();
            Line("// These stay where the scripts of the programs have them.");
            foreach (AdoptedSection section in staying) Line($"section {section.Name} ({section.Permissions.ToLetters()}) {{ table \"{section.Patterns[0]}\" }}    // in {section.Output}");
        }

        Line();
    }

    private void WriteLibraries()
    {
        if (grouping.Libraries.Count == 0) Line("// No two programs have an object of one name in common: there is nothing to share by library.");
        int width = grouping.Libraries.Keys.Select(k => k.Length).DefaultIfEmpty(0).Max();
        foreach (string library in grouping.Libraries.Keys.OrderBy(l => l, StringComparer.Ordinal))
        {
            Line($"library {library.PadRight(width)} {{ objects \"{folder.LibraryPattern(library)}\"; }}");
        }

        Line();

        // What all programs have is said once.
        string[] common = CommonLibraries();
        if (common.Length < 3) return;
        Line("// In all programs.");
        Line($"group common = {string.Join(", ", common)};");
        Line();
    }

    private string[] CommonLibraries() => images.Count < 2 ? Array.Empty<string>() : grouping.Libraries.Where(l => l.Value.Count == images.Count).Select(l => l.Key).OrderBy(l => l, StringComparer.Ordinal).ToArray();

    private void WriteImages()
    {
        string[] common = CommonLibraries();
        foreach (AdoptedImage image in images)
        {
            IEnumerable<string> own = grouping.Libraries.Where(l => l.Value.Contains(image.Name)).Select(l => l.Key).OrderBy(l => l, StringComparer.Ordinal);
            string[] uses = common.Length < 3 ? own.ToArray() : own.Except(common).Prepend("common").ToArray();
            bool hasOwn = image.Objects.Any(o => grouping.FindLibrary(image, o) is not { } library || !grouping.Libraries.ContainsKey(library));
            string[] properties = [uses.Length > 0 ? $"uses {string.Join(", ", uses)};" : "", hasOwn ? $"objects \"{folder.OwnPattern(image.Name)}\";" : ""];
            Line($"image {image.Name} {{ {string.Join(" ", properties.Where(p => p.Length > 0))} }}");
        }

        Line();
    }

    private void WritePlaces()
    {
        Line("// Behind the most that any program has of its own there. A program that outgrows it is a message of 'layout relink': raise the address, and those below it.");
        foreach (IGrouping<string, AdoptedSection> output in sections.Where(s => !s.Stays).GroupBy(s => s.Output, StringComparer.Ordinal))
        {
            if (places.TryGetValue(output.Key, out ulong address)) Line($"place {string.Join(", ", output.Select(s => s.Name))} in memory from {Hex(address)};");
        }

        if (HasJumps && places.TryGetValue(AdoptedPlaces.Jumps, out ulong jumps)) Line($"place images in memory from {Hex(jumps)};    // jumps to what is not at one address in all programs");
    }

    private bool HasJumps => images.All(i => i.Scripts.Any(s => s.HasHeaders));

    private static string Hex(ulong value) => FormattableString.Invariant($"0x{value:X}");

    private static string Size(ulong bytes)
    {
        foreach ((string unit, int shift) in new[] { ("GiB", 30), ("MiB", 20), ("KiB", 10) })
        {
            if (bytes != 0 && (bytes & ((1UL << shift) - 1)) == 0) return (bytes >> shift).ToString(CultureInfo.InvariantCulture) + unit;
        }

        return bytes.ToString(CultureInfo.InvariantCulture) + "B";
    }
}
