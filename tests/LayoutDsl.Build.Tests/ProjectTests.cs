using System;
using System.IO;

namespace LayoutDsl.Build.Tests;

/// <summary>What a project sets, and what its compiler says of the generated code.</summary>
public sealed class ProjectTests : IClassFixture<TestProject>
{
    private readonly TestProject project;

    public ProjectTests(TestProject project)
    {
        this.project = project;
        project.Reset();
    }

    [Fact]
    public void Build_ParametersOfTheProject_ReachTheCompilerAndTheTasks()
    {
        project.Write("fleet.layout", TestProject.Layout + "param room = 1; param configuration = \"none\"; symbol room_bytes = room * 4KiB; symbol is_debug = 1 + length(zone);\n"
            + "region zone (r) { origin 256MiB; length 1 when configuration == \"none\"; length 2 when configuration == \"Debug\"; }\n");
        project.Write("Program.cs", "System.Console.Write(Demo.Fleet.Images.Hello.LinkerScript);");
        project.WriteProject("<PropertyGroup><LayoutParameters>room=2</LayoutParameters></PropertyGroup>");
        AssertRoom("0x2000");
        project.WriteProject("<PropertyGroup><LayoutParameters>room=2</LayoutParameters></PropertyGroup><ItemGroup><LayoutParameter Include=\"room\" Value=\"3\" /></ItemGroup>");
        AssertRoom("0x3000");
        project.WriteProject("<PropertyGroup><LayoutParameters>rooms=2</LayoutParameters></PropertyGroup>");
        Assert.Contains("error LAY1060", project.Build().Output, StringComparison.Ordinal);
    }

    /// <summary>All analyzers of the SDK, documentation and nullable, with every warning an error.</summary>
    [Fact]
    public void Build_UnderAllAnalyzers_HasNoWarnings()
    {
        project.Write("Program.cs", "return Demo.Fleet.Libraries.Math.Text.Address > Demo.Fleet.Page ? Demo.Fleet.Plan.Images.Count - 2 : 1;");
        project.WriteProject("""
            <PropertyGroup>
              <RunAnalyzers>true</RunAnalyzers>
              <EnableNETAnalyzers>true</EnableNETAnalyzers>
              <AnalysisLevel>latest-all</AnalysisLevel>
              <Nullable>enable</Nullable>
              <GenerateDocumentationFile>true</GenerateDocumentationFile>
              <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
            </PropertyGroup>
            """);
        project.Build("--no-incremental").Succeeds().DoesNotSay("warning");
        Assert.NotEmpty(Directory.GetFiles(project.PathOf("obj"), "*.g.cs", SearchOption.AllDirectories));
    }

    private void AssertRoom(string expected)
    {
        project.Build().Succeeds();
        string script = File.ReadAllText(project.Intermediate("fleet/hello.ld"));
        Assert.Contains($"room_bytes = {expected};", script, StringComparison.Ordinal);
        Assert.Contains("is_debug = 0x3;", script, StringComparison.Ordinal);
        Assert.Equal(script, string.Join("\n", project.RunProgram()));
    }
}
