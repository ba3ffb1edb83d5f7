using System.Linq;
using LayoutDsl.Syntax;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Parsing;

public sealed class RecoveryTests
{
    private const string Two = "library a { objects \"a.o\"; }\nimage b { uses a; objects \"b.o\"; }\n";

    [Theory]
    [InlineData("library a { objects \"a.o\"[LAY0002|;|]\nimage b { uses a; objects \"b.o\"; }\n")]
    [InlineData("library a { objects \"a.o[LAY0002|\"|] }\nimage b { uses a; objects \"b.o\"; }\n")]
    [InlineData("library a {\n  objects \"a.o[LAY0002|\"|]\n  headroom 10%;\n}\nimage b { uses a; objects \"b.o\"; }\n")]
    public void MissingEnd_OfABlockOrStatement_IsOneMistakeAndNothingIsLost(string marked)
    {
        Layouts.AssertBinding(marked + Layouts.Frame);
        FileSyntax file = Layouts.Parse(new MarkedText(marked).Text);
        Assert.Equal("a.o", ((StringSyntax)((LibrarySyntax)file.Declarations[0].Declaration).Properties[0].Values[0]).Value);
        Assert.Equal(2, ((ImageSyntax)file.Declarations[1].Declaration).Properties.Count);
    }

    [Fact]
    public void MissingOpeningBrace_OfALibrary_IsOneMistakeAlsoForItsUsers() =>
        Layouts.AssertBinding("library a\n  [LAY0001|objects|] \"a.o\";\n  headroom 5%;\n}\nimage b { uses a; objects \"b.o\"; }\n" + Layouts.Frame);

    [Fact]
    public void MissingOpeningBrace_OnOneLine_IsOneMistake() =>
        Layouts.AssertBinding("library a [LAY0001|objects|] \"a.o\"; headroom 5%; }\nimage b { uses a; objects \"b.o\"; }\n" + Layouts.Frame);

    [Fact]
    public void SuperfluousBrace_BetweenDeclarations_IsOneMistake() => Layouts.AssertBinding("[LAY0001|}|]\n" + Two + Layouts.Frame);

    [Fact]
    public void MistypedKeyword_OfALibrary_IsOneMistakeAlsoForItsUsers() =>
        Layouts.AssertBinding("[LAY0003|libary|] a { objects \"a.o\"; }\nimage b { uses a; objects \"b.o\"; }\nalign { a.text: 64; }\n" + Layouts.Frame);

    [Theory]
    [InlineData("target x86_64 [LAY0001|page|] 4KiB; }\n")]
    [InlineData("region ram (rwx) [LAY0001|origin|] 1MiB; length 1MiB; }\n")]
    public void BrokenDeclaration_ThatALayoutNeeds_IsNotReportedAsMissing(string marked)
    {
        string keyword = marked[..marked.IndexOf(' ', System.StringComparison.Ordinal)];
        string rest = string.Join("\n", Layouts.FrameAndImage.Split('\n').Where(l => !l.StartsWith(keyword, System.StringComparison.Ordinal)));
        Layouts.AssertBinding(marked + rest);
    }

    [Fact]
    public void SeveralMistakes_InOneFile_AreAllReported() => Layouts.AssertBinding("""
        layout Demo.Flee[LAY0002|t|]
        target [LAY1016|x86|] { page 4KiB; }
        region ram (rwx) { origin 1[LAY0007|MB|]; length 63MiB; lenght[LAY0001|:|] 4; }
        section text (rx) { ".text" [LAY0001|kepp|]; ".text.*" }
        section data ([LAY1008|rwx|]) { ".data" }
        [LAY0003|libary|] zlib { archive "libz.a"; }
        library boot { [LAY1004|object|] "boot.o"; objects "boot.o"; }
        align { *.[LAY1003|txt|]: 64; *.data: [LAY1011|3|]; }
        image hello { uses boot, [LAY1003|alloc|]; objects [LAY0004|"hello.o;|]
          instances [LAY1012|0|]; }
        image fn[LAY1017|[9..1]|] { uses boot; objects "fn{n}.o"; }
        place images after [LAY1003|library|];
        const a = [LAY1003|b|] + 1;
        const c = 1 [LAY1009|-|] 2;
        symbol _end = [LAY1021|sizeof|](images);
        """);

    [Fact]
    public void ManyMistakes_InOneBlock_StopAtTheLimit()
    {
        FileSyntax file = Layouts.Parse("library a { " + new string(';', 100_000) + " }\nlibary b { }");
        Assert.Equal(101, file.Diagnostics.Count);
        Assert.Equal("LAY0011", file.Diagnostics.Single(d => d.Id != "LAY0001").Id);
    }

    [Fact]
    public void ManyMistakes_InManyDeclarations_StopAtTheLimit() =>
        Assert.Equal(101, Layouts.Parse(string.Concat(Enumerable.Repeat("libary a { }\n", 1000))).Diagnostics.Count);
}
