using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Binding;

public sealed class IncludeTests
{
    [Fact]
    public void Include_FileInAFolder_PathsAreRelativeToThatFile()
    {
        Result<BoundLayout> bound = Layouts.Bind(
            "include \"shared/libs.layout\";" + Layouts.FrameAndImage.Replace("objects", "uses z, y, x; objects"),
            ("shared/libs.layout", "include \"../more/y.layout\"; library z { objects \"z.o\", \"../out/z2.o\", \"/abs/z3.o\"; }"),
            ("more/y.layout", "library y { archive \"y.a\"; } library x { objects \"../x.o\"; }"));
        Layouts.AssertNone(bound.Diagnostics);
        Assert.Equal(["x.o", "more/y.a", "shared/z.o", "out/z2.o", "/abs/z3.o"], bound.Value!.Libraries.SelectMany(l => l.Inputs).Select(i => i.Pattern));
    }

    [Fact]
    public void Include_RootInAFolder_InputPathsAreRelativeToTheRoot()
    {
        Result<BoundLayout> bound = LayoutCompiler.Bind(
            Layouts.Parse("include \"../lib/z.layout\";" + Layouts.FrameAndImage.Replace("objects", "uses z; objects"), "apps/one/fleet.layout"),
            path => path == "apps/lib/z.layout" ? Layouts.Parse("library z { objects \"z.o\"; }", path) : null);
        Layouts.AssertNone(bound.Diagnostics);
        Assert.Equal(["../lib/z.o"], bound.Value!.Libraries.Single().Inputs.Select(i => i.Pattern));
        Assert.Equal(["app.o"], bound.Value.Images.Single().Inputs.Select(i => i.Pattern));
    }

    [Fact]
    public void Include_SameFileByTwoWays_CountsOnce() =>
        Layouts.AssertNone(Layouts.Bind(
            "include \"a.layout\"; include \"b.layout\"; include \"./x/../c.layout\";" + Layouts.FrameAndImage,
            ("a.layout", "include \"c.layout\";"),
            ("b.layout", "include \"c.layout\";"),
            ("c.layout", "const c = 1;")).Diagnostics);

    [Fact]
    public void Include_Circle_IsReportedWhereItCloses()
    {
        Diagnostic diagnostic = Layouts.Bind(
            "include \"a.layout\";" + Layouts.FrameAndImage,
            ("a.layout", "include \"b.layout\"; const a = 1;"),
            ("b.layout", "include \"a.layout\"; const b = 1;")).Diagnostics.Single();
        Assert.Equal("b.layout(1,9): error LAY1015: 'a.layout' includes itself, directly or through other files; move what both need into a third file", diagnostic.ToString());
    }

    [Fact]
    public void Include_EndlessChain_IsCut()
    {
        Result<BoundLayout> bound = LayoutCompiler.Bind(
            Layouts.Parse("include \"1/a.layout\";" + Layouts.FrameAndImage),
            path => Layouts.Parse("include \"1/a.layout\";", path));
        Diagnostic diagnostic = bound.Diagnostics.Single();
        Assert.Equal("LAY1015", diagnostic.Id);
        Assert.Contains("deeper than 100", diagnostic.Message);
    }

    [Fact]
    public void Include_MistakeInsideTheFile_IsAtItsPlaceThere()
    {
        Diagnostic diagnostic = Layouts.Bind("include \"s/a.layout\";" + Layouts.FrameAndImage, ("s/a.layout", "\nimage b { uses c; objects \"b.o\"; }")).Diagnostics.Single();
        Assert.StartsWith("s/a.layout(2,16): error LAY1003:", diagnostic.ToString());
    }

    [Fact]
    public void Include_DuplicateInAnotherFile_NamesTheFirstPlace()
    {
        Diagnostic diagnostic = Layouts.Bind("include \"a.layout\"; const c = 1;" + Layouts.FrameAndImage, ("a.layout", "const c = 2;")).Diagnostics.Single();
        Assert.Equal(("fleet.layout", "a.layout"), (diagnostic.Location.Path, diagnostic.Related.Single().Location.Path));
    }
}
