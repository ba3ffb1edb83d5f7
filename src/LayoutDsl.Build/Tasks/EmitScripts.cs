using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Build.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using Microsoft.Build.Framework;

namespace LayoutDsl.Build.Tasks;

/// <summary>Writes the scripts and response files of all images. Those that do not change keep their time.</summary>
public sealed class EmitScripts : PlanTask
{
    /// <summary>The linker that will read the scripts: <c>gnu</c>, <c>gold</c> or <c>lld</c>; GNU ld when empty.</summary>
    public string LinkerKind { get; set; } = "";

    private protected override string Step => "emitted";

    private protected override IEnumerable<string> GetSettings(StepContext context) => base.GetSettings(context).Append(LinkerKind);

    private protected override IEnumerable<string> GetInputs(StepContext context, PlannedLayout planned) => BaseOf(planned);

    private protected override IEnumerable<string> GetOutputs(StepContext context, PlannedLayout planned) => ScriptsOf(context, planned);

    private protected override IReadOnlyList<string> RunStep(StepContext context, PlannedLayout planned, DiagnosticBag bag, CancellationToken cancellation)
    {
        Result<IReadOnlyList<string>> written = ScriptWriter.WriteAll(planned.Layout, planned.Plan, context.ScriptDirectory, LinkerKinds.Parse(LinkerKind) ?? Model.LinkerKind.Gnu);
        bag.AddRange(written.Diagnostics);
        if (written.Value is not { } files || bag.HasErrors) return written.Value ?? Array.Empty<string>();
        string[] all = ScriptsOf(context, planned).ToArray();
        Log.LogMessage(MessageImportance.Normal, "{0}: emitted {1} files, unchanged {2}", context.Root.Name, files.Count, all.Length - files.Count);
        return all;
    }

    private protected override void LogUpToDate(StepContext context, int count) =>
        Log.LogMessage(MessageImportance.Normal, "{0}: the scripts of {1} images are up to date", context.Root.Name, count);

    /// <summary>The script of an overlay, which decides what fits into it.</summary>
    internal static IEnumerable<string> BaseOf(PlannedLayout planned) => ScriptWriter.FindBasePath(planned.Layout) is { } path ? new[] { Path.GetFullPath(path) } : Array.Empty<string>();

    internal static IEnumerable<string> ScriptsOf(StepContext context, PlannedLayout planned) => planned.Plan.Images
        .SelectMany(i => new[] { ScriptWriter.GetScriptPath(context.ScriptDirectory, planned.Plan, i), ScriptWriter.GetResponseFilePath(context.ScriptDirectory, i) })
        .Concat(planned.Layout.Scripts.Select(s => ScriptWriter.GetScriptPath(context.ScriptDirectory, s)));
}
