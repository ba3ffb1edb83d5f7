using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.References;

/// <summary>Explains every place of a page that differs between images, from the input section and the relocation that its bytes come from.</summary>
internal sealed class PageExplainer
{
    /// <summary>Bytes before and behind its field that a relocation may rewrite: the instruction that it is in (x86-64 psABI, relaxations).</summary>
    private const ulong Before = 4;
    private const ulong Behind = 12;

    private readonly FleetPrediction prediction;
    private readonly ReferenceClassifier classifier;

    public PageExplainer(FleetPrediction prediction)
    {
        this.prediction = prediction;
        classifier = new ReferenceClassifier(prediction.Plan);
    }

    /// <summary>The causes in the order of their places; none when the images are not those that were predicted.</summary>
    /// <param name="library">The library that the page belongs to.</param>
    /// <param name="pages">First address of the page in each of the images.</param>
    /// <param name="differs">Which of its bytes differ.</param>
    /// <param name="variants">An image for each content of the page.</param>
    public IReadOnlyList<UnsharedCause> Explain(string library, IReadOnlyList<ulong> pages, bool[] differs, IReadOnlyList<string> variants)
    {
        if (!variants.All(prediction.Models.ContainsKey)) return [];
        ImageModel[] models = variants.Select(v => prediction.Models[v]).ToArray();
        if (models.Select((m, n) => (Model: m, Page: pages[n])).All(m => m.Model.Memory.GetBytes(m.Page).SequenceEqual(models[0].Memory.GetBytes(pages[0])))) return [];
        var causes = new List<UnsharedCause>();
        for (int i = 0; i < differs.Length; i++)
        {
            if (!differs[i]) continue;
            (UnsharedCause cause, ulong end) = Explain(library, pages.Select(p => p + (ulong)i).ToArray(), models);
            causes.Add(cause);
            while (i + 1 < differs.Length && (pages[0] + (ulong)i + 1 < end || (cause.Kind is UnsharedKind.InputDiffers or UnsharedKind.OthersOnPage or UnsharedKind.Padding && differs[i + 1]))) i++;
        }

        return causes;
    }

    /// <summary>The cause of a byte, and the address behind the field that it explains.</summary>
    private (UnsharedCause Cause, ulong End) Explain(string library, ulong[] addresses, ImageModel[] models)
    {
        PlacedSection?[] inputs = models.Select((m, n) => m.FindInput(addresses[n])).ToArray();
        int some = Array.FindIndex(inputs, i => i is not null);
        ulong address = addresses[Math.Max(some, 0)];
        if (some < 0)
        {
            string section = models.Select((m, n) => m.FindSection(addresses[n])?.Name).FirstOrDefault(n => n is not null) ?? "no section";
            return (new UnsharedCause(UnsharedKind.Padding, section, "", FormattableString.Invariant($"0x{address:x} in {section} is made by the compiler, or lies between inputs"), ReferenceClassifier.AnswerMoves(prediction.Plan, UnsharedKind.TargetMoves) ?? ReferenceClassifier.BuildAlike(library)), address + 1);
        }

        PlacedSection first = inputs[some]!;
        string owner = classifier.OwnerOf(first.Object, models[some].Image) is { Length: > 0 } known ? known : library;
        string place = ReferenceClassifier.FromOf(first, address - first.Address);
        string from = $"{place} in {first.Object.Object.Name}";
        if (inputs.Any(i => i is null) && owner.Length > 0 && models.FirstOrDefault(m => !m.Image.Libraries.Contains(owner)) is { } lacking)
        {
            string text = $"{from} is of '{owner}', which {lacking.Image.Name} lacks";
            return (new UnsharedCause(UnsharedKind.OthersOnPage, place, owner, text, "none: data that is an image's own anyway lies together, on fewer pages"), address + 1);
        }

        if (!inputs.Select((i, n) => i is not null && addresses[n] - i.Address == address - first.Address && IsSame(i, first)).All(same => same)) return (Differing($"{from} is not what is there in all images"), address + 1);
        if (FindRelocation(first, address - first.Address) is not { } index) return (Differing($"{from} differs, and no relocation says why"), address + 1);
        ElfRelocation relocation = LinkInputs.Relocations(first)[index];
        ReferenceTarget[] targets = models.Select((m, n) => Meet(m, inputs[n]!, LinkInputs.Relocations(inputs[n]!)[index])).ToArray();
        ulong end = first.Address + relocation.Offset + (ulong)RelocationTypes.SizeOf(relocation.Type);
        string symbol = ReferenceClassifier.FromOf(first, relocation.Offset);
        return (classifier.Classify(library, first, relocation, targets, $"{symbol} in {first.Object.Object.Name}", symbol), end);

        UnsharedCause Differing(string text) => new(UnsharedKind.InputDiffers, place, first.Object.Object.Name, text, ReferenceClassifier.BuildAlike(owner));
    }

    /// <summary>Whether two places hold the same section, in builds for two images perhaps: the same bytes with relocations at the same offsets.</summary>
    private static bool IsSame(PlacedSection a, PlacedSection b)
    {
        if (a.Size != b.Size) return false;
        if (a.Object.Object == b.Object.Object) return a.Section.Index == b.Section.Index;
        return a.Section.Name == b.Section.Name
            && a.Section.Data.Span.SequenceEqual(b.Section.Data.Span)
            && LinkInputs.Relocations(a).Select(r => (r.Offset, r.Type, r.Addend)).SequenceEqual(LinkInputs.Relocations(b).Select(r => (r.Offset, r.Type, r.Addend)));
    }

    private static ReferenceTarget Meet(ImageModel model, PlacedSection from, in ElfRelocation relocation)
    {
        SymbolDefinition target = model.Layout.Resolution.Resolve(from.Object, relocation.SymbolIndex);
        return new ReferenceTarget([model.Image.Name], target, SectionReferences.ValueOf(model.Layout, from, relocation, target), from.Address, model.Image);
    }

    /// <summary>The index of the relocation whose field covers an offset, else of the nearest one that may have rewritten it.</summary>
    private static int? FindRelocation(PlacedSection section, ulong offset)
    {
        int? near = null;
        IReadOnlyList<ElfRelocation> relocations = LinkInputs.Relocations(section);
        for (int i = 0; i < relocations.Count; i++)
        {
            ElfRelocation relocation = relocations[i];
            if (relocation.Type == 0 || offset + Before < relocation.Offset || offset >= relocation.Offset + Behind) continue;
            if (offset >= relocation.Offset && offset < relocation.Offset + (ulong)RelocationTypes.SizeOf(relocation.Type)) return i;
            near = i;
        }

        return near;
    }
}
