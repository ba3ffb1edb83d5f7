using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Verifying;
using LayoutDsl.Build.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using Microsoft.Build.Framework;

namespace LayoutDsl.Build.Tasks;

/// <summary>Compares every image with the plan.</summary>
public sealed class VerifyImages : PlanTask
{
    private protected override string Step => "verified";

    private protected override IEnumerable<string> GetInputs(StepContext context, PlannedLayout planned) => planned.Plan.Images.Select(i => LinkImages.ImageOf(context, i));

    /// <summary>Nothing but the stamp.</summary>
    private protected override IEnumerable<string> GetOutputs(StepContext context, PlannedLayout planned) => Array.Empty<string>();

    private protected override IReadOnlyList<string> RunStep(StepContext context, PlannedLayout planned, DiagnosticBag bag, CancellationToken cancellation)
    {
        IReadOnlyList<ImagePlan> images = planned.Plan.Images;
        ILookup<string, ObjectFacts> objects = planned.Facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
        var found = new DiagnosticBag[images.Count];
        Parallel.For(0, images.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            found[i] = new DiagnosticBag();
            if (ImageFiles.Read(LinkImages.ImageOf(context, images[i]), found[i]) is { } file) PlanVerifier.Verify(planned.Plan, images[i], file, objects, found[i]);
        });

        foreach (DiagnosticBag one in found) bag.AddRange(one.ToSortedArray());
        int correct = found.Count(f => !f.HasErrors);
        Log.LogMessage(MessageImportance.High, "{0}: verified {1} of {2} images", context.Root.Name, correct, images.Count);
        return Array.Empty<string>();
    }

    private protected override void LogUpToDate(StepContext context, int count) =>
        Log.LogMessage(MessageImportance.Normal, "{0}: verified before: {1} images", context.Root.Name, count);
}
