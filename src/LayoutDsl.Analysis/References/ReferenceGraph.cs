using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

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
        foreach (string path in library.Files.Select(f => f.Path))
        {
            LinkedObject[][] linked = families.Select(f => ObjectsOf(f[0])[path].ToArray()).ToArray();
            for (int i = 0; i < linked[0].Length; i++)
            {
                foreach (PlacedSection section in linked[0][i].File.Sections.Select(s => families[0][0].Layout.Find(linked[0][i], s.Index)).OfType<PlacedSection>())
                {
                    if (!section.Section.IsAllocated || !section.Section.HasFileContent) continue;
                    foreach (ElfRelocation relocation in LinkInputs.Relocations(section))
                    {
                        if (relocation.Type == 0) continue;
                        count++;
                        ReferenceTarget[] found = families.Select((f, n) => Meet(f, linked[n][i], section.Section.Index, relocation)).ToArray();
                        string provider = classifier.OwnerOf(found[0].Definition, families[0][0].Image);
                        targets.TryGetValue(provider, out int known);
                        targets[provider] = known + 1;
                        if (found.All(t => t.Value == found[0].Value)) continue;
                        unstable.Add(classifier.Describe(library, section, relocation, found));
                    }
                }
            }
        }

        return new LibraryReferences(library.Name, images.Length, families.Length, count, targets, unstable);
    }

    private static ReferenceTarget Meet(ImageModel[] family, LinkedObject linked, int section, in ElfRelocation relocation)
    {
        ImageLayout layout = family[0].Layout;
        SymbolDefinition target = layout.Resolution.Resolve(linked, relocation.SymbolIndex);
        PlacedSection? from = layout.Find(linked, section);
        return new ReferenceTarget(family.Select(f => f.Image.Name).ToArray(), target, from is null ? null : SectionReferences.ValueOf(layout, from, relocation, target), from?.Address, family[0].Image);
    }

    /// <summary>Images in which everything that a library can meet has the same addresses: they are followed once.</summary>
    private static ImageModel[][] Group(ImageModel[] images, LibraryPlan library)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var paths = new HashSet<string>(library.Files.Select(f => f.Path), StringComparer.Ordinal);
        foreach (LinkedObject linked in images[0].Layout.Resolution.Objects.Where(o => paths.Contains(o.Object.Path)))
        {
            foreach (ElfSymbol symbol in linked.Content.Symbols.Where(s => s.Binding != ElfSymbolBinding.Local)) names.Add(symbol.Name);
        }

        string[] order = names.OrderBy(n => n, StringComparer.Ordinal).ToArray();
        return images.GroupBy(i => Sign(i, order), StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
    }

    private static string Sign(ImageModel image, string[] names)
    {
        var text = new System.Text.StringBuilder();
        text.Append(image.Layout.TableAddress).Append(' ').Append(image.Layout.ThreadPointer).Append('\n');
        foreach (SymbolDefinition entry in image.Layout.Table.Globals) text.Append(entry.Name).Append(' ');
        foreach (string name in names)
        {
            if (image.Layout.Resolution.Find(name) is not { } symbol) continue;
            text.Append(name).Append(' ').Append(symbol.Kind).Append(' ').Append(symbol.Object?.Object.Name).Append(' ');
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
