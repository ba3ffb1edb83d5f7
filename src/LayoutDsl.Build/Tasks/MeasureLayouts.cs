using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Build.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LayoutDsl.Build.Tasks;

/// <summary>
/// Finds the layouts of a project and measures their objects. What is wrong with a layout itself is left to the generator, which reports it while C#
/// compiles; only when measuring fails, so that the compiler is not reached, does this task report it too.
/// </summary>
public sealed class MeasureLayouts : LayoutTask
{
    private const string Step = "measured";
    private const string IncludedFile = "layout";
    private const string IsRoot = "root";

    private readonly List<ITaskItem> layouts = new();
    private readonly List<ITaskItem> compilerInputs = new();
    private readonly DiagnosticBag ofLayouts = new();
    private readonly DiagnosticBag ofFiles = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>The <c>.layout</c> files of the project.</summary>
    [Required]
    public ITaskItem[] LayoutFiles { get; set; } = Array.Empty<ITaskItem>();

    /// <summary>Measures nothing and takes the facts that are there.</summary>
    public bool UseLastFacts { get; set; }

    /// <summary>The files with a <c>layout</c> declaration.</summary>
    [Output]
    public ITaskItem[] Layouts => layouts.ToArray();

    /// <summary>What the compiler gets besides the <c>.layout</c> files: facts, and files that are included from outside the project.</summary>
    [Output]
    public ITaskItem[] CompilerInputs => compilerInputs.ToArray();

    private protected override void Run(CancellationToken cancellation)
    {
        known.UnionWith(LayoutFiles.Select(f => RootOf(f).Path));
        foreach (ITaskItem item in LayoutFiles)
        {
            cancellation.ThrowIfCancellationRequested();
            LayoutRoot file = RootOf(item);
            ILookup<string, string>? notes = UseLastFacts ? BuildStamp.FindLast(file.GetStampPath(Step)) : FindCurrent(file);
            if (notes is not null) Use(item, file, notes[IsRoot].Any(), notes[IncludedFile]);
            else if (!UseLastFacts) Measure(item, file, cancellation);
        }

        if (!ofFiles.HasErrors) return;
        ofFiles.AddRange(ofLayouts.ToSortedArray());
        LogErrors(ofFiles);
    }

    private ILookup<string, string>? FindCurrent(LayoutRoot file)
    {
        ILookup<string, string>? notes = Manifest.Has(file.Path, Step) ? BuildStamp.FindCurrent(file.GetStampPath(Step), Parameters) : null;
        if (notes is not null && notes[IsRoot].Any()) Log.LogMessage(MessageImportance.Normal, "{0}: the facts are up to date", file.Name);
        return notes;
    }

    private void Measure(ITaskItem item, LayoutRoot file, CancellationToken cancellation)
    {
        // The states of files are taken before they are read: one that changes meanwhile is measured again the next time.
        var stamp = new BuildStamp(Parameters);
        stamp.AddFile(file.Path);
        SourceText? text = Analysis.Files.LayoutFiles.ReadText(file.Path, ofFiles);
        bool isRoot = text is null || LayoutCompiler.Parse(text).Declarations.Any(d => d.Declaration is LayoutHeaderSyntax);
        if (!isRoot)
        {
            Finish(item, file, stamp, isRoot: false, Array.Empty<string>(), Array.Empty<string>());
            return;
        }

        LoadedLayout loaded = Analysis.Files.LayoutFiles.Load(file.Path, LayoutParameter.ParseList(Parameters));
        foreach (Diagnostic diagnostic in loaded.Diagnostics) (IsAboutFiles(diagnostic) ? ofFiles : ofLayouts).Add(diagnostic);
        string[] included = loaded.Texts.Keys.Where(p => p != file.Path).ToArray();
        if (loaded.Bound is null)
        {
            Use(item, file, isRoot: true, included);
            return;
        }

        string directory = Analysis.Files.LayoutFiles.GetDirectory(loaded.Bound);
        stamp.AddFiles(included);
        foreach (string pattern in ObjectMeasurer.GetPatterns(loaded.Bound)) stamp.AddPattern(directory, pattern);
        stamp.AddFiles(ObjectMeasurer.FindMemberSources(loaded.Bound, directory).Select(f => Path.Combine(directory, f)));
        string members = LayoutPath.GetRelative(directory, file.GetStampPath("members"));
        Result<FactsFile> facts = MeasurementCache.Measure(loaded.Bound, directory, members, file.GetStampPath("contents"), null, cancellation);
        ofFiles.AddRange(facts.Diagnostics);
        if (facts.Value is not { } value) return;
        stamp.AddFiles(ThinMembers(value, directory));
        OutputFile.WriteIfChanged(file.FactsPath, FactsText.Write(value));
        stamp.AddFile(file.FactsPath);
        string[] written = ObjectMeasurer.FindWritten(loaded.Bound, value, members).Select(f => Path.GetFullPath(Path.Combine(directory, f))).ToArray();
        stamp.AddFiles(written);
        Finish(item, file, stamp, isRoot: true, included, written.Append(file.FactsPath).Append(file.GetStampPath("contents")));
        Log.LogMessage(MessageImportance.Normal, "{0}: measured {1} objects", file.Name, value.Objects.Count);
    }

    private void Finish(ITaskItem item, LayoutRoot file, BuildStamp stamp, bool isRoot, IEnumerable<string> included, IEnumerable<string> outputs)
    {
        if (isRoot) stamp.AddNote(IsRoot, file.Path);
        foreach (string path in included) stamp.AddNote(IncludedFile, path);
        string stampPath = file.GetStampPath(Step);
        stamp.Save(stampPath);
        Manifest.Set(file.Path, Step, outputs.Append(stampPath));
        Use(item, file, isRoot, included);
    }

    private void Use(ITaskItem item, LayoutRoot file, bool isRoot, IEnumerable<string> included)
    {
        if (!isRoot) return;
        var layout = new TaskItem(file.Path);
        item.CopyMetadataTo(layout);
        layouts.Add(layout);

        // A file that is included from outside the project is no item of it, yet the generator has to see it.
        foreach (string path in included.Where(known.Add)) compilerInputs.Add(new TaskItem(path));
        if (!File.Exists(file.FactsPath)) return;
        var facts = new TaskItem(file.FactsPath);
        facts.SetMetadata("LayoutRoot", file.Path);
        compilerInputs.Add(facts);
    }

    /// <summary>A thin archive is a list of paths: the files that it names are inputs too.</summary>
    private static IEnumerable<string> ThinMembers(FactsFile facts, string directory) => facts.Objects
        .Where(o => o.Member is not null)
        .GroupBy(o => o.Path, StringComparer.Ordinal)
        .Where(g => IsThin(Path.Combine(directory, g.Key)))
        .SelectMany(g => g.Select(o => Path.Combine(directory, o.Member!)));

    private static bool IsThin(string archive)
    {
        using FileStream stream = File.OpenRead(archive);
        var start = new byte[8];
        return stream.Read(start, 0, start.Length) == start.Length && ObjectFiles.ObjectFileKinds.Detect(start) == ObjectFiles.ObjectFileKind.ThinArchive;
    }

    private static bool IsAboutFiles(Diagnostic diagnostic) => diagnostic.Id.StartsWith("LAY4", StringComparison.Ordinal);
}
