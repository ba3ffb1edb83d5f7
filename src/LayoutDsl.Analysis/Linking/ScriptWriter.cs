using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Linking;

/// <summary>Writes the scripts and response files of a plan.</summary>
public static class ScriptWriter
{
    /// <summary>Path of an image's script.</summary>
    public static string GetScriptPath(string directory, ImagePlan image) => GetScriptPath(directory, image.Name);

    /// <summary>Path of an image's script.</summary>
    public static string GetScriptPath(string directory, string image) => Path.Combine(directory, image + ".ld");

    /// <summary>Path of an image's response file.</summary>
    public static string GetResponseFilePath(string directory, ImagePlan image) => GetResponseFilePath(directory, image.Name);

    /// <summary>Path of an image's response file.</summary>
    public static string GetResponseFilePath(string directory, string image) => Path.Combine(directory, image + ".rsp");

    /// <summary>Writes both files of every image; those with the same content keep their time.</summary>
    /// <returns>Paths of the files that were written.</returns>
    public static Result<IReadOnlyList<string>> WriteAll(LayoutPlan plan, string directory) => WriteAll(plan.Images.Select(i => ImageLink.Of(plan, i)), directory);

    /// <summary>Writes the files of links; those with the same content keep their time.</summary>
    /// <returns>Paths of the files that were written.</returns>
    public static Result<IReadOnlyList<string>> WriteAll(IEnumerable<ImageLink> links, string directory)
    {
        var bag = new DiagnosticBag();
        var written = new List<string>();
        foreach (ImageLink link in links)
        {
            if (link.Script is not null) Write(GetScriptPath(directory, link.Name), link.Script());
            Write(GetResponseFilePath(directory, link.Name), link.Arguments());
            if (bag.HasErrors) break;
        }

        return new Result<IReadOnlyList<string>>(written, bag.ToSortedArray());

        void Write(string path, string text)
        {
            if (OutputFile.TryWriteIfChanged(path, text, bag)) written.Add(path);
        }
    }
}
