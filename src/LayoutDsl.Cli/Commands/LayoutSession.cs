using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Commands;

/// <summary>A layout on its way through the stages, as far as a command needs them. What a stage has to say is reported as it is said.</summary>
internal sealed class LayoutSession
{
    private readonly CommandOutput output;

    public LayoutSession(CommandOutput output) => this.output = output;

    /// <summary>Reads and binds a layout; null after errors.</summary>
    public BoundLayout? Load(string path)
    {
        LoadedLayout loaded = output.Progress.While("reading " + path, () => LayoutFiles.Load(path, output.Parameters));
        output.AddTexts(loaded.Texts);
        output.Report(loaded.Diagnostics);
        return loaded.Bound;
    }

    /// <summary>The facts of a layout: from a file when one is named, else measured; null after errors.</summary>
    public FactsFile? GetFacts(BoundLayout layout, string? factsPath, CancellationToken cancellation)
    {
        if (factsPath is null)
        {
            string directory = LayoutFiles.GetDirectory(layout);
            Result<FactsFile> measured = MeasurementCache.Measure(
                layout,
                directory,
                ObjectMeasurer.GetDefaultMemberDirectory(layout),
                System.IO.Path.Combine(directory, MeasurementCache.GetDefaultPath(layout)),
                output.Progress.Count("measured"),
                cancellation);
            output.Report(measured.Diagnostics);
            return measured.Value;
        }

        var bag = new DiagnosticBag();
        SourceText? text = LayoutFiles.ReadText(factsPath, bag);
        if (text is null && bag.Count == 0) bag.ReportBadFacts(SourceLocation.OfFile(factsPath), "there is no such file");
        output.Report(bag.ToSortedArray());
        if (text is null) return null;
        Result<FactsFile> read = output.Progress.While("reading " + factsPath, () => LayoutCompiler.ReadFacts(text));
        output.Report(read.Diagnostics);
        return read.Value;
    }

    /// <summary>The plan of a layout with the lock beside it, if there is one; null after errors.</summary>
    public LayoutPlan? Plan(BoundLayout layout, FactsFile facts, CancellationToken cancellation)
    {
        LockFile? locked = ReadLock(layout);
        if (output.HasErrors || Plan(layout, facts, locked, cancellation) is not { } plan) return null;
        if (locked is not null) output.Report(LayoutCompiler.CompareLock(layout, plan, locked));
        return plan;
    }

    /// <summary>The plan of a layout with a lock; null after errors.</summary>
    public LayoutPlan? Plan(BoundLayout layout, FactsFile facts, LockFile? locked, CancellationToken cancellation)
    {
        Result<LayoutPlan> plan = LayoutCompiler.Plan(layout, facts, locked, output.Progress.OfPlanning(cancellation));
        output.Report(plan.Diagnostics);
        return plan.Value;
    }

    /// <summary>The lock beside a layout; null when there is none, or after errors.</summary>
    public LockFile? ReadLock(BoundLayout layout) => ReadLock(LockFiles.GetPath(layout.Path));

    /// <summary>All stages up to the plan; null after errors.</summary>
    /// <param name="path">The layout.</param>
    /// <param name="factsPath">What was measured; null to measure.</param>
    /// <param name="part">The images that are planned; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    public (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan)? LoadPlan(string path, string? factsPath, FleetPart? part, CancellationToken cancellation)
    {
        if (part is not null) return LoadPart(path, factsPath, part, cancellation) is { } made ? (made.Layout, made.Facts, made.Plan) : null;
        return Load(path) is { } layout && GetFacts(layout, factsPath, cancellation) is { } facts && Plan(layout, facts, cancellation) is { } plan ? (layout, facts, plan) : null;
    }

    /// <summary>The plan of some images, and the lock that stands for the others; null after errors.</summary>
    public (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan, LockFile Locked, string LockPath)? LoadPart(string path, string? factsPath, FleetPart part, CancellationToken cancellation)
    {
        if (Load(path) is not { } layout || Select(layout, part) is not { } selected) return null;
        string lockPath = part.LockPath ?? LockFiles.GetPath(layout.Path);
        LockFile? locked = ReadLock(lockPath);
        if (locked is null && !output.HasErrors)
        {
            var bag = new DiagnosticBag();
            bag.ReportNotAlone(layout.Target.Location, $"there is no lock '{lockPath}'");
            output.Report(bag.ToSortedArray());
        }

        // Which members of an archive a fleet needs is known of the whole fleet only.
        bool needsAll = layout.Libraries.Any(l => l.Inputs.Any(i => i.Kind == InputKind.Members));
        if (locked is null || output.HasErrors || GetFacts(needsAll ? layout : selected, factsPath, cancellation) is not { } facts) return null;
        Result<LayoutPlan> plan = LayoutCompiler.PlanImages(selected, facts, locked, selected.Images.Select(i => i.Name).ToArray(), new PlanProgress(null, cancellation));
        output.Report(plan.Diagnostics);
        return plan.Value is { } made ? (selected, facts, made, locked, lockPath) : null;
    }

    private BoundLayout? Select(BoundLayout layout, FleetPart part)
    {
        if (part.Images.Length == 0) return layout;
        BoundLayout? selected = LayoutCompiler.Select(layout, part.Images);
        if (selected is not null) return selected;
        var bag = new DiagnosticBag();
        string[] known = layout.Images.Select(i => i.Name).ToArray();
        foreach (string name in part.Images.Where(n => LayoutCompiler.Select(layout, [n]) is null)) bag.ReportUnknownName(layout.Target.Location, "image", name, known);
        output.Report(bag.ToSortedArray());
        return null;
    }

    private LockFile? ReadLock(string lockPath)
    {
        var bag = new DiagnosticBag();
        LockFile? locked = LockFiles.ReadFile(lockPath, bag);
        output.Report(bag.ToSortedArray());
        return locked;
    }
}
