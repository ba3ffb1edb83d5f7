using CsCheck;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Text;

public sealed class LayoutPathTests
{
    [Theory]
    [InlineData("a/./b//c", "a/b/c")]
    [InlineData("a/../b", "b")]
    [InlineData("../../a", "../../a")]
    [InlineData("/../a", "/a")]
    [InlineData(@"a\b", "a/b")]
    [InlineData("", "")]
    [InlineData("./", "")]
    public void Normalize_DotsAndSeparators_ResolvesThem(string path, string expected) => Assert.Equal(expected, LayoutPath.Normalize(path));

    [Theory]
    [InlineData("", "a/b", "a/b")]
    [InlineData("x", "a", "x/a")]
    [InlineData("x/y", "../a", "x/a")]
    [InlineData("x", "/a", "/a")]
    [InlineData("x", "C:/a", "C:/a")]
    public void Combine_DirectoryAndPath_KeepsRootedPaths(string directory, string path, string expected) => Assert.Equal(expected, LayoutPath.Combine(directory, path));

    [Theory]
    [InlineData("", "a/b", "a/b")]
    [InlineData("a", "a/b", "b")]
    [InlineData("a/b", "c", "../../c")]
    [InlineData("/r/a", "/r/b/c", "../b/c")]
    [InlineData("a", "a", "")]
    public void GetRelative_TwoPaths_GoesUpAndDown(string directory, string path, string expected) => Assert.Equal(expected, LayoutPath.GetRelative(directory, path));

    [Theory]
    [InlineData("a/b.c.o", "a", "b.c.o", "b.c")]
    [InlineData("b", "", "b", "b")]
    [InlineData("/b", "/", "b", "b")]
    [InlineData("a/.hidden", "a", ".hidden", ".hidden")]
    public void Parts_OfAPath_AreDirectoryFileNameAndStem(string path, string directory, string name, string stem) =>
        Assert.Equal((directory, name, stem), (LayoutPath.GetDirectory(path), LayoutPath.GetFileName(path), LayoutPath.GetStem(path)));

    [Fact]
    public void Combine_WithARelativePath_FindsTheWayBack()
    {
        Gen<string> paths = Gen.OneOf("a", "b", "c", "dd").Array[0, 5].Select(parts => string.Join("/", parts));
        Property.Holds(Gen.Select(paths, paths), 1000, c => Assert.Equal(c.Item2, LayoutPath.Combine(c.Item1, LayoutPath.GetRelative(c.Item1, c.Item2))));
    }
}
