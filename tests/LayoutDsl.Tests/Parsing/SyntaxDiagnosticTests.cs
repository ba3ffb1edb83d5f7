using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Parsing;

public sealed class SyntaxDiagnosticTests
{
    [Theory]
    [InlineData("image hello [LAY0001|uses|] boot }")]
    [InlineData("image [LAY0001|{|] }")]
    [InlineData("region ram [LAY0001|{|] origin 1; }")]
    [InlineData("const x = [LAY0001|;|]")]
    [InlineData("const x = 1 + [LAY0001|;|]")]
    [InlineData("const x = (1 + 2[LAY0001|;|]")]
    [InlineData("const x = 1 [LAY0001|2|];")]
    [InlineData("const x [LAY0001|1|];")]
    [InlineData("const x = [LAY0001|0x|];")]
    [InlineData("const x = [LAY0001|0xZZ|];")]
    [InlineData("const x = [LAY0001|@|];")]
    [InlineData("const x = [LAY0001|-|]1;")]
    [InlineData("const x = f(1, [LAY0001|)|];")]
    [InlineData("const x = a.[LAY0001|1|];")]
    [InlineData("include [LAY0001|shared|];")]
    [InlineData("layout [LAY0001|\"A\"|];")]
    [InlineData("layout A.[LAY0001|;|]")]
    [InlineData("place libraries [LAY0001|at|] 1;")]
    [InlineData("align { *.text [LAY0001|=|] 4; }")]
    [InlineData("align { [LAY0001|4|]; }")]
    [InlineData("library a { objects \"a.o\" [LAY0001|\"b.o\"|]; }")]
    [InlineData("library a { objects \"a.o\"\n [LAY0001|\"b.o\"|]; }")]
    [InlineData("section s (rx) { \".a\"[LAY0001|,|] \".b\" }")]
    [InlineData("section s (rx) { [LAY0001|kep|] \".b\" }")]
    [InlineData("image fn[1[LAY0001|,|] 4] { }")]
    [InlineData("[LAY0001|}|]")]
    [InlineData("[LAY0001|\"|]text\";")]
    [InlineData("[LAY0001|é|];")]
    public void UnexpectedToken_WrongPlace_IsTheToken(string marked) => Layouts.AssertSyntax(marked);

    [Theory]
    [InlineData("layout Demo.Flee[LAY0002|t|]\nconst a = 1;")]
    [InlineData("layout Demo.Flee[LAY0002|t|]\rconst a = 1;")]
    [InlineData("const a = [LAY0002|1|] // the rest\nconst b = 2;")]
    [InlineData("const a = [LAY0002|1|]")]
    [InlineData("const a [LAY0002|=|]\n\nconst b = 2;")]
    [InlineData("const [LAY0002|a|]")]
    [InlineData("cons[LAY0002|t|]")]
    [InlineData("library z { headroom 2[LAY0002|%|]\n objects \"z.o\"; }")]
    [InlineData("library z { headroom 2[LAY0002|%|] }")]
    [InlineData("library z { headroom 25%[LAY0002|;|]")]
    [InlineData("library z { headroom 25%[LAY0002|;|]\n\n// next\nlibrary y { headroom 1%; }")]
    [InlineData("align { *.text: [LAY0002|4|]\n *.data: 4; }")]
    public void MissingToken_EndOfLineOrDeclaration_IsTheLastCharacterBefore(string marked) => Layouts.AssertSyntax(marked);

    [Theory]
    [InlineData("[LAY0003|libary|] zlib { archive \"libz.a\"; }")]
    [InlineData("[LAY0003|Library|] zlib { archive \"libz.a\"; }")]
    [InlineData("[LAY0003|x|]")]
    [InlineData("[LAY0003|const_|] x = 1;\n[LAY0003|imag|] y { }")]
    public void UnknownDeclaration_FirstWord_IsTheWord(string marked) => Layouts.AssertSyntax(marked);

    [Theory]
    [InlineData("include [LAY0004|\"a.layout;|]\nconst x = 1;")]
    [InlineData("include [LAY0004|\"a.layout;|]")]
    [InlineData("library z { objects [LAY0004|\"a.o;|]\n headroom 1%; }")]
    [InlineData("library z { archive [LAY0004|\"a.a; }|]\nconst x = 1;")]
    [InlineData("section s (r) { [LAY0004|\".a }|]")]
    public void UnterminatedString_LineEnds_IsOneMistake(string marked) => Layouts.AssertSyntax(marked);

    [Theory]
    [InlineData("include \"a[LAY0005|\\b|].layout\";")]
    [InlineData("include \"[LAY0005|\\n|][LAY0005|\\t|]\";")]
    public void BadEscape_UnknownLetter_IsTheEscape(string marked) => Layouts.AssertSyntax(marked);

    [Theory]
    [InlineData("const x = [LAY0006|18446744073709551616|];")]
    [InlineData("const x = [LAY0006|0x1_0000_0000_0000_0000|];")]
    [InlineData("const x = [LAY0006|16777216TiB|];")]
    [InlineData("library z { headroom [LAY0006|18446744073709551616%|]; }")]
    public void NumberTooLarge_MoreThan64Bits_IsTheNumber(string marked) => Layouts.AssertSyntax(marked);

    [Theory]
    [InlineData("const x = 4[LAY0007|KB|];")]
    [InlineData("const x = 4[LAY0007|kib|] + 1[LAY0007|M|];")]
    [InlineData("const x = 0b1[LAY0007|2|];")]
    public void UnknownUnit_AfterNumber_IsTheUnit(string marked) => Layouts.AssertSyntax(marked);

    [Fact]
    public void NestingTooDeep_65Parentheses_IsTheBracketBeyondTheLimit()
    {
        string deep = new('(', 64);
        Layouts.AssertSyntax($"const x = {deep}1{new string(')', 64)};");
        Layouts.AssertSyntax($"const x = {deep}[LAY0008|(|]1{new string(')', 65)};\nconst y = 1;");
    }

    [Theory]
    [InlineData("const x = 1;[LAY0010|\0|]")]
    [InlineData("// [LAY0010|\uFFFD|]")]
    public void NotText_NulOrReplacementCharacter_IsTheCharacter(string marked) => Layouts.AssertSyntax(marked);

    [Theory]
    [InlineData("const x = 1; [LAY0012|/*|] const y = 2;\nconst z = 3;")]
    [InlineData("image a { [LAY0012|/*|] uses b; }\nimage c { }")]
    [InlineData("const x = [LAY0012|/*|]/")]
    public void UnterminatedComment_FileEnds_IsItsStart(string marked) => Layouts.AssertSyntax(marked);

    [Fact]
    public void Message_UnexpectedToken_NamesWhatIsThereAndWhatIsExpected()
    {
        Diagnostic diagnostic = Layouts.Parse("\n  place libraries at 1;").Diagnostics.Single();
        Assert.Equal("fleet.layout(2,19): error LAY0001: found 'at' where ';', 'after', 'from', 'in' or 'load in' is expected", diagnostic.ToString());
    }

    [Fact]
    public void Message_UnknownDeclaration_SuggestsTheNearestWord() =>
        Assert.EndsWith("'libary' does not start a declaration; did you mean 'library'?", Layouts.Parse("libary z { }").Diagnostics.Single().ToString());

    [Fact]
    public void Message_LongToken_IsCut()
    {
        Diagnostic diagnostic = Layouts.Parse("const x = 1 " + new string('a', 5000) + ";").Diagnostics.Single();
        Assert.InRange(diagnostic.Message.Length, 20, 200);
    }
}
