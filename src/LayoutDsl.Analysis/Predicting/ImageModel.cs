using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Analysis.Trimming;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>An image as the linker will make it: each input section at its place, and the bytes of its memory. Made from the script and the objects alone.</summary>
internal sealed class ImageModel
{
    private readonly SortedDictionary<ulong, PlacedSection> inputs = new();
    private readonly ulong[] addresses;

    private ImageModel(ImagePlan image, ImageLayout layout, UnreachedContent unreached, MemoryImage whole)
    {
        Unreached = unreached;
        Whole = whole;
        Image = image;
        Layout = layout;
        Memory = unreached.Pages.Count == 0 ? whole : whole.Without(unreached.Pages);
        foreach (PlacedSection input in layout.Sections.Where(s => !s.IsThreadLocal || s.HasContent).SelectMany(s => s.Inputs).Where(i => i.Size > 0)) inputs[input.Address] = input;
        addresses = inputs.Keys.ToArray();
    }

    /// <summary>The image in the plan.</summary>
    public ImagePlan Image { get; }

    /// <summary>Where everything is.</summary>
    public ImageLayout Layout { get; }

    /// <summary>What is left out of the image after the link, since nothing in it reaches it.</summary>
    public UnreachedContent Unreached { get; }

    /// <summary>The memory as the linker makes it, with what is left out afterwards.</summary>
    public MemoryImage Whole { get; }

    /// <summary>The memory. Of the ELF header, <see cref="FileHeaders.Unknown"/> has no true content.</summary>
    public MemoryImage Memory { get; }

    /// <summary>Predicts an image.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="image">One of its images.</param>
    /// <param name="arguments">The linker's arguments.</param>
    /// <param name="files">The files of the fleet.</param>
    /// <param name="first">What is linked before the files of the arguments.</param>
    /// <exception cref="PredictionException">It has something in it that is not known here.</exception>
    public static ImageModel Make(LayoutPlan plan, ImagePlan image, IEnumerable<string> arguments, LinkFiles files, IEnumerable<LinkInput> first)
    {
        LinkScript script = LinkScriptReader.Read(LayoutCompiler.EmitLinkerScript(plan, image));
        var command = LinkCommand.Read(arguments, files, first);
        ResolutionOptions options = OptionsOf(script, command.Wrapped);
        LinkResolution resolution = SymbolResolver.Resolve(files, command.Inputs, options);
        if (resolution.Errors.Count > 0) throw new PredictionException($"{resolution.Errors[0].File}: {resolution.Errors[0].Message}");
        var layout = new ImageLayout(script, resolution, command.Wrapped, command.HashSize);
        ImageWriter.Write(layout);
        LinkedObject? anchor = first.OfType<ObjectInput>().Select(i => resolution.Find(i.Object)).FirstOrDefault();
        UnreachedContent unreached = plan.DropsUnreached ? UnreachedContent.Find(plan, image, layout, anchor) : UnreachedContent.None;
        return new ImageModel(image, layout, unreached, MakeMemory(plan, image, layout));
    }

    /// <summary>The input section at an address; null where there is none, as in a gap.</summary>
    public PlacedSection? FindInput(ulong address)
    {
        int index = Array.BinarySearch(addresses, address);
        if (index < 0) index = ~index - 1;
        if (index < 0) return null;
        PlacedSection found = inputs[addresses[index]];
        return address - found.Address < found.Size ? found : null;
    }

    /// <summary>The section of the image at an address; null where there is none.</summary>
    public ModelSection? FindSection(ulong address) => Layout.Sections.FirstOrDefault(s => address >= s.Address && address - s.Address < s.Size);

    /// <summary>What the linker is told of symbols: the same that the script and the command line say.</summary>
    private static ResolutionOptions OptionsOf(LinkScript script, IReadOnlyList<string> wrapped)
    {
        var defined = new Dictionary<string, ulong?>(StringComparer.Ordinal);
        var provided = new List<string>();
        IEnumerable<ScriptStatement> inside = script.Statements.OfType<ScriptSection>().SelectMany(s => s.Content);
        foreach (ScriptAssignment assignment in script.Statements.Concat(inside).OfType<ScriptAssignment>().Where(a => a.Name != "."))
        {
            if (assignment.IsProvided) provided.Add(assignment.Name);
            else defined[assignment.Name] = assignment.Value is NumberExpression number ? number.Value : null;
        }

        return new ResolutionOptions
        {
            Entry = script.Entry.Length > 0 ? script.Entry : null,
            ScriptSymbols = defined,
            ProvidedSymbols = provided,
            Wrapped = wrapped,
            OutputSections = script.Statements.OfType<ScriptSection>().Where(s => s.IsInMemory).Select(s => s.Name).ToArray(),
        };
    }

    private static MemoryImage MakeMemory(LayoutPlan plan, ImagePlan image, ImageLayout layout)
    {
        var ranges = new List<(ulong Address, ReadOnlyMemory<byte> Bytes, bool IsWritable)>();
        foreach (ModelSection section in layout.Sections.Where(s => s.Bytes is not null)) ranges.Add((section.Address, section.Bytes, section.IsWritable));

        if (plan.Headers is { } headers) ranges.Add((headers, FileHeaders.Write(layout, image.Name, SegmentPlan.GetFileAlignment(plan)), false));
        return MemoryImage.Of(image.Name, plan.Page, ranges);
    }
}
