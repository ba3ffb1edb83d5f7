using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Blocks;

namespace LayoutDsl.Analysis.References;

/// <summary>
/// Every reference of the libraries of a fleet: what it meets in each image, and whether that is the same everywhere. Known before anything is linked, from symbols and
/// relocations.
/// </summary>
public sealed class ReferenceGraph
{
    private readonly FleetPrediction prediction;
    private readonly ReferenceClassifier classifier;
    private readonly Dictionary<string, ILookup<string, LinkedObject>> objects = new(StringComparer.Ordinal);

    private ReferenceGraph(FleetPrediction prediction)
    {
        this.prediction = prediction;
        classifier = new ReferenceClassifier(prediction.Plan);
        Libraries = prediction.Plan.Libraries.Where(l => l.ImageCount > 0).Select(Follow).ToArray();
    }

    /// <summary>The libraries that are in images, in the order of the plan.</summary>
    public IReadOnlyList<LibraryReferences> Libraries { get; }

    /// <summary>Follows the references of a fleet.</summary>
    public static ReferenceGraph Build(FleetPrediction prediction) => new(prediction ?? throw new ArgumentNullException(nameof(prediction)));

    private LibraryReferences Follow(LibraryPlan library)
    {
        ImageModel[] images = prediction.Plan.GetImages(library).Select(i => prediction.Models[i.Name]).ToArray();
        ImageModel[][] families = Group(images, library);
        var unstable = new List<UnstableReference>();
        var targets = new Dictionary<string, int>(StringComparer.Ordinal);
        int count = 0;
        IEnumerable<string> paths = images.SelectMany(i => library.GetFiles(i.Image)).Select(f => f.Path).Distinct(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            // A library that is built for each image has other files in each.
            (ImageModel[] Images, LinkedObject[] Objects)[] linked = families.Select(f => (f, ObjectsOf(f[0])[path].ToArray())).Where(f => f.Item2.Length > 0).ToArray();
            for (int i = 0; linked.Length > 0 && i < linked[0].Objects.Length; i++)
            {
                (ImageModel[] Images, LinkedObject Object)[] homes = linked.Select(l => (l.Images, l.Objects[i])).ToArray();
                foreach ((PlacedSection section, ElfRelocation relocation) in ReferencesOf(homes[0].Images[0], homes[0].Object))
                {
                    count++;
                    ReferenceTarget[] found = homes.Select(h => Meet(h.Images, h.Object, section.Section.Index, relocation)).ToArray();
                    string provider = classifier.OwnerOf(found[0].Definition, found[0].Image);
                    targets.TryGetValue(provider, out int known);
                    targets[provider] = known + 1;
                    if (found.Any(t => t.Value != found[0].Value)) unstable.Add(classifier.Describe(library, section, relocation, found));
                }
            }
        }

        return new LibraryReferences(library.Name, images.Length, families.Length, count, targets, unstable);
    }

    private static IEnumerable<(PlacedSection Section, ElfRelocation Relocation)> ReferencesOf(ImageModel image, LinkedObject linked) => linked.File.Sections
        .Where(s => s.IsAllocated && s.HasFileContent)
        .Select(s => image.Layout.Find(linked, s.Index))
        .OfType<PlacedSection>()
        .SelectMany(s => LinkInputs.Relocations(s).Where(r => r.Type != 0 && IsOwn(s, r)).Select(r => (s, r)));

    /// <summary>Of a page with the tables of several libraries, only the library's own words have names in its object.</summary>
    private static bool IsOwn(PlacedSection section, ElfRelocation relocation) => !TableSections.IsPage(section.Section.Name)
        || section.Object.Content.Symbols.Any(s => s.IsDefinedInSection && s.SectionIndex == section.Section.Index && s.Value == relocation.Offset && s.Name.Length > 0);

    private static ReferenceTarget Meet(ImageModel[] family, LinkedObject linked, int section, in ElfRelocation relocation)
    {
        ImageLayout layout = family[0].Layout;
        SymbolDefinition target = layout.Resolution.Resolve(linked, relocation.SymbolIndex);
        PlacedSection? from = layout.Find(linked, section);
        return new ReferenceTarget(family.Select(f => f.Image.Name).ToArray(), target, from is null ? null : SectionReferences.ValueOf(layout, from, relocation, target), from?.Address, family[0].Image);
    }

    /// <summary>Images in which everything that a library can meet has the same addresses: they are followed once.</summary>
    private ImageModel[][] Group(ImageModel[] images, LibraryPlan library)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ImageModel image in library.IsPerImage ? images : images.Take(1))
        {
            var paths = new HashSet<string>(library.GetFiles(image.Image).Select(f => f.Path), StringComparer.Ordinal);
            foreach (LinkedObject linked in image.Layout.Resolution.Objects.Where(o => paths.Contains(o.Object.Path)))
            {
                foreach (ElfSymbol symbol in linked.Content.Symbols.Where(s => s.Binding != ElfSymbolBinding.Local)) names.Add(symbol.Name);
            }
        }

        string[] order = names.OrderBy(n => n, StringComparer.Ordinal).ToArray();
        return images.GroupBy(i => Sign(i, order), StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
    }

    private string Sign(ImageModel image, string[] names)
    {
        var text = new System.Text.StringBuilder();
        text.Append(image.Layout.TableAddress).Append(' ').Append(image.Layout.ThreadPointer).Append('\n');
        foreach (SymbolDefinition entry in image.Layout.Table.Globals) text.Append(entry.Name).Append(' ');
        foreach (string name in names)
        {
            if (image.Layout.Resolution.Find(name) is not { } symbol) continue;

            // Whose it is matters, but of an application not what its file is called.
            string owner = classifier.OwnerOf(symbol, image.Image);
            text.Append(name).Append(' ').Append(symbol.Kind).Append(' ').Append(owner.Length > 0 ? symbol.Object?.Object.Name : "").Append(' ');
            if (symbol.Kind is not DefinitionKind.Linker) text.Append(image.Layout.AddressOf(symbol));
            text.Append('\n');
        }

        return Measuring.ContentId.Of(text.ToString());
    }

    private ILookup<string, LinkedObject> ObjectsOf(ImageModel image)
    {
        if (!objects.TryGetValue(image.Image.Name, out ILookup<string, LinkedObject>? known))
        {
            objects.Add(image.Image.Name, known = image.Layout.Resolution.Objects.ToLookup(o => o.Object.Path, StringComparer.Ordinal));
        }

        return known;
    }
}
