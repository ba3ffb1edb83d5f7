using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>What all libraries and images bring, families expanded.</summary>
internal sealed record FleetContent(IReadOnlyDictionary<string, UnitContent> Libraries, IReadOnlyList<ImageContent> Images)
{
    /// <param name="layout">The layout.</param>
    /// <param name="facts">What was measured, or null.</param>
    /// <param name="groups">The libraries in plan order, which is the order in which an image links them.</param>
    /// <param name="bag">Takes the mistakes.</param>
    public static FleetContent Gather(BoundLayout layout, FactsFile? facts, IEnumerable<MembershipGroup> groups, DiagnosticBag bag)
    {
        var rank = groups.SelectMany(g => g.Libraries).Select((l, i) => (l.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        InputClassifier? classifier = facts is null ? null : new InputClassifier(layout, facts, bag);
        var libraries = new Dictionary<string, UnitContent>(StringComparer.Ordinal);
        foreach (BoundLibrary library in layout.Libraries)
        {
            libraries.Add(library.Name, Classify(library.Inputs, null));
        }

        var images = new List<ImageContent>();
        foreach (BoundImage image in layout.Images)
        {
            var own = image.Libraries.OrderBy(l => rank[l]).Select(l => (l, libraries[l])).ToArray();
            int first = image.Family?.First ?? 0;
            for (int i = 0; i < (image.Family?.Count ?? 1); i++)
            {
                int? member = image.Family is null ? null : first + i;
                string name = member is { } n ? image.Name + n.ToString(CultureInfo.InvariantCulture) : image.Name;
                var content = new ImageContent(image, name, member ?? 0, Classify(image.Inputs, member), own.Select(o => o.Item2).ToArray());
                images.Add(content);
                if (i == 0) CheckDoubles(image, content, own, bag);
            }
        }

        classifier?.Finish();
        foreach (BoundLibrary library in layout.Libraries.Where(_ => !bag.HasErrors))
        {
            UnitContent content = libraries[library.Name];
            if (content.Files.Count > 0 && layout.Sections.All(s => content[s.Name].Size == 0)) bag.ReportEmptyUnit(library.Location, library.Name);
        }

        return new FleetContent(libraries, images);

        UnitContent Classify(EquatableArray<BoundInput> inputs, int? member) =>
            classifier?.Classify(inputs, member) ?? new UnitContent(default);
    }

    private static void CheckDoubles(BoundImage image, ImageContent content, (string Name, UnitContent Content)[] libraries, DiagnosticBag bag)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, UnitContent unit) in libraries.Append((image.Name, content.Application)))
        {
            foreach (InputFilePlan file in unit.Files)
            {
                if (owners.TryGetValue(file.Path, out string? first)) bag.ReportInputTwice(image.Location, image.Name, file.Path, first, name);
                else owners.Add(file.Path, name);
            }
        }
    }
}

/// <summary>What one image brings: its application and, for its tables, the libraries that it has.</summary>
internal sealed record ImageContent(BoundImage Source, string Name, int Number, UnitContent Application, IReadOnlyList<UnitContent> Libraries)
{
    public string Family => Source.Family is null ? "" : Source.Name;

    /// <summary>Bytes of a table, at most; an overflowing sum stays at the largest number, which no region can hold.</summary>
    public ulong TableSize(string table)
    {
        ulong size = 0;
        foreach (SectionContent part in Parts(table))
        {
            if (part.Size == 0) continue;
            if (!Alignment.TryAlignUp(size, part.Alignment, out ulong start) || start > ulong.MaxValue - part.Size) return ulong.MaxValue;
            size = start + part.Size;
        }

        return size;
    }

    public ulong TableAlignment(string table) => Parts(table).Select(p => p.Alignment).Max();

    public bool IsNoteTable(string table) => TableSize(table) > 0 && Parts(table).All(p => p.Size == 0 || p.IsNote);

    public IEnumerable<SlotInputPlan> TableInputs(string table) => Parts(table).Where(p => p.Size > 0).SelectMany(p => p.Inputs);

    private IEnumerable<SectionContent> Parts(string table) => Libraries.Append(Application).Select(u => u[table]);
}
