using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Build.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using Microsoft.Build.Framework;

namespace LayoutDsl.Build.Tasks;

/// <summary>
/// A step that works from the plans of layouts, after compiling. A layout with errors does not get here unless the step is called without the compiler,
/// so errors are logged, and warnings, which the generator reports, are not.
/// </summary>
public abstract class PlanTask : LayoutTask
{
    /// <summary>Root files, as <see cref="MeasureLayouts"/> gave them. The metadata <c>ScriptDirectory</c> and <c>ImageDirectory</c> win over the properties.</summary>
    [Required]
    public ITaskItem[] Layouts { get; set; } = Array.Empty<ITaskItem>();

    /// <summary>Folder for scripts; each layout has one of its own in it.</summary>
    [Required]
    public string ScriptDirectory { get; set; } = "";

    /// <summary>Folder for images.</summary>
    public string ImageDirectory { get; set; } = "";

    /// <summary>Name of the step, for its stamp and the list of outputs.</summary>
    private protected abstract string Step { get; }

    private protected sealed override void Run(CancellationToken cancellation)
    {
        var writers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ITaskItem item in Layouts)
        {
            cancellation.ThrowIfCancellationRequested();
            LayoutRoot root = RootOf(item);
            string scripts = DirectoryOf(item, nameof(ScriptDirectory)) ?? root.GetScriptDirectory(FullPath(ScriptDirectory));
            string images = DirectoryOf(item, nameof(ImageDirectory)) ?? (ImageDirectory.Length > 0 ? FullPath(ImageDirectory) : "");
            var context = new StepContext(root, scripts, images);
            var bag = new DiagnosticBag();
            if (IsAllowed(scripts, bag) && (images.Length == 0 || IsAllowed(images, bag))) RunStep(context, writers, bag, cancellation);
            LogErrors(bag);
        }
    }

    /// <summary>The settings that the outputs depend on besides the layout.</summary>
    private protected virtual IEnumerable<string> GetSettings(StepContext context) => new[] { context.ScriptDirectory, context.ImageDirectory };

    /// <summary>The files that the step writes.</summary>
    private protected abstract IEnumerable<string> GetOutputs(StepContext context, PlannedLayout planned);

    /// <summary>Does the work for one layout.</summary>
    /// <returns>The outputs that are there now.</returns>
    private protected abstract IReadOnlyList<string> RunStep(StepContext context, PlannedLayout planned, DiagnosticBag bag, CancellationToken cancellation);

    /// <summary>Files that decide on the outputs besides the layout and its facts.</summary>
    private protected virtual IEnumerable<string> GetInputs(StepContext context, PlannedLayout planned) => Array.Empty<string>();

    /// <summary>Says that there was nothing to do.</summary>
    private protected abstract void LogUpToDate(StepContext context, int count);

    private void RunStep(StepContext context, Dictionary<string, string> writers, DiagnosticBag bag, CancellationToken cancellation)
    {
        LayoutRoot root = context.Root;
        string stampPath = root.GetStampPath(Step);
        string[] settings = GetSettings(context).Append(Parameters).ToArray();
        if (Manifest.Has(root.Path, Step) && BuildStamp.FindCurrent(stampPath, settings) is { } notes)
        {
            foreach (string output in notes["output"]) writers[output] = root.Name;
            LogUpToDate(context, notes["image"].Count());
            return;
        }

        PlannedLayout? planned = PlannedLayout.Load(root, LayoutParameter.ParseList(Parameters), bag);
        if (planned is null || !AreAlone(context, planned, writers, bag)) return;
        var stamp = new BuildStamp(settings);
        stamp.AddFiles(planned.Inputs.Concat(GetInputs(context, planned)));
        IReadOnlyList<string> outputs = RunStep(context, planned, bag, cancellation);
        if (bag.HasErrors)
        {
            Manifest.Add(root.Path, Step, outputs);
            return;
        }

        stamp.AddFiles(outputs);
        foreach (string output in GetOutputs(context, planned)) stamp.AddNote("output", output);
        foreach (string image in planned.Plan.Images.Select(i => i.Name)) stamp.AddNote("image", image);
        stamp.Save(stampPath);
        Manifest.Set(root.Path, Step, outputs.Append(stampPath));
    }

    /// <summary>Whether no other layout of the project writes the same files.</summary>
    private bool AreAlone(StepContext context, PlannedLayout planned, Dictionary<string, string> writers, DiagnosticBag bag)
    {
        foreach (string output in GetOutputs(context, planned))
        {
            if (!writers.TryGetValue(output, out string? other)) writers.Add(output, context.Root.Name);
            else if (other != context.Root.Name) bag.ReportOutputTwice(planned.Layout.Target.Location, output, other, context.Root.Name);
            if (bag.HasErrors) return false;
        }

        return true;
    }

    private string? DirectoryOf(ITaskItem item, string metadata) => item.GetMetadata(metadata) is { Length: > 0 } value ? FullPath(value) : null;

    private bool IsAllowed(string directory, DiagnosticBag bag)
    {
        // The folder of the project itself is as good as one below it.
        if (Owned.Contain(Path.Combine(directory, "output"))) return true;
        bag.ReportOutputOutsideProject(ProjectLocation, directory, ProjectDirectory);
        return false;
    }
}

/// <summary>A layout and where its outputs go, full paths; the folder for images is empty in a step without images.</summary>
internal sealed record StepContext(LayoutRoot Root, string ScriptDirectory, string ImageDirectory);
