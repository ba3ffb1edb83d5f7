using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>The folder beside an adopted layout, <c>fleet.adopted</c> for <c>fleet.layout</c>: where the captures are, what was last written, and the objects of each image.</summary>
internal sealed class AdoptedFolder
{
    private const string Header = "layoutdsl-adopted";
    private const ulong Version = 1;

    /// <param name="layoutPath">Path of the layout.</param>
    public AdoptedFolder(string layoutPath)
    {
        Name = LayoutPath.GetStem(layoutPath.Replace('\\', '/')) + ".adopted";
        Root = Path.GetDirectoryName(Path.GetFullPath(layoutPath)) ?? "/";
    }

    /// <summary>Its name, which is its path from the folder of the layout.</summary>
    public string Name { get; }

    /// <summary>Folder of the layout.</summary>
    public string Root { get; }

    /// <summary>The layout as it was last generated: what has another text in the layout was edited.</summary>
    public string GeneratedPath => Path.Combine(Root, Name, "generated.layout");

    private string SourcesPath => Path.Combine(Root, Name, "captures");

    /// <summary>Which captures and programs a layout is about; null after a diagnostic.</summary>
    public (IReadOnlyList<string> Captures, IReadOnlyList<string> Patterns)? ReadSources(DiagnosticBag bag)
    {
        SourceText? text = LayoutFiles.ReadText(SourcesPath, bag);
        if (text is null)
        {
            bag.ReportNotAdoptedYet(SourcesPath);
            return null;
        }

        var reader = new RecordReader(text.Content);
        var captures = new List<string>();
        var patterns = new List<string>();
        if (!reader.Read() || reader.Keyword != Header || reader.Number(0) != Version) reader.Fail("it is of another version of this tool: adopt again");
        while (reader.Read())
        {
            if (reader.Keyword == "capture") captures.Add(Path.Combine(Root, reader.Text(0)));
            else if (reader.Keyword == "program") patterns.Add(reader.Text(0));
            else reader.Fail($"'{reader.Keyword}' is unknown");
        }

        if (reader.Error is null) return (captures, patterns);
        bag.ReportDamagedCapture(SourcesPath, reader.Error);
        return null;
    }

    /// <summary>Remembers captures and programs.</summary>
    public void WriteSources(IEnumerable<string> captures, IEnumerable<string> patterns)
    {
        var text = new StringBuilder();
        text.AppendRecord(Header, Version);
        foreach (string capture in captures) text.AppendRecord("capture", LayoutPath.GetRelative(Root, Path.GetFullPath(capture)));
        foreach (string pattern in patterns) text.AppendRecord("program", pattern);
        OutputFile.WriteIfChanged(SourcesPath, text.ToString());
    }

    /// <summary>Puts the objects of an image into its folder, and removes what an earlier build had there.</summary>
    /// <returns>Paths of the objects from the folder of the layout, in the order of the link.</returns>
    public IReadOnlyList<string> WriteObjects(string image, IReadOnlyList<(string Path, AdoptedObject Object)> files)
    {
        string folder = Path.Combine(Root, Name, image);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string path, AdoptedObject item) in files)
        {
            string full = Path.GetFullPath(Path.Combine(folder, path));
            written.Add(full);
            OutputFile.WriteIfChanged(full, item.Bytes);
        }

        foreach (string stale in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !written.Contains(Path.GetFullPath(f))).ToArray()) File.Delete(stale);
        return files.Select(f => $"{Name}/{image}/{f.Path}").ToArray();
    }

    /// <summary>The plan of an adopted layout, with its lock. What a plan warns of is about how the build compiles: 'layout plan' says it, and not each link.</summary>
    public static (LayoutPlan? Plan, LockFile? Locked) Plan(BoundLayout layout, FactsFile facts, DiagnosticBag bag)
    {
        var own = new DiagnosticBag();
        var planned = LockFiles.Plan(layout, facts, own);
        if (own.HasErrors) bag.AddRange(own.ToSortedArray());
        return planned;
    }

    /// <summary>The pattern of the objects of a library in all images.</summary>
    public string LibraryPattern(string library) => $"{Name}/{BoundInput.ImagePlaceholder}/{library}/*.o";

    /// <summary>The pattern of the objects that are an image's own.</summary>
    public string OwnPattern(string image) => $"{Name}/{image}/{LayoutDsl.Adopting.ScriptWeaver.OwnFolder}/**/*.o";
}
