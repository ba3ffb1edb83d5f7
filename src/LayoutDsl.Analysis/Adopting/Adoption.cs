using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>Writes the layout of a captured build, or brings it up to date.</summary>
public sealed class Adoption
{
    private const ulong PageSize = 4096;

    private readonly string path;
    private readonly AdoptedFolder folder;
    private readonly DiagnosticBag bag;
    private readonly CancellationToken cancellation;
    private readonly IReadOnlyList<AdoptedImage> images;
    private readonly LibraryGrouping grouping;
    private readonly IReadOnlyList<AdoptedSection> sections;

    private Adoption(string path, IReadOnlyList<AdoptedImage> images, DiagnosticBag bag, CancellationToken cancellation)
    {
        this.path = path;
        this.images = images;
        this.bag = bag;
        this.cancellation = cancellation;
        folder = new AdoptedFolder(path);
        grouping = LibraryGrouping.Of(images);
        sections = SectionInference.Infer(images);
    }

    /// <summary>Adopts a build.</summary>
    /// <param name="captures">Folders that <c>layout capture</c> wrote.</param>
    /// <param name="path">The layout to write.</param>
    /// <param name="programs">Which programs of the build are its images; empty for all.</param>
    /// <param name="progress">Told what was done, how many, and of how many; may be null.</param>
    /// <param name="cancellation">Ends running linkers.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<AdoptionSummary> Adopt(IReadOnlyList<string> captures, string path, IReadOnlyList<string> programs, Action<int, int>? progress, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        AdoptionSummary? summary = null;
        try
        {
            if (Capture.Read(captures, bag) is { } capture && AdoptedBuild.Read(capture, programs, progress, bag, cancellation) is { } images)
            {
                var adoption = new Adoption(path, images, bag, cancellation);
                adoption.ReportUnknownSteps(capture);
                summary = adoption.Write(captures, programs);
            }
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(SourceLocation.OfFile(path), path, exception.Message);
        }

        return new Result<AdoptionSummary>(bag.HasErrors ? null : summary, bag.ToSortedArray());
    }

    private void ReportUnknownSteps(Capture capture)
    {
        foreach (AdoptedImage image in images)
        {
            foreach (CapturedFile file in image.Steps.SelectMany(s => s.Outputs).Prepend(image.Output).GroupBy(f => f.FullPath).Select(g => g.Last()))
            {
                if (capture.Final.TryGetValue(file.FullPath, out CapturedFile? final) && capture.GetId(final) != capture.GetId(file)) bag.ReportUnknownStep(file.FullPath);
            }
        }

        foreach ((string made, string image) in UncapturedOutputs.FindMade(capture, images)) bag.ReportUncapturedOutput(made, image);
    }

    private AdoptionSummary? Write(IReadOnlyList<string> captures, IReadOnlyList<string> programs)
    {
        BoundLayout? existing = File.Exists(path) ? LayoutFiles.Load(path).Bound : null;
        if (File.Exists(path) && !File.Exists(folder.GeneratedPath) && existing?.Overlay is not { IsCaptured: true })
        {
            bag.ReportNotAdopted(path, "exists, and 'layout adopt' did not write it", "name another file with -o");
            return null;
        }

        foreach (AdoptedImage image in images) folder.WriteObjects(image.Name, grouping.GetFiles(image, UsesOf(image)));
        if (FindTarget() is not { } target || FindPlaces(target, existing, out ulong end) is not { } places) return null;
        ulong mebibyte = 1UL << 20;
        ulong length = ((end - target.Origin) / mebibyte * mebibyte) + (2 * mebibyte);
        string name = existing is null || existing.Namespace.Length == 0 ? "Adopted." + char.ToUpperInvariant(Stem[0]) + Stem.Substring(1) : existing.Namespace + "." + existing.TypeName;
        string generated = Format(Write(name, target with { Length = length }, places));
        (string text, IReadOnlyList<string> refused) = Merge(generated);
        if (refused.Count > 0) bag.ReportEditKept(path, refused);
        bool isNew = OutputFile.WriteIfChanged(path, text);
        OutputFile.WriteIfChanged(folder.GeneratedPath, generated);
        folder.WriteSources(captures, programs);
        WriteLock();
        return new AdoptionSummary(images.Count, grouping.Libraries.Count, images.Sum(i => i.Objects.Count), images.Sum(i => i.Steps.Count), isNew);
    }

    private string Format(string text) => LayoutCompiler.Format(LayoutCompiler.Parse(new SourceText(path, text))).Value ?? text;

    /// <summary>From now on slots stay where they are. What has outgrown its slot is for 'layout lock' to say.</summary>
    private void WriteLock()
    {
        LoadedLayout loaded = LayoutFiles.Load(path);
        bag.AddRange(loaded.Diagnostics);
        if (loaded.Bound is not { } layout) return;
        Result<FactsFile> facts = ObjectMeasurer.Measure(layout, folder.Root, null, cancellation);
        bag.AddRange(facts.Diagnostics);
        if (facts.Value is null || AdoptedFolder.Plan(layout, facts.Value, bag) is not { Plan: { } plan } planned) return;
        LockFile now = LockFile.From(plan);
        if (planned.Locked is null || !LockDiff.Between(planned.Locked, now).Any(c => c.Kind == LockChangeKind.Moved)) LockFiles.Write(path, planned.Locked?.Update(now) ?? now, bag);
    }

    private string Stem => ImageNames.ToName(LayoutPath.GetStem(path.Replace('\\', '/')));

    private HashSet<string> UsesOf(AdoptedImage image) => new(grouping.Libraries.Where(l => l.Value.Contains(image.Name)).Select(l => l.Key), StringComparer.Ordinal);

    private string Write(string name, AdoptedTarget target, IReadOnlyDictionary<string, ulong> places) => AdoptedText.Write(name, target, folder, images, grouping, sections, places);

    private (string Text, IReadOnlyList<string> Refused) Merge(string generated)
    {
        if (!File.Exists(path)) return (generated, Array.Empty<string>());

        // A clone of a repository has the layout, and not the folder beside it: then nobody knows what was edited, and all of it stays.
        string before = File.Exists(folder.GeneratedPath) ? File.ReadAllText(folder.GeneratedPath) : generated;
        return TextMerge.Merge(before, File.ReadAllText(path), generated);
    }

    private AdoptedTarget? FindTarget()
    {
        ElfFile[] files = images.Select(i => ElfFile.Read(File.ReadAllBytes(i.Output.Copy), i.Output.Name)).ToArray();
        if (Architecture.All.FirstOrDefault(a => a.Machine == (int)files[0].Machine) is not { } architecture || files.Any(f => f.Machine != files[0].Machine))
        {
            bag.ReportNotAdopted(images[0].Output.FullPath, $"is for {string.Join(" and ", files.Select(f => f.Machine).Distinct())}", "adopt programs of one machine that layouts know: " + string.Join(", ", Architecture.All.Select(a => a.Name)));
            return null;
        }

        ulong origin = files.SelectMany(f => f.Segments).Where(s => s.Type == ElfSegmentType.Load && s.MemorySize > 0).Select(s => s.VirtualAddress).DefaultIfEmpty(0UL).Min() / PageSize * PageSize;
        return new AdoptedTarget(architecture.Name, PageSize, EntryOf(images[0]), origin, 0);
    }

    private static string EntryOf(AdoptedImage image)
    {
        IReadOnlyList<string> options = image.Arguments.Options;
        int at = options.ToList().FindLastIndex(o => o is "-e" or "--entry" or "-entry");
        if (at >= 0 && at + 1 < options.Count) return options[at + 1];
        string? joined = options.LastOrDefault(o => o.StartsWith("--entry=", StringComparison.Ordinal));
        if (joined is not null) return joined.Substring(8);
        return image.Scripts.Select(s => s.Entry).LastOrDefault(e => e.Length > 0) ?? "_start";
    }

    /// <summary>Plans with the slots far apart to see how much room they need, and then puts them together.</summary>
    private IReadOnlyDictionary<string, ulong>? FindPlaces(AdoptedTarget target, BoundLayout? existing, out ulong end)
    {
        end = target.Origin;
        string[] outputs = sections.Where(s => !s.Stays).Select(s => s.Output).Distinct(StringComparer.Ordinal).ToArray();
        ulong total = (ulong)images.SelectMany(i => i.Objects).GroupBy(o => o.Object.Id).Sum(g => (long)g.First().Object.Bytes.Length + (long)PageSize) * 2;
        ulong spacing = (total / PageSize * PageSize) + (1UL << 20);
        var apart = outputs.Select((o, i) => (o, Place: target.Origin + ((ulong)i * spacing))).ToDictionary(x => x.o, x => x.Place, StringComparer.Ordinal);
        string text = Write("Adopted.Measured", target with { Length = spacing * (ulong)(outputs.Length + 1) }, apart);
        Result<BoundLayout> bound = LayoutCompiler.Bind(LayoutCompiler.Parse(new SourceText(path, text)), _ => null);
        if (bound.Value is null)
        {
            bag.AddRange(bound.Diagnostics);
            return null;
        }

        Result<FactsFile> facts = ObjectMeasurer.Measure(bound.Value, LayoutFiles.GetDirectory(bound.Value), null, cancellation);
        Result<LayoutPlan> plan = facts.Value is null ? new Result<LayoutPlan>(null, facts.Diagnostics) : LayoutCompiler.Plan(bound.Value, facts.Value);
        if (plan.Value is null)
        {
            bag.AddRange(plan.Diagnostics);
            return null;
        }

        Dictionary<string, string> outputOf = sections.Where(s => !s.Stays).ToDictionary(s => s.Name, s => s.Output, StringComparer.Ordinal);
        Dictionary<string, ulong> areas = plan.Value.Libraries.SelectMany(l => l.Slots).Where(s => s.Size > 0 && outputOf.ContainsKey(s.Section))
            .GroupBy(s => outputOf[s.Section], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(s => s.End) - apart[g.Key], StringComparer.Ordinal);
        var earlier = (existing?.Placements ?? default).Where(p => p.From is not null)
            .SelectMany(p => p.Sections.Select(s => (Section: s, p.From)))
            .Where(p => outputOf.ContainsKey(p.Section))
            .GroupBy(p => outputOf[p.Section], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().From!.Value, StringComparer.Ordinal);
        if (existing?.Placements.FirstOrDefault(p => p.Subject == PlacementSubject.Images)?.From is { } jumps) earlier[AdoptedPlaces.Jumps] = jumps;
        return AdoptedPlaces.Find(images, outputs, areas, PageSize, earlier, out end);
    }
}

/// <summary>What adopting found.</summary>
/// <param name="Images">Programs.</param>
/// <param name="Libraries">Libraries that several of them have.</param>
/// <param name="Objects">Objects of all programs together.</param>
/// <param name="Steps">Runs of tools on programs after their links.</param>
/// <param name="IsChanged">Whether the layout was written anew.</param>
public sealed record AdoptionSummary(int Images, int Libraries, int Objects, int Steps, bool IsChanged);
