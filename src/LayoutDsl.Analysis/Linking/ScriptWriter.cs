using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Linking;

/// <summary>Writes the scripts and response files of a plan.</summary>
public static class ScriptWriter
{
    /// <summary>Path of an image's script.</summary>
    public static string GetScriptPath(string directory, ImagePlan image) => Path.Combine(directory, image.Name + ".ld");

    /// <summary>Path of an image's response file.</summary>
    public static string GetResponseFilePath(string directory, ImagePlan image) => Path.Combine(directory, image.Name + ".rsp");

    /// <summary>Path of a script or fragment that the layout declares.</summary>
    public static string GetScriptPath(string directory, BoundScript script) => Path.Combine(directory, script.Name + ".ld");

    /// <summary>Writes both files of every image, and the scripts of the layout; those with the same content keep their time.</summary>
    /// <returns>Paths of the files that were written.</returns>
    public static Result<IReadOnlyList<string>> WriteAll(BoundLayout layout, LayoutPlan plan, string directory)
    {
        var bag = new DiagnosticBag();
        var written = new List<string>();
        foreach (ImagePlan image in plan.Images)
        {
            Write(GetScriptPath(directory, image), LayoutCompiler.EmitLinkerScript(plan, image));
            Write(GetResponseFilePath(directory, image), LayoutCompiler.EmitResponseFile(plan, image));
            if (bag.HasErrors) break;
        }

        foreach (BoundScript script in layout.Scripts.Where(_ => !bag.HasErrors)) Write(GetScriptPath(directory, script), LayoutCompiler.EmitScript(script));
        return new Result<IReadOnlyList<string>>(written, bag.ToSortedArray());

        void Write(string path, string text)
        {
            if (OutputFile.TryWriteIfChanged(path, text, bag)) written.Add(path);
        }
    }
}
