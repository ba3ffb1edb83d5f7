using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Benchmarks;

/// <summary>
/// A fleet that others measured, as a layout and its facts. The data names the libraries of each image and the objects of each library by their content, so a library that several images
/// have is one that is built for each image, and an object is the same in two images when its content is.
/// </summary>
/// <param name="Layout">The layout.</param>
/// <param name="Facts">The facts of all objects; the objects themselves are not needed to plan.</param>
public sealed record RealFleet(string Layout, FactsFile Facts)
{
    private const ulong Writable = 1, Allocated = 2, Executable = 4;

    private static readonly string[] Families = [".text", ".rodata", ".data", ".bss", ".tdata", ".tbss"];

    /// <summary>Reads the data.</summary>
    /// <param name="json">
    /// <c>{"images": {IMAGE: {LIBRARY: [ID]}}, "objects": {ID: {"name": NAME, "sections": [[NAME, "bits" or "nobits", sh_flags, size, alignment]]}}}</c>.
    /// </param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="KeyNotFoundException">Something is missing in it.</exception>
    public static RealFleet Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var objects = document.RootElement.GetProperty("objects").EnumerateObject().ToDictionary(o => o.Name, o => o.Value.Clone(), StringComparer.Ordinal);
        var images = document.RootElement.GetProperty("images").EnumerateObject()
            .OrderBy(i => i.Name, StringComparer.Ordinal)
            .Select(i => (i.Name, Libraries: i.Value.EnumerateObject().ToDictionary(l => l.Name, l => l.Value.EnumerateArray().Select(o => o.GetString()!).ToArray(), StringComparer.Ordinal)))
            .ToArray();
        string[] shared = [.. images.SelectMany(i => i.Libraries.Keys).GroupBy(l => l, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).Order(StringComparer.Ordinal)];
        var layout = new StringBuilder("layout Real.Fleet;\ntarget x86_64 { page 4KiB; entry _start; }\nregion ram (rwx) { origin 1MiB; length 63MiB; }\n");
        AppendSections(layout, objects.Values.SelectMany(Sections).ToArray());
        foreach (string library in shared) layout.Append($"library {library} {{ objects \"{{image}}/{library}/*.o\"; }}\n");
        var inputs = new List<InputFacts>();
        var facts = new List<ObjectFacts>();
        foreach ((string image, Dictionary<string, string[]> libraries) in images)
        {
            string[] own = [.. libraries.Keys.Except(shared).Order(StringComparer.Ordinal)];
            string uses = string.Join(", ", shared.Where(libraries.ContainsKey));
            layout.Append($"image {image} {{ {(uses.Length > 0 ? $"uses {uses}; " : "")}{(own.Length > 0 ? $"objects {string.Join(", ", own.Select(l => $"\"{image}/{l}/*.o\""))}; " : "")}}}\n");
            foreach ((string library, string[] ids) in libraries.OrderBy(l => l.Key, StringComparer.Ordinal)) AddObjects($"{image}/{library}", ids, objects, inputs, facts);
        }

        return new RealFleet(layout.ToString(), new FactsFile(inputs.ToEquatableArray(), facts.ToEquatableArray()));
    }

    /// <summary>Writes the layout and the facts beside each other, as <c>layout plan LAYOUT --facts FACTS</c> reads them.</summary>
    public (string Layout, string Facts) Write(string directory)
    {
        Directory.CreateDirectory(directory);
        string layout = Path.Combine(directory, "real.layout");
        File.WriteAllText(layout, Layout);
        File.WriteAllText(layout + ".facts", FactsText.Write(Facts));
        return (layout, layout + ".facts");
    }

    private static void AddObjects(string directory, string[] ids, Dictionary<string, JsonElement> objects, List<InputFacts> inputs, List<ObjectFacts> facts)
    {
        // Two objects of a library may have one name: a number tells them apart.
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var files = new List<string>();
        foreach (string id in ids)
        {
            string name = objects[id].GetProperty("name").GetString()!;
            int number = known[name] = known.GetValueOrDefault(name) + 1;
            string path = directory + "/" + (number == 1 ? name : FormattableString.Invariant($"{number}-{name}"));
            files.Add(path);
            facts.Add(new ObjectFacts(path, null, 62, id, Sections(objects[id]).Select(s => s with { Identity = id }).ToEquatableArray(), default));
        }

        inputs.Add(new InputFacts(directory + "/*.o", InputKind.Objects, files.Order(StringComparer.Ordinal).ToEquatableArray()));
    }

    private static IEnumerable<SectionFacts> Sections(JsonElement item) => item.GetProperty("sections").EnumerateArray()
        .Select(s => new SectionFacts(s[0].GetString()!, s[1].GetString() == "nobits" ? 8u : 1u, s[2].GetUInt64(), s[3].GetUInt64(), Math.Max(1, s[4].GetUInt64())))
        .Where(s => (s.Flags & Allocated) != 0);

    /// <summary>The usual sections, and one for each other name.</summary>
    private static void AppendSections(StringBuilder layout, SectionFacts[] sections)
    {
        layout.Append("section text (rx) { \".text\" \".text.*\" }\nsection rodata (r) { \".rodata\" \".rodata.*\" }\nsection data (rw) { \".data\" \".data.*\" }\n");
        layout.Append("section bss (rw) { zero \".bss\" \".bss.*\" \"COMMON\" }\nsection tdata (rw) { thread \".tdata\" \".tdata.*\" }\nsection tbss (rw) { thread zero \".tbss\" \".tbss.*\" }\n");
        int number = 0;
        foreach (var group in sections.Where(s => !Families.Any(f => s.Name == f || s.Name.StartsWith(f + ".", StringComparison.Ordinal))).GroupBy(s => s.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            ulong flags = group.Aggregate(0UL, (all, s) => all | s.Flags);
            string permissions = (flags & Executable) != 0 ? "rx" : (flags & Writable) != 0 ? "rw" : "r";
            string pattern = string.Concat(group.Key.Select(c => char.IsAsciiLetterOrDigit(c) || "._$-".Contains(c) ? c : '?'));
            layout.Append(FormattableString.Invariant($"section extra{++number} ({permissions}) {{ \"{pattern}\" }}\n"));
        }
    }
}
