using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Build.Tests;

/// <summary>Builds of one project after another. Each test starts from a project that is up to date.</summary>
public sealed class IncrementalBuildTests : IClassFixture<TestProject>
{
    private readonly TestProject project;

    public IncrementalBuildTests(TestProject project)
    {
        this.project = project;
        project.Reset();
        project.WriteProject("<PropertyGroup><LayoutLinkImages>true</LayoutLinkImages></PropertyGroup>");
        project.Build().Succeeds();
    }

    [Fact]
    public void Build_FreshProject_GivesCSharpTheAddressesOfTheImages()
    {
        string[] printed = project.RunProgram();
        ulong address = ulong.Parse(printed[0]);
        Assert.Equal("2", printed[1]);
        Assert.Equal(File.ReadAllText(project.Intermediate("fleet/hello.ld")), string.Join('\n', printed.Skip(2)));
        ElfFile hello = project.ReadImage("hello");
        ElfSection section = Assert.Single(hello.Sections, s => s.Address == address && s.Size > 0);
        Assert.True((section.Flags & ElfSectionFlags.Execute) != 0);
        Assert.True(hello.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _));
        Assert.InRange(symbols!.Single(s => s.Name == "twice").Value, section.Address, section.Address + section.Size - 1);
        Assert.DoesNotContain(project.ReadImage("store").Sections, s => s.Address == address && s.Size > 0);
    }

    [Fact]
    public void Build_SecondTime_DoesNothing()
    {
        var (intermediate, images) = (project.Times("obj/Debug/net10.0/layout"), project.Times("bin"));
        BuildResult second = project.Build().Succeeds();
        second.Says("fleet.layout: the facts are up to date").Says("fleet.layout: the scripts of 2 images are up to date");
        second.Says("fleet.layout: linked 0, up to date 2").Says("fleet.layout: verified before: 2 images").DoesNotSay("measured").DoesNotSay("emitted").DoesNotSay("csc");
        Assert.Equal(intermediate, project.Times("obj/Debug/net10.0/layout"));
        Assert.Equal(images, project.Times("bin"));
    }

    [Fact]
    public void Build_OneObjectChanged_LinksOnlyTheImageThatHasIt()
    {
        (DateTime hello, DateTime store) = (File.GetLastWriteTimeUtc(project.Image("hello")), File.GetLastWriteTimeUtc(project.Image("store")));
        project.Compile("objects/store.o", "int result; void _start(void) { result = 5; for (;;); }");
        project.Build().Succeeds().Says("measured 4 objects").Says("linked 1, up to date 1").Says("verified 2 of 2");
        Assert.Equal(hello, File.GetLastWriteTimeUtc(project.Image("hello")));
        Assert.NotEqual(store, File.GetLastWriteTimeUtc(project.Image("store")));

        // A library's object: the image that uses the library, and no other.
        project.Compile("objects/math/twice.o", "int table[8] = { 1, 3 }; int twice(int x) { return 2 * x; }");
        project.Build().Succeeds().Says("measured 4 objects").Says("linked 1, up to date 1");
        Assert.NotEqual(hello, File.GetLastWriteTimeUtc(project.Image("hello")));

        // Another time and the same content: measured, and nothing else.
        File.SetLastWriteTimeUtc(project.PathOf("objects/store.o"), DateTime.UtcNow);
        project.Build().Succeeds().Says("measured 4 objects").Says("linked 0, up to date 2").DoesNotSay("emitted").DoesNotSay("csc");
    }

    [Fact]
    public void Build_FilesOfAPatternChange_AreNoticed()
    {
        project.Compile("objects/math/cube.o", "int cube(int x) { return x * x * x; }");
        project.Build().Succeeds().Says("measured 5 objects").Says("linked 1, up to date 1");
        File.Delete(project.PathOf("objects/math/cube.o"));
        project.Build().Succeeds().Says("measured 4 objects").Says("linked 1, up to date 1");
        project.Write("shared/sections.layout", TestProject.Sections.Replace("(rx) {", "(rx) { keep", StringComparison.Ordinal));
        project.Build().Succeeds().Says("measured 4 objects").Says("emitted 2 files, unchanged 2");
    }

    [Fact]
    public void Build_ImageRemoved_DeletesItsOutputs()
    {
        project.Write("fleet.layout", string.Join('\n', TestProject.Layout.Split('\n').Where(l => !l.StartsWith("image store", StringComparison.Ordinal))));
        project.Build().Succeeds().Says("verified 1 of 1");
        Assert.True(File.Exists(project.Image("hello")));
        Assert.False(File.Exists(project.Image("store")));
        Assert.False(File.Exists(project.Intermediate("fleet/store.ld")));
    }

    [Fact]
    public void Build_ImageDeletedByHand_IsLinkedAgain()
    {
        File.Delete(project.Image("store"));
        File.Delete(project.Intermediate("fleet/hello.rsp"));
        project.Build().Succeeds().Says("emitted 1 files, unchanged 3").Says("linked 1, up to date 1").DoesNotSay("measured");
    }

    [Fact]
    public void Build_LinkFails_KeepsTheEarlierImage()
    {
        byte[] before = File.ReadAllBytes(project.Image("store"));
        project.Compile("objects/store.o", "void missing(void); void _start(void) { missing(); }");
        BuildResult failed = project.Build().Fails().Says("linked 0, up to date 1, failed 1");
        string error = Assert.Single(failed.Diagnostics);
        Assert.StartsWith(project.PathOf("fleet.layout") + "(7,7): error LAY4005: linking 'store' failed: ", error, StringComparison.Ordinal);
        Assert.Contains("undefined reference to `missing'", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(project.Image("store")));
        project.Build().Fails().Says("failed 1");
    }

    [Fact]
    public void Clean_AfterBuild_DeletesWhatWasWrittenAndNothingElse()
    {
        File.WriteAllText(project.Image("mine"), "");
        project.Clean().Succeeds();
        Assert.Empty(project.Times("obj/Debug/net10.0/layout"));
        Assert.Equal(["bin/Debug/net10.0/images/mine.elf"], project.Times("bin").Keys);
        Assert.True(File.Exists(project.PathOf("objects/store.o")));
        File.Delete(project.Image("mine"));
        BuildResult first = project.Build().Succeeds();
        first.Says("fleet.layout: measured 4 objects").Says("fleet.layout: emitted 4 files, unchanged 0");
        first.Says("fleet.layout: linked 2, up to date 0").Says("fleet.layout: verified 2 of 2 images");
    }
}
