using System;
using System.IO;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

public sealed class OutputFileTests
{
    [Fact]
    public void Write_SameText_LeavesTheFileAlone()
    {
        using var folder = new TemporaryFolder();
        string path = folder["sub/a.txt"];
        Assert.True(OutputFile.WriteIfChanged(path, "one"));
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.False(OutputFile.WriteIfChanged(path, "one"));
        Assert.Equal(2020, File.GetLastWriteTimeUtc(path).Year);
        Assert.True(OutputFile.WriteIfChanged(path, "two"));
        Assert.Equal("two", File.ReadAllText(path));
        Assert.Equal([path], Directory.EnumerateFiles(folder["sub"]));
    }

    [Fact]
    public void Write_FolderInTheWay_ThrowsAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a"]);
        Exception problem = Assert.ThrowsAny<Exception>(() => OutputFile.WriteIfChanged(folder["a"], "text"));
        Assert.True(OutputFile.IsFileProblem(problem));
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }
}
