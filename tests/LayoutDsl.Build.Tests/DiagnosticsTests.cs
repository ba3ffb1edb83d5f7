using System;
using System.IO;
using System.Linq;

namespace LayoutDsl.Build.Tests;

/// <summary>Mistakes in a build: each is reported once, at its place, whichever part of the build finds it.</summary>
public sealed class DiagnosticsTests : IClassFixture<TestProject>
{
    private const string Linking = "<PropertyGroup><LayoutLinkImages>true</LayoutLinkImages></PropertyGroup>";

    private readonly TestProject project;

    public DiagnosticsTests(TestProject project)
    {
        this.project = project;
        project.Reset();
        project.WriteProject(Linking);
    }

    [Fact]
    public void Build_TypoInALayout_FailsOnceAtItsPlace()
    {
        Replace("target x86_64", "targt x86_64");
        BuildResult failed = project.Build().Fails();
        Assert.StartsWith(project.PathOf("fleet.layout") + "(3,1): error LAY0003: ", Layouts(failed), StringComparison.Ordinal);
        failed.DoesNotSay("emitted").DoesNotSay("linked");

        // A name that does not exist, in the same project, once the first mistake is gone.
        Replace("targt x86_64", "target x86_64");
        Replace("uses math;", "uses maths;");
        Assert.StartsWith(project.PathOf("fleet.layout") + "(6,20): error LAY1003: ", Layouts(project.Build().Fails()), StringComparison.Ordinal);
        Replace("uses maths;", "uses math;");
        project.Build().Succeeds();
    }

    [Fact]
    public void Build_TypoInTheFirstLine_FailsOnceAtItsPlace()
    {
        Replace("layout Demo.Fleet;", "layot Demo.Fleet;");
        Assert.StartsWith(project.PathOf("fleet.layout") + "(1,1): error LAY0003: ", Layouts(project.Build().Fails()), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ObjectsAreMissingOrDamaged_FailsOnceAtTheirPattern()
    {
        File.Delete(project.PathOf("objects/store.o"));
        Assert.StartsWith(project.PathOf("fleet.layout") + "(7,23): error LAY2002: ", Layouts(project.Build().Fails()), StringComparison.Ordinal);

        // What stops the build before the compiler is reported together with what the compiler would have found.
        File.WriteAllText(project.PathOf("objects/hello.o"), "this is no object");
        project.Write("other.layout", "layout Demo.Other;\nimage x { uses nothing; }\n");
        BuildResult failed = project.Build().Fails();
        Assert.Equal(
            ["fleet.layout(6,34): error LAY4003", "other.layout(1,1): error LAY1006", "other.layout(1,1): error LAY1006", "other.layout(2,7): error LAY1006", "other.layout(2,16): error LAY1003"],
            failed.Errors.Select(d => string.Join(':', d[(d.LastIndexOf('/', d.IndexOf('(', StringComparison.Ordinal)) + 1)..].Split(':').Take(2))));
    }

    [Fact]
    public void Build_WarningIsInNoWarn_IsNotShown()
    {
        project.Write("shared/sections.layout", TestProject.Sections + "section extra (r) { \".extra\" }\n");
        Assert.StartsWith(project.PathOf("shared/sections.layout") + "(4,9): warning LAY2006: ", Assert.Single(project.Build().Succeeds().Diagnostics), StringComparison.Ordinal);
        Assert.Empty(project.Build("-t:Rebuild", "-p:NoWarn=LAY2006").Succeeds().Diagnostics);
        BuildResult failed = project.Build("-t:Rebuild", "-p:TreatWarningsAsErrors=true").Fails();
        Assert.StartsWith(project.PathOf("shared/sections.layout") + "(4,9): error LAY2006: ", Assert.Single(failed.Diagnostics), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LayoutImageDirectory")]
    [InlineData("LayoutScriptDirectory")]
    public void Build_OutputsOutsideTheProject_AreRefused(string property)
    {
        BuildResult failed = project.Build($"-p:{property}=../elsewhere").Fails();
        string error = Assert.Single(failed.Diagnostics);
        Assert.StartsWith(project.PathOf("app.csproj") + "(1,1): error LAY4006: ", error, StringComparison.Ordinal);
        Assert.Contains($"outputs in '{project.PathOf("../elsewhere")}", error, StringComparison.Ordinal);
        Assert.Contains($"would be outside the project '{project.Root}'", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.PathOf("../elsewhere")));
        project.Build($"-p:{property}=elsewhere/deep").Succeeds();
        Assert.NotEmpty(project.Times("elsewhere/deep"));
        project.Clean().Succeeds();
        Assert.False(Directory.Exists(project.PathOf("elsewhere")));
    }

    [Fact]
    public void Build_TwoLayoutsWithAnImageOfOneName_AreToldApartByFolders()
    {
        project.Write("other/fleet.layout", TestProject.Layout.Replace("Demo.Fleet", "Demo.Other", StringComparison.Ordinal).Replace("shared/", "../shared/", StringComparison.Ordinal).Replace("objects/", "../objects/", StringComparison.Ordinal));
        string error = Assert.Single(project.Build().Fails().Diagnostics);
        Assert.Contains("other/fleet.layout(3,8): error LAY4007: 'fleet.layout' and 'other/fleet.layout' both write '" + project.Image("hello") + "'", error, StringComparison.Ordinal);
        project.WriteProject(Linking + """<ItemGroup><LayoutFile Update="other/fleet.layout" ImageDirectory="bin/others" /></ItemGroup>""");
        project.Build().Succeeds().Says("other/fleet.layout: verified 2 of 2");
        Assert.True(File.Exists(project.PathOf("bin/others/hello.elf")));
        Assert.True(File.Exists(project.Intermediate("other/fleet/hello.ld")));
    }

    [Fact]
    public void Build_LinkerIsMissing_SaysSoAtTheTarget()
    {
        string error = Assert.Single(project.Build("-p:LayoutLinker=no-such-ld").Fails().Diagnostics);
        Assert.Contains("fleet.layout(3,8): error LAY4004: the linker 'no-such-ld' cannot be started", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ImageDiffersFromItsPlan_FailsInEveryBuild()
    {
        project.WriteProgram("other-ld", """
            ld "$@" || exit 1
            for last; do :; done
            case "$last" in */store.elf*) objcopy --rename-section .text=.renamed "$last";; esac
            """);
        string image = project.Image("store");

        // The section is not where the plan has it, another one is, and what the object defines is in that.
        string[] expected = [$"{image}(1,1): error LAY4101", $"{image}(1,1): error LAY4104", $"{image}(1,1): error LAY4114"];
        BuildResult first = project.Build("-p:LayoutLinker=./other-ld").Fails().Says("linked 2, up to date 0").Says("verified 1 of 2");
        Assert.Equal(string.Join("\n", expected), string.Join("\n", first.Errors.Select(e => string.Join(':', e.Split(':').Take(2)))));
        BuildResult second = project.Build("-p:LayoutLinker=./other-ld").Fails().Says("linked 0, up to date 2").Says("verified 1 of 2");
        Assert.Equal(first.Errors, second.Errors);
        project.Build("-p:LayoutLinker=./other-ld", "-p:LayoutVerifyImages=false").Succeeds();
    }

    private static string Layouts(BuildResult result) => Assert.Single(result.Errors, d => d.Contains(" LAY", StringComparison.Ordinal));

    private void Replace(string text, string by) => project.Write("fleet.layout", File.ReadAllText(project.PathOf("fleet.layout")).Replace(text, by, StringComparison.Ordinal));
}
