using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Build.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using Microsoft.Build.Framework;

namespace LayoutDsl.Build.Tasks;

/// <summary>Links the images whose inputs changed. Images that fail keep their earlier files.</summary>
public sealed class LinkImages : PlanTask
{
    /// <summary>The linker: a name on the <c>PATH</c>, or a path.</summary>
    [Required]
    public string Linker { get; set; } = "";

    /// <summary>What the linker is: <c>gnu</c>, <c>gold</c> or <c>lld</c>; empty to ask it.</summary>
    public string LinkerKind { get; set; } = "";

    private protected override string Step => "linked";

    /// <summary>A path is relative to the project, as all paths of a project are; a name is looked up on the <c>PATH</c>.</summary>
    private string LinkerPath => Linker.IndexOfAny(new[] { '/', '\\' }) < 0 ? Linker : FullPath(Linker);

    private protected override IEnumerable<string> GetSettings(StepContext context) => base.GetSettings(context).Append(LinkerPath).Append(LinkerKind);

    private protected override IEnumerable<string> GetInputs(StepContext context, PlannedLayout planned) => FindLinker().Concat(EmitScripts.BaseOf(planned));

    private protected override IEnumerable<string> GetOutputs(StepContext context, PlannedLayout planned) => planned.Plan.Images.Select(i => ImageOf(context, i));

    private protected override IReadOnlyList<string> RunStep(StepContext context, PlannedLayout planned, DiagnosticBag bag, CancellationToken cancellation)
    {
        var options = new LinkOptions(context.ScriptDirectory, context.ImageDirectory, LinkerPath, 0, LinkerKinds.Parse(LinkerKind));
        Result<LinkSummary> result = FleetLinker.Link(planned.Layout, planned.Plan, planned.Facts, options, null, cancellation);
        bag.AddRange(result.Diagnostics);
        if (result.Value is not { } summary) return Array.Empty<string>();
        MessageImportance importance = summary.Linked.Count > 0 ? MessageImportance.High : MessageImportance.Normal;
        string failed = summary.Failed.Count > 0 ? FormattableString.Invariant($", failed {summary.Failed.Count}") : "";
        Log.LogMessage(importance, "{0}: linked {1}, up to date {2}{3} -> {4}", context.Root.Name, summary.Linked.Count, summary.UpToDate.Count, failed, context.ImageDirectory);
        return summary.Linked
            .Concat(summary.UpToDate)
            .Select(n => ImageOf(context, planned.Plan.GetImage(n)))
            .Concat(EmitScripts.ScriptsOf(context, planned))
            .Append(FleetLinker.GetRecordPath(planned.Layout, options))
            .Concat(new[] { FleetLinker.GetAnchorPath(planned.Layout, options) }.Where(File.Exists))
            .Concat(MemberFiles.GetPaths(planned.Layout, planned.Facts))
            .ToArray();
    }

    private protected override void LogUpToDate(StepContext context, int count) =>
        Log.LogMessage(MessageImportance.Normal, "{0}: linked 0, up to date {1}", context.Root.Name, count);

    internal static string ImageOf(StepContext context, ImagePlan image) => FleetLinker.GetImagePath(context.ImageDirectory, image);

    /// <summary>The linker's program, which makes other images after an upgrade.</summary>
    private IEnumerable<string> FindLinker()
    {
        if (Path.IsPathRooted(LinkerPath)) return new[] { LinkerPath };
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(new[] { Path.PathSeparator }, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(d => new[] { Path.Combine(d, LinkerPath), Path.Combine(d, LinkerPath + ".exe") })
            .Where(File.Exists)
            .Take(1);
    }
}
