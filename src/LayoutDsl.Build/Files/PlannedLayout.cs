using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Build.Files;

/// <summary>A layout with its facts and its plan: what the steps after compiling work from.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Facts">The facts that were measured before compiling.</param>
/// <param name="Plan">The plan that the generator made too.</param>
/// <param name="Locked">The lock that the plan was made with; null when there is none.</param>
/// <param name="Inputs">Every file that this was made from.</param>
internal sealed record PlannedLayout(BoundLayout Layout, FactsFile Facts, LayoutPlan Plan, LockFile? Locked, IReadOnlyList<string> Inputs)
{
    /// <summary>Reads and plans; null after errors.</summary>
    public static PlannedLayout? Load(LayoutRoot root, EquatableArray<LayoutParameter> parameters, DiagnosticBag bag)
    {
        LoadedLayout loaded = LayoutFiles.Load(root.Path, parameters);
        bag.AddRange(loaded.Diagnostics);
        if (loaded.Bound is null) return null;
        SourceText? text = LayoutFiles.ReadText(root.FactsPath, bag);
        if (text is null)
        {
            if (!bag.HasErrors) bag.ReportFileAccess(SourceLocation.OfFile(root.Path), root.FactsPath, "the layout is not measured yet; run the target LayoutMeasure");
            return null;
        }

        Result<FactsFile> facts = LayoutCompiler.ReadFacts(text);
        bag.AddRange(facts.Diagnostics);
        if (facts.Value is null) return null;
        (LayoutPlan? plan, LockFile? locked) = LockFiles.Plan(loaded.Bound, facts.Value, bag);
        if (plan is null) return null;
        return new PlannedLayout(loaded.Bound, facts.Value, plan, locked, loaded.Texts.Keys.Append(root.FactsPath).Append(LockFiles.GetPath(root.Path)).ToArray());
    }
}
