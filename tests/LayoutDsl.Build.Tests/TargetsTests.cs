using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LayoutDsl.Build.Tests;

/// <summary>The ways in which a project can use the targets.</summary>
public sealed class TargetsTests : IClassFixture<TestProject>
{
    private const string Linking = "<PropertyGroup><LayoutLinkImages>true</LayoutLinkImages></PropertyGroup>";

    private readonly TestProject project;

    public TargetsTests(TestProject project)
    {
        this.project = project;
        project.Reset();
    }

    [Fact]
    public void DesignTimeBuild_Project_MeasuresNothingAndUsesTheLastFacts()
    {
        project.Build();
        project.Clean();
        string[] designTime = ["-t:CoreCompile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:CscCommandLineArgs"];
        project.Build(designTime).Succeeds().Says("fleet.layout").DoesNotSay("fleet.layout.facts").DoesNotSay("measured");
        Assert.Empty(project.Times("obj/Debug/net10.0/layout"));
        project.Build().Succeeds().Says("measured 4 objects");
        var before = project.Times("obj/Debug/net10.0/layout");
        File.Delete(project.PathOf("objects/store.o"));
        project.Build(designTime).Succeeds().Says("/additionalfile:" + project.Intermediate("fleet.layout.facts"));
        Assert.Equal(before, project.Times("obj/Debug/net10.0/layout"));
    }

    [Fact]
    public void Build_ByDefault_WritesScriptsAndLinksNothing()
    {
        project.Build();
        project.Clean();
        project.Build().Succeeds().Says("emitted 4 files").DoesNotSay("linked").DoesNotSay("verified");
        Assert.False(Directory.Exists(Path.GetDirectoryName(project.Image("hello"))));

        // A target by itself brings those before it, and not the compiler.
        project.Build("-t:LayoutVerify").Succeeds().Says("the facts are up to date").Says("linked 2, up to date 0").Says("verified 2 of 2").DoesNotSay("csc");
    }

    [Fact]
    public void Build_LayoutWithScriptAndOverlay_WritesAndLinksBoth()
    {
        project.Write("kernel.lds", "ENTRY(_start) SECTIONS { . = 0x40000000; .text : { *(.text) } .data : { *(.data) } .bss : { *(.bss) } /DISCARD/ : { *(.comment) *(.note*) } }");
        project.Write("fleet.layout", TestProject.Layout + "overlay \"kernel.lds\" { after \".bss\"; }\nscript board { entry reset; }\n");
        project.WriteProject(Linking.Replace("</PropertyGroup>", "<LayoutLinkerKind>gold</LayoutLinkerKind></PropertyGroup>", StringComparison.Ordinal));
        project.Build().Fails().Says("error LAY3010: gold has no INSERT");
        project.WriteProject(Linking);
        project.Build().Succeeds().Says("linked 2").Says("verified 2 of 2");
        Assert.Contains("INSERT AFTER .bss", File.ReadAllText(project.Intermediate("fleet/hello.ld")), StringComparison.Ordinal);
        Assert.EndsWith("ENTRY(reset)\n", File.ReadAllText(project.Intermediate("fleet/board.ld")), StringComparison.Ordinal);
        project.Build().Succeeds().Says("linked 0, up to date 2");

        // The script that the libraries are put into decides on the images too.
        project.Write("kernel.lds", File.ReadAllText(project.PathOf("kernel.lds")) + "\n");
        project.Build().Succeeds().Says("linked 2");
    }

    [Fact]
    public void Build_TargetBuildsTheObjects_RunsBeforeMeasuring()
    {
        project.WriteProject("""
            <PropertyGroup>
              <LayoutEmitScripts>false</LayoutEmitScripts>
              <LayoutMeasureDependsOn>$(LayoutMeasureDependsOn);BuildObjects</LayoutMeasureDependsOn>
            </PropertyGroup>
            <Target Name="BuildObjects">
              <Exec Command="gcc -c -ffreestanding -fno-pic -fno-asynchronous-unwind-tables -o objects/store.o objects/store.o.c" />
            </Target>
            """);
        File.Delete(project.PathOf("objects/store.o"));
        project.Build().Succeeds().Says("measured 4 objects").DoesNotSay("emitted");
        Assert.Equal("2", project.RunProgram()[1]);
    }

    [Fact]
    public void Build_FilesAreListedByHand_TakesThoseAndWhatTheyInclude()
    {
        project.WriteProject("""
            <PropertyGroup><EnableDefaultLayoutItems>false</EnableDefaultLayoutItems></PropertyGroup>
            <ItemGroup><LayoutFile Include="fleet.layout" /></ItemGroup>
            """);
        project.Write("../outside/sections.layout", TestProject.Sections);
        project.Write("fleet.layout", TestProject.Layout.Replace("shared/", "../outside/", StringComparison.Ordinal));
        project.Write("ignored.layout", "this is no layout");
        Assert.Empty(project.Build().Succeeds().Says("measured 4 objects").Diagnostics);
        project.Write("../outside/sections.layout", TestProject.Sections.Replace("section text", "section code", StringComparison.Ordinal));
        Assert.Contains("'Text'", Assert.Single(project.Build().Fails().Says("measured 4 objects").Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ThinArchive_IsMeasuredWhenAMemberChanges()
    {
        project.WriteProject(Linking);
        project.Write("fleet.layout", TestProject.Layout.Replace("objects \"objects/math/*.o\"", "archive \"objects/math.a\"", StringComparison.Ordinal));
        Tool.RunChecked("ar", project.Root, "rcT", "objects/math.a", "objects/math/twice.o", "objects/math/square.o");
        project.Build("-t:LayoutVerify").Succeeds().Says("measured 4 objects").Says("verified 2 of 2");
        project.Compile("objects/math/twice.o", "int table[8] = { 1, 4 }; int twice(int x) { return 2 * x; }");
        project.Build("-t:LayoutVerify").Succeeds().Says("measured 4 objects").Says("linked 1, up to date 1");
        project.Build("-t:LayoutVerify").Succeeds().Says("the facts are up to date").Says("linked 0, up to date 2");
    }

    [Fact]
    public void Build_MembersOfAnArchive_AreTakenOutLinkedAndCleaned()
    {
        project.WriteProject(Linking);
        project.Write("fleet.layout", TestProject.Layout.Replace("objects \"objects/math/*.o\"", "members \"objects/math.a\"", StringComparison.Ordinal));
        Tool.RunChecked("ar", project.Root, "rc", "objects/math.a", "objects/math/twice.o", "objects/math/square.o");
        project.Build("-t:LayoutVerify").Succeeds().Says("verified 2 of 2");
        Assert.NotEmpty(System.IO.Directory.GetFiles(project.PathOf("obj/Debug/net10.0/layout"), "*-twice.o", System.IO.SearchOption.AllDirectories));
        project.Build("-t:LayoutVerify").Succeeds().Says("the facts are up to date").Says("linked 0, up to date 2");
        project.Clean().Succeeds();
        Assert.Empty(project.Times("obj/Debug/net10.0/layout"));
    }

    [Fact]
    public async Task Build_Canceled_EndsTheLinkersAndLeavesNoImage()
    {
        project.WriteProject(Linking);
        project.WriteProgram("slow-ld", """
            [ "$1" = --version ] && exit 0
            echo $$ > slow-ld.running
            exec sleep 100
            """);
        project.Clean();
        project.Build("-t:LayoutEmit").Succeeds();
        using Process build = Tool.Start("dotnet", project.Root, "build", "app.csproj", "--no-restore", "-t:LayoutLink", "-p:LayoutLinker=./slow-ld", "-nodeReuse:false");
        Task<string> output = build.StandardOutput.ReadToEndAsync();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(project.PathOf("slow-ld.running")) && File.ReadAllText(project.PathOf("slow-ld.running")).EndsWith('\n'), TimeSpan.FromMinutes(1)));
        Tool.RunChecked("kill", project.Root, "-INT", build.Id.ToString(CultureInfo.InvariantCulture));
        Assert.True(build.WaitForExit(TimeSpan.FromSeconds(50)), "the build waits for its linkers");
        Assert.NotEqual(0, build.ExitCode);
        Assert.DoesNotContain("LAY", await output, StringComparison.Ordinal);
        Assert.False(Directory.Exists("/proc/" + File.ReadAllText(project.PathOf("slow-ld.running")).Trim()));
        Assert.Empty(project.Times("bin/Debug/net10.0/images"));
    }

    [Fact]
    public void Build_ProjectOfTheRepository_UsesItsBuildOutput()
    {
        using var other = new TestProject();
        string folder = Path.Combine(Repository.Root, "src", "LayoutDsl.Build");
        other.WriteProject(Linking, ($"""<Import Project="{folder}/InRepo.props" />""", $"""<Import Project="{folder}/InRepo.targets" />"""));

        // The repository is built already, and another build of it may be running beside the tests.
        string[] arguments = ["-c", BuildOutput.Configuration, "-p:BuildProjectReferences=false"];
        other.Build(arguments).Succeeds().Says("verified 2 of 2 images");
        other.Build(arguments).Succeeds().Says("the facts are up to date").Says("linked 0, up to date 2");
    }
}
