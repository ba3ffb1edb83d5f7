using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Linking;

/// <summary>How one image is linked. Texts are made when they are asked for, since those of a whole fleet are large.</summary>
/// <param name="Name">Name of the image.</param>
/// <param name="Owner">Name of the image or family in the layout.</param>
/// <param name="Script">Makes the linker script; null for the linker's own.</param>
/// <param name="Arguments">Makes the other arguments, as a response file.</param>
/// <param name="Files">The files among them, by their paths from the layout's folder.</param>
public sealed record ImageLink(string Name, string Owner, Func<string>? Script, Func<string> Arguments, IReadOnlyList<string> Files)
{
    /// <summary>The link that a plan describes.</summary>
    public static ImageLink Of(LayoutPlan plan, ImagePlan image) => new(
        image.Name,
        image.Family.Length > 0 ? image.Family : image.Name,
        () => LayoutCompiler.EmitLinkerScript(plan, image),
        () => LayoutCompiler.EmitResponseFile(plan, image),
        plan.GetFiles(image).Select(f => f.Path).ToArray());
}
