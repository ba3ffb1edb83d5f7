using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace LayoutDsl.Generator.Tests.Support;

/// <summary>What the generator's steps did in one run.</summary>
internal sealed class StepReport
{
    private readonly Dictionary<string, IncrementalStepRunReason[]> reasons;

    public StepReport(GeneratorRunResult run) => reasons = StepNames.All.ToDictionary(
        name => name,
        name => run.TrackedSteps.TryGetValue(name, out var steps) ? steps.SelectMany(s => s.Outputs).Select(o => o.Reason).ToArray() : []);

    /// <summary>Steps with an output that the steps after them must look at again, in the order of the pipeline.</summary>
    public IEnumerable<string> Changed =>
        StepNames.All.Where(n => reasons[n].Any(r => r is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified or IncrementalStepRunReason.Removed));

    /// <summary>Steps of which anything ran, whatever came out.</summary>
    public IEnumerable<string> Ran => StepNames.All.Where(n => reasons[n].Any(r => r != IncrementalStepRunReason.Cached));

    /// <summary>The steps that changed, with what happened.</summary>
    public override string ToString() => string.Join("; ", Changed.Select(n => n + ": " + string.Join(", ", reasons[n])));

    /// <summary>What happened to each output of a step.</summary>
    public IReadOnlyList<IncrementalStepRunReason> this[string step] => reasons[step];
}
