using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Adopting;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>Links the programs of a captured build again, with the slots of an adopted layout in their scripts, and does what the build did with them afterwards.</summary>
public sealed class Relinking
{
    private readonly BoundLayout layout;
    private readonly RelinkOptions options;
    private readonly DiagnosticBag bag;
    private readonly CancellationToken cancellation;
    private readonly AdoptedFolder folder;
    private readonly Dictionary<string, IReadOnlyList<string>> objects = new(StringComparer.Ordinal);
    private LibraryGrouping? grouping;

    private Relinking(BoundLayout layout, RelinkOptions options, DiagnosticBag bag, CancellationToken cancellation)
    {
        this.layout = layout;
        this.options = options;
        this.bag = bag;
        this.cancellation = cancellation;
        folder = new AdoptedFolder(layout.Path);
    }

    /// <summary>Links again what changed. A program that fails keeps its earlier file.</summary>
    /// <param name="layout">The adopted layout.</param>
    /// <param name="options">Where to.</param>
    /// <param name="progress">Told what was done, how many, and of how many; may be null.</param>
    /// <param name="cancellation">Ends running tools.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<RelinkSummary> Relink(BoundLayout layout, RelinkOptions options, Action<string, int, int>? progress, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        RelinkSummary? summary = null;
        try
        {
            summary = new Relinking(layout, options, bag, cancellation).Run(progress);
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(layout.Target.Location, options.Directory, exception.Message);
        }

        return new Result<RelinkSummary>(summary, bag.ToSortedArray());
    }

    /// <summary>The programs of an adopted layout as they would be linked again: for comparing what was linked before with the originals. Null after diagnostics.</summary>
    /// <param name="layout">The adopted layout.</param>
    /// <param name="directory">Folder of the programs.</param>
    /// <param name="cancellation">Ends running tools.</param>
    public static Result<IReadOnlyList<RelinkedImage>> FindImages(BoundLayout layout, string directory, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        var relinking = new Relinking(layout, new RelinkOptions(directory), bag, cancellation);
        try
        {
            IReadOnlyList<AdoptedImage>? images = relinking.ReadBuild(null);
            return new Result<IReadOnlyList<RelinkedImage>>(images?.Select(relinking.Describe).ToArray(), bag.ToSortedArray());
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(layout.Target.Location, directory, exception.Message);
            return new Result<IReadOnlyList<RelinkedImage>>(null, bag.ToSortedArray());
        }
    }

    private RelinkSummary? Run(Action<string, int, int>? progress)
    {
        if (ReadBuild((done, all) => progress?.Invoke("read", done, all)) is not { } images) return null;
        foreach (AdoptedImage image in images) WriteObjects(image);
        Result<FactsFile> facts = ObjectMeasurer.Measure(layout, folder.Root, (done, all) => progress?.Invoke("measured", done, all), cancellation);
        bag.AddRange(facts.Diagnostics);
        if (facts.Value is null || AdoptedFolder.Plan(layout, facts.Value, bag) is not { Plan: { } plan } planned) return null;
        if (planned.Locked is { } locked) bag.AddRange(LayoutCompiler.CompareLock(layout, plan, locked));
        ImageLink[] links = images.Select(i => LinkOf(i, plan)).ToArray();
        if (bag.HasErrors) return null;
        var linked = new List<string>();
        var upToDate = new List<string>();
        var failed = new List<string>();
        long leftOut = 0;
        foreach (IGrouping<string, (AdoptedImage Image, ImageLink Link)> group in images.Zip(links, (i, l) => (i, l)).GroupBy(x => x.i.Link.Program, StringComparer.Ordinal))
        {
            var linkOptions = new LinkOptions(ScriptDirectory, options.Directory, group.Key, options.Parallelism);
            Result<LinkSummary> result = FleetLinker.Link(layout, group.Select(g => g.Link).ToArray(), facts.Value, linkOptions, (done, all) => progress?.Invoke("linked", done, all), cancellation);
            bag.AddRange(result.Diagnostics);
            if (result.Value is not { } done) continue;
            linked.AddRange(done.Linked);
            upToDate.AddRange(done.UpToDate);
            failed.AddRange(done.Failed);
            leftOut += done.LeftOut;
        }

        foreach (AdoptedImage image in images.Where(i => !failed.Contains(i.Name) && !Finish(i, linked.Contains(i.Name))))
        {
            linked.Remove(image.Name);
            upToDate.Remove(image.Name);
            failed.Add(image.Name);
        }

        return new RelinkSummary(plan, facts.Value, new LinkSummary(linked, upToDate, failed) { LeftOut = leftOut }, images.Select(Describe).ToArray());
    }

    /// <summary>The programs of the layout as they were built last.</summary>
    private IReadOnlyList<AdoptedImage>? ReadBuild(Action<int, int>? progress)
    {
        if (folder.ReadSources(bag) is not { } sources || Capture.Read(sources.Captures, bag) is not { } capture) return null;
        if (AdoptedBuild.Read(capture, sources.Patterns, progress, bag, cancellation) is not { } all) return null;
        var known = new HashSet<string>(layout.Images.Select(i => i.Name), StringComparer.Ordinal);
        foreach (AdoptedImage image in all.Where(i => !known.Contains(i.Name))) bag.ReportImageUnknown(layout.Target.Location, image.Name, image.Output.FullPath);
        grouping = LibraryGrouping.Of(all);
        return all.Where(i => known.Contains(i.Name)).ToArray();
    }

    private void WriteObjects(AdoptedImage image)
    {
        BoundImage declared = layout.Images.First(i => i.Name == image.Name);
        objects[image.Name] = folder.WriteObjects(image.Name, grouping!.GetFiles(image, new HashSet<string>(declared.Libraries, StringComparer.Ordinal)));
    }

    private ImageLink LinkOf(AdoptedImage image, LayoutPlan plan)
    {
        ImagePlan planned = plan.GetImage(image.Name);
        CapturedScript whole = image.Scripts.Last(s => !s.IsInserted);
        foreach (SectionPlan section in plan.Sections)
        {
            bool isUsed = plan.GetLibraries(planned).SelectMany(l => l.GetSlots(planned)).Any(s => s.Section == section.Name && s.Size > 0);
            if (isUsed && !section.IsTable && ScriptWeaver.FindAnchor(whole, layout.Sections.First(s => s.Name == section.Name)) is null) bag.ReportNoAnchor(layout.Sections.First(s => s.Name == section.Name).Location, section.Name, image.Name, whole.Path);
        }

        string[] inserted = image.Scripts.Where(s => s.IsInserted).Select((s, i) => WriteInserted(image.Name, i, LayoutCompiler.WeaveScript(s, whole, plan, planned))).ToArray();
        IReadOnlyList<string> files = objects[image.Name];
        return new ImageLink(
            image.Name,
            image.Name,
            new ImageScript(image.Name + ".ld", false, null, _ => LayoutCompiler.WeaveScript(whole, whole, plan, planned)),
            () => LinkCommandEmitter.Quote(image.Arguments.Options.Concat(plan.Indirections.Select(i => "--wrap=" + i.Symbol)).Concat(inserted.SelectMany(i => new[] { "-T", i })).Concat(files)),
            [.. files, .. inserted]);
    }

    private string WriteInserted(string image, int number, string text)
    {
        string path = Path.GetFullPath(Path.Combine(ScriptDirectory, FormattableString.Invariant($"{image}.{number}.ld")));
        OutputFile.WriteIfChanged(path, text);
        return path;
    }

    /// <summary>Does what the build did after the link, unless it was done with this link before; false after a diagnostic.</summary>
    private bool Finish(AdoptedImage image, bool isLinked)
    {
        if (image.Steps.Count == 0) return true;
        PostLinkSteps steps = StepsOf(image);
        if ((!isLinked && steps.IsDone) || steps.Run(Describe(image).Linked, cancellation, out string command, out string problem)) return true;
        bag.ReportStepFailed(layout.Images.First(i => i.Name == image.Name).Location, image.Name, command, problem);
        return false;
    }

    private string ScriptDirectory => Path.Combine(options.Directory, "scripts");

    private PostLinkSteps StepsOf(AdoptedImage image) => new(image, Path.GetFullPath(Path.Combine(options.Directory, image.Name)));

    private RelinkedImage Describe(AdoptedImage image)
    {
        string linked = Path.GetFullPath(FleetLinker.GetImagePath(options.Directory, image.Name));
        string[] bounds = image.Scripts.SelectMany(s => s.Symbols).Distinct(StringComparer.Ordinal).ToArray();
        IEnumerable<string> moved = layout.Sections.Select(s => ScriptWeaver.FindAnchor(image.Scripts.Last(x => !x.IsInserted), s)).OfType<string>();
        return new RelinkedImage(image.Name, linked, image.Output.Copy, image.Steps.Count == 0 ? linked : StepsOf(image).Product, bounds, new HashSet<string>(moved, StringComparer.Ordinal), image.Arguments.Options.Contains("--gc-sections"));
    }
}
