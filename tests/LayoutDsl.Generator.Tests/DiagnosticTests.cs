using System;
using System.Globalization;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Generator.Tests.Support;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;
using Microsoft.CodeAnalysis;
using Diagnostic = Microsoft.CodeAnalysis.Diagnostic;
using DiagnosticSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace LayoutDsl.Generator.Tests;

public sealed class DiagnosticTests
{
    [Fact]
    public void UnknownName_InAnImage_IsReportedAtItsExactPlace()
    {
        TestProject project = TestProject.Of(Samples.Fleet).Edit("fleet.layout", "uses boot, zlib;", "uses boot, zlip;");
        GeneratedProject generated = GeneratorSession.Start(project).Project;
        Diagnostic diagnostic = generated.Diagnostics.Single(d => d.Id == "LAY1003");
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        string line = Samples.Fleet.Split('\n')[14];
        Assert.Equal("/project/app/fleet.layout", place.Path);
        Assert.Equal(14, place.StartLinePosition.Line);
        Assert.Equal(line.IndexOf("zlib", StringComparison.Ordinal), place.StartLinePosition.Character);
        Assert.Equal(4, place.EndLinePosition.Character - place.StartLinePosition.Character);
        Assert.Equal(Samples.Fleet.LastIndexOf("zlib;", StringComparison.Ordinal), diagnostic.Location.SourceSpan.Start);
        Assert.Equal(4, diagnostic.Location.SourceSpan.Length);
        Assert.Equal("LayoutDsl", diagnostic.Descriptor.Category);
        Assert.Contains("did you mean 'zlib'?", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Empty(generated.Run.GeneratedSources);
    }

    [Fact]
    public void Mistakes_Several_AreAllReportedAndNoSourceIsMade()
    {
        string layout = Samples.Fleet.Replace("origin 1MiB", "origin 1MB", StringComparison.Ordinal).Replace("uses boot;", "uses bot;", StringComparison.Ordinal);
        Assert.Empty(TestProject.Of(layout).Generate("fleet.layout(4,28): error LAY0007", "fleet.layout(14,20): error LAY1003").Run.GeneratedSources);
    }

    [Fact]
    public void DuplicateDeclaration_FirstOne_IsAnAdditionalLocation()
    {
        TestProject project = TestProject.Of(Samples.Fleet + "\nsection text (rx) { \".other\" }");
        GeneratedProject generated = GeneratorSession.Start(project).Project.Expect("fleet.layout(18,9): error LAY1002");
        Location first = Assert.Single(Assert.Single(generated.Diagnostics).AdditionalLocations);
        Assert.Equal(new(4, 8), first.GetLineSpan().StartLinePosition);
    }

    [Fact]
    public void Facts_None_AreAWarningAndAnEmptyPlan()
    {
        GeneratedProject project = new TestProject().With("fleet.layout", Samples.Fleet).Generate("fleet.layout(3,8): warning LAY2001");
        Assert.Equal(0UL, project.Constant("Demo.Fleet+Libraries+Zlib+Text", "Size"));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    public void Facts_NoneInADesignTimeBuild_AreNotReported(string value)
    {
        TestProject project = new TestProject { Options = new TestOptions(("build_property.DesignTimeBuild", value)) }.With("fleet.layout", Samples.Fleet);
        Assert.Contains("class Zlib", project.Generate().Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_Damaged_AreReportedInTheFactsFile()
    {
        TestProject project = new TestProject().With("fleet.layout", Samples.Fleet).WithFacts("fleet.layout", "layoutdsl-facts 1\nnonsense 1\n");
        Assert.Empty(project.Generate("obj/fleet.layout.facts(1,1): error LAY2010").Run.GeneratedSources);
    }

    [Fact]
    public void Facts_BesideTheLayoutWithoutMetadata_AreFound()
    {
        TestProject project = new TestProject().With("a/fleet.layout", Samples.Fleet).With("a/fleet.layout.facts", FactsOf(Samples.Facts));
        Assert.Equal(5000UL, project.Generate().Constant("Demo.Fleet+Libraries+Zlib+Text", "Size"));
    }

    [Fact]
    public void NoWarn_OfAWarning_SuppressesIt()
    {
        TestProject project = new TestProject().With("fleet.layout", Samples.Fleet);
        project = project with { Severities = project.Severities.Add("LAY2001", ReportDiagnostic.Suppress) };
        Assert.Empty(GeneratorSession.Start(project).Project.Diagnostics.Where(d => !d.IsSuppressed));
    }

    [Fact]
    public void WarnAsError_OfAWarning_MakesItAnErrorAndKeepsTheSource()
    {
        TestProject project = new TestProject().With("fleet.layout", Samples.Fleet);
        project = project with { Severities = project.Severities.Add("LAY2001", ReportDiagnostic.Error) };
        project.Generate("fleet.layout(3,8): error LAY2001");
    }

    [Fact]
    public void Fragment_WithMistakesIncludedTwice_IsReportedOnce()
    {
        TestProject project = new TestProject()
            .With("a.layout", "layout A;\ninclude \"common.layout\";")
            .With("b.layout", "layout B;\ninclude \"common.layout\";")
            .With("common.layout", "target x86_64 { page 4KB; }");
        string[] actual = [.. GeneratorSession.Start(project).Project.Diagnostics.Where(d => d.Id == "LAY0007").Select(d => d.Location.GetLineSpan().Path)];
        Assert.Equal(["/project/app/common.layout"], actual);
    }

    [Fact]
    public void File_BrokenLayoutDeclaration_IsReported() => new TestProject().With("fleet.layout", "layot Demo.Fleet;").Generate("fleet.layout(1,1): error LAY0003");

    [Theory]
    [InlineData("")]
    [InlineData("target x86_64 { page 4KiB; }")]
    public void File_NeitherLayoutNorIncluded_IsReported(string content) =>
        TestProject.Of(Samples.Fleet).With("spare.layout", content).Generate("spare.layout(1,1): warning LAY1028");

    /// <summary>The page's examples: what a layout by itself does not show.</summary>
    [Fact]
    public void File_OnThePageOfItsKind_IsReportedAsThePageSays()
    {
        ILookup<string, string> blocks = Markdown.FindBlocks(Repository.Read("docs", "diagnostics", "LAY1028.md")).ToLookup(b => b.Info, b => b.Text);
        TestProject project = new TestProject().With("fleet.layout", blocks["layout"].Single()).With("spare.layout", blocks["layout bad"].Single());
        Diagnostic reported = Assert.Single(GeneratorSession.Start(project).Project.Diagnostics, d => d.Id == "LAY1028");
        Assert.Equal(blocks["text"].Single().TrimEnd(), $"spare.layout(1,1): warning {reported.Id}: {reported.GetMessage(CultureInfo.InvariantCulture)}");
        Assert.DoesNotContain(GeneratorSession.Start(project.With("fleet.layout", blocks["layout good"].Single())).Project.Diagnostics, d => d.Id == "LAY1028");
    }

    [Theory]
    [InlineData("Demo.Fleet")]
    [InlineData("Demo")]
    [InlineData("Demo.Fleet.More")]
    public void Layouts_WithClashingNames_AreReportedAtTheSecond(string name)
    {
        string second = Samples.Fleet.Replace("Demo.Fleet", name, StringComparison.Ordinal);
        TestProject project = TestProject.Of(Samples.Fleet).With("other.layout", second).WithFacts("other.layout", Samples.Facts);
        Assert.Single(project.Generate("other.layout(2,1): error LAY1026").Run.GeneratedSources);
    }

    [Fact]
    public void Path_WithDotsOrBackslashes_IsReportedAsGiven()
    {
        TestProject project = new TestProject().With(new TestFile("/project/app/../shared/fleet.layout", "layout 1;"));
        string path = GeneratorSession.Start(project).Project.Diagnostics[0].Location.GetLineSpan().Path;
        Assert.Equal("/project/app/../shared/fleet.layout", path);
    }

    [Theory]
    [InlineData(Diagnostics.DiagnosticSeverity.Error, DiagnosticSeverity.Error)]
    [InlineData(Diagnostics.DiagnosticSeverity.Warning, DiagnosticSeverity.Warning)]
    [InlineData(Diagnostics.DiagnosticSeverity.Info, DiagnosticSeverity.Info)]
    public void Severity_OfAnyDiagnostic_IsTheSameForRoslyn(Diagnostics.DiagnosticSeverity severity, DiagnosticSeverity expected)
    {
        var descriptor = new Diagnostics.DiagnosticDescriptor("LAY0000", severity, "Title");
        Diagnostic diagnostic = RoslynDiagnostics.Create(new(descriptor, SourceLocation.OfFile("x"), "has {braces}", null, default));
        Assert.Equal(expected, diagnostic.Severity);
        Assert.Equal("has {braces}", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Stage_ThatThrows_BecomesAnInternalError()
    {
        Result<string> result = LayoutGenerator.Execute.Guard<string>("/project/app/fleet.layout", () => throw new InvalidOperationException("two\nlines"));
        Assert.Null(result.Value);
        Assert.Equal("LAY9001", Assert.Single(result.Diagnostics).Id);
        Assert.Contains("InvalidOperationException: two lines", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stage_ThatIsCancelled_StaysCancelled() =>
        Assert.Throws<OperationCanceledException>(() => LayoutGenerator.Execute.Guard<string>("x", () => throw new OperationCanceledException()));

    private static string FactsOf(Facts.FactsFile facts) => Facts.FactsText.Write(facts);
}
