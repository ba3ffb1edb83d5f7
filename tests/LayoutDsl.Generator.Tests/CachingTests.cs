using System;
using LayoutDsl.Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace LayoutDsl.Generator.Tests;

public sealed class CachingTests
{
    private static readonly TestProject Two = TestProject.Of(Samples.Fleet)
        .With("other.layout", Samples.Fleet.Replace("Demo.Fleet", "Demo.Other", StringComparison.Ordinal) + "\ninclude \"common.layout\";")
        .With("common.layout", "discard \".comment\";")
        .WithFacts("other.layout", Samples.Facts);

    [Fact]
    public void Edit_OfUnrelatedCSharp_RunsNoStep() => Assert.Empty(GeneratorSession.Start(Two).Edit(Two with { CSharp = "class Unrelated;" }).Ran);

    [Fact]
    public void Edit_OfAnotherAdditionalFile_RunsNoStep()
    {
        TestProject project = Two.With("notes.txt", "one");
        Assert.Empty(GeneratorSession.Start(project).Edit(project.With("notes.txt", "two")).Ran);
    }

    [Fact]
    public void Edit_OfAnUnrelatedBuildProperty_ChangesNoStep()
    {
        TestProject edited = Two with { Options = new TestOptions(("build_property.ProjectDir", TestProject.Directory), ("build_property.Other", "x")) };
        Assert.Empty(GeneratorSession.Start(Two).Edit(edited).Changed);
    }

    [Fact]
    public void Edit_OfACommentThatMovesLines_EmitsNothing()
    {
        TestProject edited = Two.Edit("fleet.layout", "// Libraries.", "// Libraries,\n// and more words.");
        StepReport report = GeneratorSession.Start(Two).Edit(edited);
        Assert.Equal([StepNames.Texts, StepNames.Syntax, StepNames.Set, StepNames.Units, StepNames.Bound, StepNames.Measured], report.Changed);
        Assert.DoesNotContain(StepNames.Sources, report.Ran);
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged], Sorted(report[StepNames.Plans]));
    }

    [Fact]
    public void Edit_OfOneOfTwoLayouts_RerunsOnlyThatOne()
    {
        TestProject edited = Two.Edit("fleet.layout", "headroom 25%", "headroom 50%");
        GeneratorSession session = GeneratorSession.Start(Two);
        StepReport report = session.Edit(edited);
        foreach (string step in new[] { StepNames.Bound, StepNames.Measured, StepNames.Plans, StepNames.EmissionInputs, StepNames.Sources })
        {
            Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Sorted(report[step]));
        }

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged], Sorted(report[StepNames.Syntax]));
        Assert.Equal(7500UL, session.Project.Constant("Demo.Fleet+Libraries+Zlib+Text", "Reserved"));
        Assert.Equal(6250UL, session.Project.Constant("Demo.Other+Libraries+Zlib+Text", "Reserved"));
    }

    [Fact]
    public void Edit_OfOneDeclaration_ReadsOnlyThatOne()
    {
        StepReport report = GeneratorSession.Start(Two).Edit(Two.Edit("fleet.layout", "headroom 25%", "headroom 50%"));
        Assert.Single(report[StepNames.Slices], r => r == IncrementalStepRunReason.Modified);
        Assert.Single(report[StepNames.Declarations], r => r != IncrementalStepRunReason.Cached);
        Assert.Single(report[StepNames.Declarations], r => r == IncrementalStepRunReason.Modified);
        Assert.True(report[StepNames.Declarations].Count > 20);
    }

    [Fact]
    public void Edit_ThatMovesDeclarations_ReadsNone()
    {
        StepReport report = GeneratorSession.Start(Two).Edit(Two.Edit("fleet.layout", "// Libraries.", "// Libraries,\n// and more words."));
        Assert.DoesNotContain(StepNames.Declarations, report.Ran);
    }

    [Fact]
    public void Edit_OfAParameterOfTheBuild_BindsAgainWithoutReading()
    {
        const string parameter = "param percent = 4; const doubled = 2 * percent; symbol percents = doubled;";
        TestProject project = TestProject.Of(Samples.Fleet + parameter) with { Options = Given("percent=5|?configuration=Debug") };
        GeneratorSession session = GeneratorSession.Start(project);
        Assert.Contains("percents\\\" 10", session.Project.Expect().Source, StringComparison.Ordinal);
        StepReport report = session.Edit(project with { Options = Given("percent=6|?configuration=Debug") });
        Assert.Contains("percents\\\" 12", session.Project.Expect().Source, StringComparison.Ordinal);
        foreach (string step in new[] { StepNames.Texts, StepNames.Slices, StepNames.Declarations, StepNames.Syntax, StepNames.Set, StepNames.Units }) Assert.DoesNotContain(step, report.Changed);
        Assert.Contains(StepNames.Bound, report.Changed);
        Assert.Equal([StepNames.Options], session.Edit(project with { Options = Given("percent=6|?configuration=Debug", "true") }).Changed);
    }

    private static TestOptions Given(string parameters, string designTime = "") =>
        new(("build_property.ProjectDir", TestProject.Directory), ("build_property._LayoutParameters", parameters), ("build_property.DesignTimeBuild", designTime));

    [Fact]
    public void Edit_OfAFragment_RerunsOnlyTheLayoutThatIncludesIt()
    {
        StepReport report = GeneratorSession.Start(Two).Edit(Two.Edit("common.layout", ".comment", ".remark"));
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], report[StepNames.Units]);
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Sorted(report[StepNames.Plans]));
    }

    [Fact]
    public void Edit_OfFacts_PlansAgainWithoutParsingOrBinding()
    {
        TestProject edited = Two.WithFacts("fleet.layout", Samples.Measure(6000, "build/boot.o", "libz.a(inflate.o)", "hello.o", "fn1.o", "fn2.o", "fn3.o"));
        GeneratorSession session = GeneratorSession.Start(Two);
        StepReport report = session.Edit(edited);
        Assert.Equal([StepNames.FactsTexts, StepNames.Facts, StepNames.Measured, StepNames.Plans, StepNames.EmissionInputs, StepNames.Sources], report.Changed);
        foreach (string step in new[] { StepNames.Texts, StepNames.Syntax, StepNames.Set, StepNames.Units, StepNames.Bound }) Assert.DoesNotContain(step, report.Ran);
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Sorted(report[StepNames.Plans]));
        Assert.Equal(6000UL, session.Project.Constant("Demo.Fleet+Libraries+Zlib+Text", "Size"));
    }

    [Fact]
    public void Edit_OfFactsInTheirFormOnly_ChangesNothingElse()
    {
        string facts = Facts.FactsText.Write(Samples.Facts);
        Assert.Equal([StepNames.FactsTexts], GeneratorSession.Start(Two).Edit(Two.WithFacts("fleet.layout", facts + "# a comment\n")).Changed);
    }

    [Fact]
    public void Edit_ThatBreaksAndRepairsALayout_GivesTheFirstResultAgain()
    {
        GeneratorSession session = GeneratorSession.Start(TestProject.Of(Samples.Fleet));
        string first = session.Project.Expect().Source;
        session.Edit(TestProject.Of(Samples.Fleet.Replace("uses boot;", "uses bot;", StringComparison.Ordinal)));
        Assert.Empty(session.Project.Expect("fleet.layout(14,20): error LAY1003").Run.GeneratedSources);
        session.Edit(TestProject.Of(Samples.Fleet));
        Assert.Equal(first, session.Project.Expect().Source);
    }

    [Fact]
    public void Edit_ThatAddsAndRemovesALayout_LeavesTheOtherAlone()
    {
        GeneratorSession session = GeneratorSession.Start(TestProject.Of(Samples.Fleet));
        StepReport report = session.Edit(Two);
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.New], Sorted(report[StepNames.Plans]));
        session.Project.Expect();
        session.Edit(TestProject.Of(Samples.Fleet));
        Assert.Contains("partial class Fleet", session.Project.Expect().Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Edit_ThatAddsAMissingFragment_RepairsTheLayout()
    {
        TestProject without = Two.Without("common.layout");
        GeneratorSession session = GeneratorSession.Start(without);
        Assert.Single(session.Project.Expect("other.layout(18,9): error LAY1014").Run.GeneratedSources);
        StepReport report = session.Edit(Two);
        Assert.Equal(2, session.Project.Expect().Run.GeneratedSources.Length);
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], report[StepNames.Units]);
        session.Edit(without);
        session.Project.Expect("other.layout(18,9): error LAY1014");
    }

    [Fact]
    public void Edit_ToADesignTimeBuild_PlansNothingAgain()
    {
        TestProject project = new TestProject().With("fleet.layout", Samples.Fleet);
        GeneratorSession session = GeneratorSession.Start(project);
        session.Project.Expect("fleet.layout(3,8): warning LAY2001");
        TestProject edited = project with { Options = new TestOptions(("build_property.ProjectDir", TestProject.Directory), ("build_property.DesignTimeBuild", "true")) };
        Assert.Equal([StepNames.Options, StepNames.Diagnostics], session.Edit(edited).Changed);
        session.Project.Expect();
    }

    private static IncrementalStepRunReason[] Sorted(System.Collections.Generic.IReadOnlyList<IncrementalStepRunReason> reasons)
    {
        IncrementalStepRunReason[] sorted = [.. reasons];
        Array.Sort(sorted, (x, y) => string.CompareOrdinal(x.ToString(), y.ToString()));
        return sorted;
    }
}
