using System;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Build.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Locking;
using Microsoft.Build.Framework;

namespace LayoutDsl.Build.Tasks;

/// <summary>
/// Writes the locks of layouts whose plans are not what their locks say. Runs before the compiler, which gets the new lock. A layout with errors is left to the compiler.
/// </summary>
public sealed class UpdateLocks : LayoutTask
{
    /// <summary>Root files, as <see cref="MeasureLayouts"/> gave them.</summary>
    [Required]
    public ITaskItem[] Layouts { get; set; } = Array.Empty<ITaskItem>();

    private protected override void Run(CancellationToken cancellation)
    {
        foreach (ITaskItem item in Layouts)
        {
            cancellation.ThrowIfCancellationRequested();
            LayoutRoot root = RootOf(item);
            if (PlannedLayout.Load(root, new DiagnosticBag()) is not { } planned) continue;
            LockFile now = LockFile.From(planned.Plan);
            if (planned.Locked is { } before && !LockDiff.Between(before, now).Any(c => c.ChangesPlan)) continue;
            var bag = new DiagnosticBag();
            LockFile written = planned.Locked?.Update(now) ?? now;
            if (LockFiles.Write(root.Path, written, bag)) Log.LogMessage(MessageImportance.High, "{0}: wrote the lock, {1} slots", root.Name, written.Slots.Count);
            LogErrors(bag);
        }
    }
}
