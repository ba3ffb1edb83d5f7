using System;
using System.IO;

namespace LayoutDsl.Build.Tests;

/// <summary>Builds with a lock beside the layout.</summary>
public sealed class LockTests : IClassFixture<TestProject>
{
    private const string Update = "-p:LayoutUpdateLock=true";

    private readonly TestProject project;

    public LockTests(TestProject project)
    {
        this.project = project;
        project.Reset();
        project.WriteProject("");
    }

    [Fact]
    public void Build_LibraryComesBeforeAnother_MovesItOnlyWithoutALock()
    {
        // A build writes no lock unless it is asked to.
        project.Build().Succeeds();
        Assert.False(File.Exists(project.PathOf("fleet.layout.lock")));
        string before = project.RunProgram()[0];
        project.Build(Update).Succeeds();
        string locked = File.ReadAllText(project.PathOf("fleet.layout.lock"));
        Assert.Contains("slot \"math\" \"text\"", locked, StringComparison.Ordinal);

        // 'early' is in more images than 'math', so without a lock it would come before it.
        project.Compile("objects/early.o", "int early(int x) { return x + 1; }");
        project.Write("fleet.layout", TestProject.Layout
            .Replace("library math", "library early { objects \"objects/early.o\"; }\nlibrary math", StringComparison.Ordinal)
            .Replace("uses math;", "uses math, early;", StringComparison.Ordinal)
            .Replace("image store {", "image store { uses early;", StringComparison.Ordinal));
        project.Build().Succeeds().Says("LAY2035");
        Assert.Equal(before, project.RunProgram()[0]);
        Assert.Equal(locked, File.ReadAllText(project.PathOf("fleet.layout.lock")));
        project.Build(Update).Succeeds();
        Assert.Equal(before, project.RunProgram()[0]);
        string updated = File.ReadAllText(project.PathOf("fleet.layout.lock"));
        Assert.Contains("slot \"early\" \"text\"", updated, StringComparison.Ordinal);

        File.Delete(project.PathOf("fleet.layout.lock"));
        project.Build().Succeeds();
        Assert.NotEqual(before, project.RunProgram()[0]);
    }
}
