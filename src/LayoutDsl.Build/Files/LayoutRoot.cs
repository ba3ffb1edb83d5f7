using System;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Text;

namespace LayoutDsl.Build.Files;

/// <summary>Where the files of one layout of a project are.</summary>
internal sealed class LayoutRoot
{
    private const string Extension = ".layout";

    private readonly string intermediateDirectory;
    private readonly string key;

    /// <summary>Places the files of a layout.</summary>
    /// <param name="path">Full path of its root file.</param>
    /// <param name="projectDirectory">Full path of the project's folder.</param>
    /// <param name="intermediateDirectory">Full path of the folder for intermediate files of layouts.</param>
    public LayoutRoot(string path, string projectDirectory, string intermediateDirectory)
    {
        Path = path.Replace('\\', '/');
        this.intermediateDirectory = intermediateDirectory;

        // A file from elsewhere gets a folder named after where it is, so that two of one name stay apart.
        string relative = LayoutPath.GetRelative(projectDirectory, Path);
        Name = relative;
        key = relative.StartsWith("../", StringComparison.Ordinal) || LayoutPath.IsRooted(relative) || relative.IndexOf(':') >= 0
            ? "external/" + ContentId.Of(Path).Substring(0, 16) + "/" + LayoutPath.GetFileName(Path)
            : relative;
    }

    /// <summary>Full path of its root file.</summary>
    public string Path { get; }

    /// <summary>Its path from the project's folder, as messages show it.</summary>
    public string Name { get; }

    /// <summary>The facts that were measured.</summary>
    public string FactsPath => Intermediate(key + ".facts");

    /// <summary>Path of the stamp of a step.</summary>
    public string GetStampPath(string step) => Intermediate(key + "." + step);

    /// <summary>Folder of its scripts below the folder for all scripts.</summary>
    public string GetScriptDirectory(string scriptDirectory) =>
        System.IO.Path.Combine(scriptDirectory, key.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? key.Substring(0, key.Length - Extension.Length) : key + ".scripts");

    private string Intermediate(string name) => System.IO.Path.Combine(intermediateDirectory, name);
}
