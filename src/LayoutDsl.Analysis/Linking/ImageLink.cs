using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Linking;

/// <summary>How one image is linked. Texts are made when they are asked for, since those of a whole fleet are large.</summary>
/// <param name="Name">Name of the image.</param>
/// <param name="Owner">Name of the image or family in the layout.</param>
/// <param name="Script">The linker script; null for the linker's own.</param>
/// <param name="Arguments">Makes the other arguments, as a response file.</param>
/// <param name="Files">The files among them, by their paths from the layout's folder.</param>
public sealed record ImageLink(string Name, string Owner, ImageScript? Script, Func<string> Arguments, IReadOnlyList<string> Files)
{
    /// <summary>The plan that describes it; null when it is linked in another way.</summary>
    public LayoutPlan? Plan { get; init; }

    /// <summary>Archives among its arguments that are made for it.</summary>
    public IReadOnlyList<ObjectArchive> Archives { get; init; } = [];

    /// <summary>The links that a plan describes.</summary>
    public static IReadOnlyList<ImageLink> All(BoundLayout layout, LayoutPlan plan) => plan.Images.Select(i => Of(layout, plan, i)).ToArray();

    /// <summary>The link of one image that a plan describes.</summary>
    public static ImageLink Of(BoundLayout layout, LayoutPlan plan, ImagePlan image) => new(
        image.Name,
        image.Family.Length > 0 ? image.Family : image.Name,
        new ImageScript(ScriptWriter.GetScriptName(plan, image), plan.Overlay is { IsFragment: true }, ScriptWriter.FindBasePath(layout), kind => LayoutCompiler.EmitLinkerScript(plan, image, kind)),
        () => LayoutCompiler.EmitResponseFile(plan, image),
        plan.GetFiles(image).Select(f => f.Path).ToArray())
    {
        Plan = plan,
    };
}

/// <summary>The script of an image.</summary>
/// <param name="File">Path of its file in the folder of scripts.</param>
/// <param name="IsFragment">Another script includes it by its name.</param>
/// <param name="Base">Path of the script that it is put into; null when it is a whole one.</param>
/// <param name="Text">Makes its text for a linker.</param>
public sealed record ImageScript(string File, bool IsFragment, string? Base, Func<LinkerKind, string> Text);
