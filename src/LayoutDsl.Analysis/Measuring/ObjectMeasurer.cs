using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Rewriting;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>Measures the objects of a layout: finds the files of its patterns and reads sizes, alignments and common symbols.</summary>
public static class ObjectMeasurer
{
    /// <summary>Where members of archives are taken out to when nothing else is said: each layout has a folder of its own below its own.</summary>
    public static string GetDefaultMemberDirectory(BoundLayout layout) => $"obj/{LayoutPath.GetStem(layout.Path)}/members";

    /// <summary>Measures, with the members of archives in <see cref="GetDefaultMemberDirectory"/>.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    /// <param name="progress">Told after each file how many are done, and of how many; may be null.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<FactsFile> Measure(BoundLayout layout, string directory, Action<int, int>? progress, CancellationToken cancellation) =>
        Measure(layout, directory, GetDefaultMemberDirectory(layout), progress, cancellation);

    /// <summary>
    /// Measures. A pattern without files gives facts without files, which the planner reports at its place; a damaged file is reported here.
    /// Reads only: <see cref="Linking.MemberFiles"/> takes the members out that the facts name. Where libraries are placed at random, it writes the rewritten objects, which are measured then.
    /// </summary>
    /// <param name="layout">The layout.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    /// <param name="memberDirectory">Folder for members of archives, with <c>/</c> separators: relative to <paramref name="directory"/>, or rooted.</param>
    /// <param name="progress">Told after each file how many are done, and of how many; may be null.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<FactsFile> Measure(
        BoundLayout layout, string directory, string memberDirectory, Action<int, int>? progress, CancellationToken cancellation) =>
        Measure(layout, directory, memberDirectory, null, progress, cancellation);

    /// <summary>The same; <paramref name="read"/>, if there is one, is told of every file that is read.</summary>
    internal static Result<FactsFile> Measure(
        BoundLayout layout, string directory, string memberDirectory, ReadFiles? read, Action<int, int>? progress, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        (InputFacts Facts, SourceLocation Location)[] inputs = FindInputs(layout, directory, bag).ToArray();
        var perImage = new HashSet<(string, InputKind)>(GetInputs(layout).Where(i => i.IsPerImage).Select(i => (i.Pattern, i.Kind)));
        var compared = new HashSet<string>(inputs.Where(i => perImage.Contains((i.Facts.Pattern, i.Facts.Kind))).SelectMany(i => i.Facts.Files), StringComparer.Ordinal);
        (string Path, InputKind Kind, SourceLocation Location)[] files = inputs
            .Where(i => i.Facts.Kind != InputKind.Members)
            .SelectMany(i => i.Facts.Files.Select(f => (Path: f, i.Facts.Kind, i.Location)))
            .GroupBy(f => f.Path, StringComparer.Ordinal)
            .Select(g => g.First())
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .ToArray();
        var measured = new FileMeasurement[files.Length];
        int done = 0;
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            measured[i] = FileMeasurement.Read(directory, files[i].Path, files[i].Kind == InputKind.Archive, compared.Contains(files[i].Path), files[i].Location, read);
            progress?.Invoke(Interlocked.Increment(ref done), files.Length);
        });

        foreach (FileMeasurement file in measured) bag.AddRange(file.Diagnostics);
        IEnumerable<InputFacts> described = inputs.Select(i => i.Facts);
        IEnumerable<ObjectFacts> objects = measured.SelectMany(m => m.Objects);
        IReadOnlyList<string> missing = [];
        if (!bag.HasErrors && inputs.Any(i => i.Facts.Kind == InputKind.Members))
        {
            cancellation.ThrowIfCancellationRequested();
            MemberMeasurement members = MemberMeasurement.Measure(layout, directory, memberDirectory, inputs, read, bag);
            described = described.Where(i => i.Kind != InputKind.Members).Concat(members.Inputs).OrderBy(i => i.Pattern, StringComparer.Ordinal).ThenBy(i => i.Kind);
            missing = members.Missing;
            objects = objects.Concat(members.Objects).OrderBy(o => o.Path, StringComparer.Ordinal);
        }

        var facts = new FactsFile(described.ToEquatableArray(), objects.ToEquatableArray()) { Missing = missing.ToEquatableArray() };
        if (!bag.HasErrors && BlockRewriter.IsNeeded(layout))
        {
            Result<FactsFile> rewritten = BlockRewriter.Rewrite(layout, facts, directory, GetBlockDirectory(memberDirectory), cancellation);
            bag.AddRange(rewritten.Diagnostics);
            facts = rewritten.Value ?? facts;
        }

        return new Result<FactsFile>(bag.HasErrors ? null : facts, bag.ToSortedArray());
    }

    /// <summary>The files that measuring wrote: the rewritten objects of libraries that are placed at random, as paths of the facts.</summary>
    public static IEnumerable<string> FindWritten(BoundLayout layout, FactsFile facts, string memberDirectory)
    {
        string folder = GetBlockDirectory(memberDirectory) + "/";
        return layout.IsShuffled ? facts.Objects.Select(o => o.Path).Where(p => p.StartsWith(folder, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal) : [];
    }

    private static string GetBlockDirectory(string memberDirectory) => LayoutPath.Combine(LayoutPath.GetDirectory(memberDirectory), "blocks");

    /// <summary>
    /// The archives that members are taken out of, in ordinal order, with those that linker scripts name and the files that thin ones name: together with
    /// the patterns, what a build must watch. What cannot be read is left out.
    /// </summary>
    /// <param name="layout">The layout.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    /// <returns>Paths as the layout and the archives have them: relative to <paramref name="directory"/>, or rooted.</returns>
    public static IReadOnlyList<string> FindMemberSources(BoundLayout layout, string directory) => MemberArchives
        .Open(new LinkFileSource(directory).Files, FindInputs(layout, directory, new DiagnosticBag()), new DiagnosticBag())
        .All
        .SelectMany(a => a.File.IsThin ? a.File.Members.Select(m => LayoutPath.Combine(LayoutPath.GetDirectory(a.Path), m.Name)).Prepend(a.Path) : [a.Path])
        .Distinct(StringComparer.Ordinal)
        .OrderBy(p => p, StringComparer.Ordinal)
        .ToArray();

    /// <summary>The patterns whose files are measured, each once, in ordinal order; those of families with their members' numbers.</summary>
    public static IReadOnlyList<string> GetPatterns(BoundLayout layout) => GetInputs(layout)
        .Select(i => i.Pattern)
        .Distinct(StringComparer.Ordinal)
        .OrderBy(p => p, StringComparer.Ordinal)
        .ToArray();

    private static IEnumerable<(string Pattern, InputKind Kind, SourceLocation Location, bool IsPerImage)> GetInputs(BoundLayout layout)
    {
        var libraries = layout.Libraries.ToDictionary(l => l.Name, StringComparer.Ordinal);
        foreach (BoundInput input in layout.Libraries.SelectMany(l => l.Inputs).Where(i => !i.IsPerImage)) yield return (input.Pattern, input.Kind, input.Location, false);
        foreach (BoundImage image in layout.Images)
        {
            BoundInput[] perImage = image.Libraries.Select(l => libraries[l]).Where(l => l.IsPerImage).SelectMany(l => l.Inputs).Where(i => i.IsPerImage).ToArray();
            foreach (ImageMember member in image.Members)
            {
                foreach (BoundInput input in image.Inputs) yield return (input.Expand(member), input.Kind, input.Location, false);
                foreach (BoundInput input in perImage) yield return (input.Expand(member), input.Kind, input.Location, true);
            }
        }
    }

    /// <summary>Every pattern of the layout with its files, once, in ordinal order.</summary>
    internal static IEnumerable<(InputFacts Facts, SourceLocation Location)> FindInputs(BoundLayout layout, string directory, DiagnosticBag bag)
    {
        return GetInputs(layout)
            .GroupBy(i => (i.Pattern, i.Kind))
            .OrderBy(g => g.Key.Pattern, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Kind)
            .Select(g => (new InputFacts(g.Key.Pattern, g.Key.Kind, Expand(directory, g.Key.Pattern, g.First().Location, bag)), g.First().Location));
    }

    private static EquatableArray<string> Expand(string directory, string pattern, SourceLocation location, DiagnosticBag bag)
    {
        try
        {
            return FilePatterns.Expand(directory, pattern).ToEquatableArray();
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(location, pattern, exception.Message);
            return default;
        }
    }
}
