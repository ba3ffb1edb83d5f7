using System;
using System.Collections.Generic;
using LayoutDsl.Adopting;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>A program of the build.</summary>
/// <param name="Name">Its name in the layout.</param>
/// <param name="Link">The link that made it.</param>
/// <param name="Arguments">That link's command line.</param>
/// <param name="Objects">What it was linked of, in the order in which the linker loaded it.</param>
/// <param name="Scripts">The scripts of the link, the linker's own when it named none.</param>
/// <param name="Steps">The tools that worked on it afterwards, in their order.</param>
/// <param name="FinalName">Gives the path that a file had when the build had ended.</param>
internal sealed record AdoptedImage(
    string Name,
    CapturedRun Link,
    LinkerArguments Arguments,
    IReadOnlyList<ImageObject> Objects,
    IReadOnlyList<CapturedScript> Scripts,
    IReadOnlyList<CapturedRun> Steps,
    Func<CapturedFile, string> FinalName)
{
    /// <summary>The program as the link left it.</summary>
    public CapturedFile Output => Arguments.Output!;
}

/// <summary>An object of an image, and the library that it would be of.</summary>
/// <param name="Group">Name of that library.</param>
/// <param name="IsGrouped">Whether the build itself put it together with others: in an archive, or in an object linked of several.</param>
/// <param name="Object">The object.</param>
internal sealed record ImageObject(string Group, bool IsGrouped, AdoptedObject Object);
