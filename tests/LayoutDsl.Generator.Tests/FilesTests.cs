using System;
using System.Linq;
using LayoutDsl.Generator.Tests.Support;

namespace LayoutDsl.Generator.Tests;

public sealed class FilesTests
{
    private static string Include(string path) => Samples.Fleet.Replace("target x86_64 { page 4KiB; entry _start; }", $"include \"{path}\";", StringComparison.Ordinal);

    [Theory]
    [InlineData("common.layout", "common.layout")]
    [InlineData("./shared/../shared//common.layout", "shared/common.layout")]
    [InlineData("../common.layout", "/project/common.layout")]
    [InlineData("/project/app/common.layout", "common.layout")]
    public void Include_PathInAnyForm_IsResolved(string include, string path)
    {
        TestProject project = TestProject.Of(Include(include)).With(path, "target x86_64 { page 16KiB; entry _start; }");
        Assert.Equal(16384UL, project.Generate().Constant("Demo.Fleet", "Page"));
    }

    [Fact]
    public void Include_OfAnInclude_IsRelativeToTheFileThatHasIt()
    {
        TestProject project = TestProject.Of(Include("a/one.layout"))
            .With("a/one.layout", "include \"b/two.layout\";")
            .With("a/b/two.layout", "target x86_64 { page 16KiB; entry _start; }");
        Assert.Equal(16384UL, project.Generate().Constant("Demo.Fleet", "Page"));
    }

    [Fact]
    public void Include_FileOutsideTheProject_IsReportedWithoutLookingAtTheDisk()
    {
        string existing = typeof(FilesTests).Assembly.Location;
        TestProject.Of(Samples.Fleet + $"\ninclude \"{existing}\";").Generate("fleet.layout(18,9): error LAY1014");
    }

    [Fact]
    public void Include_Cycle_IsReported()
    {
        TestProject project = TestProject.Of(Samples.Fleet + "\ninclude \"a.layout\";").With("a.layout", "include \"b.layout\";").With("b.layout", "include \"a.layout\";");
        project.Generate("b.layout(1,9): error LAY1015");
    }

    [Fact]
    public void Include_MistakeInAFragment_IsReportedThere() =>
        TestProject.Of(Samples.Fleet + "\ninclude \"rules.layout\";").With("rules.layout", "\n  align { *.txt: 64; }").Generate("rules.layout(2,13): error LAY1003");

    [Fact]
    public void HintNames_SameFileNameInTwoFolders_AreDifferent()
    {
        string Layout(string name) => Samples.Fleet.Replace("Demo.Fleet", name, StringComparison.Ordinal);
        TestProject project = new TestProject();
        string[] paths = ["a/foo.layout", "b/foo.layout", "foo.layout", "a-foo.layout", "a_foo.layout", "a foo.layout", "A/foo.layout", "../out/foo.layout", "ü/foo.layout", "x./.y/foo.layout", "FOO.Layout"];
        for (int i = 0; i < paths.Length; i++) project = project.With(paths[i], Layout($"Demo.Fleet{i}")).WithFacts(paths[i], Samples.Facts);
        GeneratedProject generated = GeneratorSession.Start(project).Project.Expect();
        string[] names = [.. generated.Run.GeneratedSources.Select(s => s.HintName)];
        Assert.Equal(paths.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("foo.layout.g.cs", names);
        Assert.All(Enumerable.Range(0, paths.Length), i => Assert.Equal(4096UL, generated.Constant($"Demo.Fleet{i}", "Page")));
    }

    [Fact]
    public void HintName_OfALayout_DoesNotDependOnWhereTheProjectIs() =>
        Assert.Equal(HintNames.Of("/home/me/app", "/home/me/app/a/Fleet.layout"), HintNames.Of("C:/app", "C:/app/a/Fleet.layout"));

    [Fact]
    public void Facts_OfTwoLayouts_GoToTheirOwn()
    {
        TestProject project = new TestProject()
            .With("a/fleet.layout", Samples.Fleet)
            .With("b/fleet.layout", Samples.Fleet.Replace("Demo.Fleet", "Demo.Other", StringComparison.Ordinal))
            .WithFacts("a/fleet.layout", Samples.Facts)
            .WithFacts("b/fleet.layout", Samples.Measure(700, "build/boot.o", "libz.a(inflate.o)", "hello.o", "fn1.o", "fn2.o", "fn3.o"));
        GeneratedProject generated = project.Generate();
        Assert.Equal(5000UL, generated.Constant("Demo.Fleet+Libraries+Zlib+Text", "Size"));
        Assert.Equal(700UL, generated.Constant("Demo.Other+Libraries+Zlib+Text", "Size"));
    }

    [Fact]
    public void Facts_NamedByAnUnnormalizedPath_AreFound()
    {
        TestProject project = new TestProject()
            .With("fleet.layout", Samples.Fleet)
            .With(new TestFile("/project/app/obj/x.layout.facts", Facts.FactsText.Write(Samples.Facts), "/project/app/obj/../fleet.layout"));
        Assert.Equal(5000UL, project.Generate().Constant("Demo.Fleet+Libraries+Zlib+Text", "Size"));
    }

    [Fact]
    public void OtherAdditionalFiles_OfAnyName_AreIgnored() =>
        TestProject.Of(Samples.Fleet).With("notes.txt", "layout X").With("layout", "?").With("a.layouts", "?").Generate();

    [Fact]
    public void Source_SameLayoutInAnotherFolder_IsTheSame()
    {
        TestProject there = new TestProject().With(new TestFile("/elsewhere/x/fleet.layout", Samples.Fleet))
            .With(new TestFile("/elsewhere/fleet.layout.facts", Facts.FactsText.Write(Samples.Facts), "/elsewhere/x/fleet.layout"));
        Assert.Equal(TestProject.Of(Samples.Fleet).Generate().Source, there.Generate().Source);
    }

    [Fact]
    public void Project_WithoutLayouts_GetsNothing() => Assert.Empty(new TestProject().Generate().Run.GeneratedSources);
}
