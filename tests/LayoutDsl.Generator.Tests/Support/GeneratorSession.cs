using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LayoutDsl.Generator.Tests.Support;

/// <summary>An editor with a project open: the generator keeps what it knows from one edit to the next.</summary>
internal sealed class GeneratorSession
{
    private CSharpGeneratorDriver driver;
    private TestProject current;

    private GeneratorSession(TestProject project)
    {
        current = project;
        driver = CSharpGeneratorDriver.Create(
            [new LayoutGenerator().AsSourceGenerator()],
            project.Files,
            project.ParseOptions,
            project.Options,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Project = Run(project.ToCompilation());
    }

    /// <summary>What was generated last.</summary>
    public GeneratedProject Project { get; private set; }

    /// <summary>Runs the generator for the first time, and again, which must find that there is nothing to do.</summary>
    public static GeneratorSession Start(TestProject project)
    {
        var session = new GeneratorSession(project);
        session.AssertSecondRunIsCached();
        return session;
    }

    /// <summary>Runs the generator for an edited project and tells for each step what happened to its outputs.</summary>
    public StepReport Edit(TestProject project)
    {
        var old = current.Files.ToDictionary(f => f.Path);

        // As in an editor, a file that is not edited stays the same object.
        project = project with { Files = [.. project.Files.Select(f => old.TryGetValue(f.Path, out TestFile? before) && before.HasContentOf(f) ? before : f)] };
        foreach (TestFile file in project.Files)
        {
            if (!old.Remove(file.Path, out TestFile? before)) driver = (CSharpGeneratorDriver)driver.AddAdditionalTexts([file]);
            else if (before != file) driver = (CSharpGeneratorDriver)driver.ReplaceAdditionalText(before, file);
        }

        driver = (CSharpGeneratorDriver)driver.RemoveAdditionalTexts([.. old.Values]);
        if (project.Options != current.Options) driver = (CSharpGeneratorDriver)driver.WithUpdatedAnalyzerConfigOptions(project.Options);
        current = project;
        Project = Run(project.ToCompilation());
        var report = new StepReport(Project.Run);
        AssertSecondRunIsCached();
        return report;
    }

    private GeneratedProject Run(CSharpCompilation compilation)
    {
        driver = (CSharpGeneratorDriver)driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        GeneratorRunResult run = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(run.Exception);
        return new GeneratedProject(run, diagnostics, (CSharpCompilation)output);
    }

    private void AssertSecondRunIsCached()
    {
        GeneratedProject first = Project;
        GeneratedProject second = Run(current.ToCompilation());
        Assert.Empty(new StepReport(second.Run).ToString());
        Assert.Equal(first.Run.GeneratedSources.Select(s => s.SourceText.ToString()), second.Run.GeneratedSources.Select(s => s.SourceText.ToString()));
        IEnumerable<string> ran = second.Run.TrackedOutputSteps.SelectMany(o => o.Value).SelectMany(s => s.Outputs).Select(o => o.Reason.ToString()).Distinct();
        Assert.Equal(["Cached"], ran.DefaultIfEmpty("Cached"));
    }
}
