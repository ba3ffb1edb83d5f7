using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Linking;

/// <summary>Writes the scripts and response files of a plan.</summary>
public static class ScriptWriter
{
    /// <summary>Path of an image's script. A fragment has the name by which another script includes it, in a folder of the image.</summary>
    public static string GetScriptPath(string directory, LayoutPlan plan, ImagePlan image) => Path.Combine(directory, GetScriptName(plan, image));

    /// <summary>The same from the folder of the scripts.</summary>
    public static string GetScriptName(LayoutPlan plan, ImagePlan image) =>
        plan.Overlay is { IsFragment: true } overlay ? Path.Combine(image.Name, overlay.Anchor) : image.Name + ".ld";

    /// <summary>Path of the script that an overlay is put into; null when there is none, or when it is the linker's own.</summary>
    public static string? FindBasePath(BoundLayout layout) =>
        layout.Overlay is { Base.Length: > 0 } overlay ? Path.Combine(LayoutFiles.GetDirectory(layout), overlay.Base) : null;

    /// <summary>Path of an image's response file.</summary>
    public static string GetResponseFilePath(string directory, ImagePlan image) => GetResponseFilePath(directory, image.Name);

    /// <summary>Path of an image's response file.</summary>
    public static string GetResponseFilePath(string directory, string image) => Path.Combine(directory, image + ".rsp");

    /// <summary>Path of a script or fragment that the layout declares.</summary>
    public static string GetScriptPath(string directory, BoundScript script) => Path.Combine(directory, script.Name + ".ld");

    /// <summary>Writes both files of every image, and the scripts of the layout; those with the same content keep their time.</summary>
    /// <returns>Paths of the files that were written.</returns>
    public static Result<IReadOnlyList<string>> WriteAll(BoundLayout layout, LayoutPlan plan, string directory, LinkerKind kind = LinkerKind.Gnu)
    {
        var bag = new DiagnosticBag();
        CheckCaptured(layout, plan, bag);
        return bag.HasErrors ? new Result<IReadOnlyList<string>>(null, bag.ToSortedArray()) : WriteAll(layout, ImageLink.All(layout, plan), directory, kind);
    }

    /// <summary>Reports captured images, whose scripts and commands a plan does not have.</summary>
    internal static void CheckCaptured(BoundLayout layout, LayoutPlan? plan, DiagnosticBag bag)
    {
        if (plan is not null && layout.Overlay is { IsCaptured: true } overlay) bag.ReportNeedsRelink(overlay.Location);
    }

    /// <summary>Writes the files of links, and the scripts of the layout; those with the same content keep their time.</summary>
    /// <returns>Paths of the files that were written.</returns>
    public static Result<IReadOnlyList<string>> WriteAll(BoundLayout layout, IEnumerable<ImageLink> links, string directory, LinkerKind kind)
    {
        var bag = new DiagnosticBag();
        var written = new List<string>();
        CheckBase(layout, bag);
        if (bag.HasErrors) return new Result<IReadOnlyList<string>>(null, bag.ToSortedArray());
        foreach (ImageLink link in links)
        {
            if (link.Script is { } script) Write(Path.Combine(directory, script.File), script.Text(kind));
            Write(GetResponseFilePath(directory, link.Name), link.Arguments());
            if (bag.HasErrors) break;
        }

        foreach (BoundScript script in layout.Scripts.Where(_ => !bag.HasErrors)) Write(GetScriptPath(directory, script), LayoutCompiler.EmitScript(script));
        return new Result<IReadOnlyList<string>>(written, bag.ToSortedArray());

        void Write(string path, string text)
        {
            if (OutputFile.TryWriteIfChanged(path, text, bag)) written.Add(path);
        }
    }

    private static void CheckBase(BoundLayout layout, DiagnosticBag bag)
    {
        if (layout.Overlay is not { } overlay || FindBasePath(layout) is not { } path) return;
        SourceText? text = LayoutFiles.ReadText(path, bag);
        if (text is not null) bag.AddRange(LayoutCompiler.CheckOverlay(overlay, new SourceText(overlay.Base, text.Content)));
        else if (bag.Count == 0) bag.ReportOverlayMismatch(overlay.Location, $"there is no file '{overlay.Base}'", "paths are relative to the layout's folder");
    }
}
