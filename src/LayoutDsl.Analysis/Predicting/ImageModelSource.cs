using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>Makes models of the images of a plan from their scripts, arguments and files, which are read once for all of them. May be used from several threads.</summary>
internal sealed class ImageModelSource
{
    private readonly LayoutPlan plan;
    private readonly LinkFileSource source;
    private readonly LinkInput[] first;
    private readonly IReadOnlyList<string> options;

    /// <param name="plan">The plan.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    public ImageModelSource(LayoutPlan plan, string directory)
    {
        this.plan = plan;
        source = new LinkFileSource(directory);
        TableAnchor? anchor = TableAnchor.Find(plan, source.Files);
        first = anchor is null ? [] : [new ObjectInput(source.Files.Object("got.o", anchor.Content))];
        options = anchor is null ? [] : anchor.Options;
    }

    /// <summary>Why no image of a plan can be predicted; null when there is no reason for all of them.</summary>
    public static string? FindObstacle(LayoutPlan plan) =>
        plan.Architecture != "x86_64" ? $"only x86_64 is known, and this is {plan.Architecture}" : plan.Overlay is not null ? "the layout is put into another script" : null;

    /// <summary>The model of an image.</summary>
    /// <exception cref="PredictionException">It has something in it that is not known.</exception>
    public ImageModel Make(ImagePlan image) => ImageModel.Make(plan, image, options.Concat(LinkCommandEmitter.GetArguments(plan, image)), source.Files, first);

    /// <summary>Reports files that could not be read so far.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Report(SourceLocation location, DiagnosticBag bag) => source.Report(location, bag);
}
