using LayoutDsl.Text;

namespace LayoutDsl.Tests.Text;

public sealed class SourceTextTests
{
    [Theory]
    [InlineData("a\nb", 2, 1, 0)]
    [InlineData("a\r\nb", 3, 1, 0)]
    [InlineData("a\rb", 2, 1, 0)]
    [InlineData("a\r\nb", 1, 0, 1)]
    [InlineData("a\r\nb", 2, 0, 2)]
    [InlineData("a\n\r\nb", 4, 2, 0)]
    [InlineData("a\n", 2, 1, 0)]
    [InlineData("", 0, 0, 0)]
    [InlineData("ab", 99, 0, 2)]
    [InlineData("ab", -5, 0, 0)]
    public void GetLinePosition_AnyLineEnd_CountsLinesAndColumnsFromZero(string content, int offset, int line, int column) =>
        Assert.Equal(new LinePosition(line, column), new SourceText("f", content).GetLinePosition(offset));

    [Theory]
    [InlineData("a\nbc\n", 1, "bc")]
    [InlineData("a\r\nbc\r\nd", 1, "bc")]
    [InlineData("a\rbc\rd", 1, "bc")]
    [InlineData("a\nbc", 1, "bc")]
    [InlineData("a\n", 1, "")]
    public void GetLine_AnyLineEnd_GivesTheLineWithoutIt(string content, int line, string expected) =>
        Assert.Equal(expected, new SourceText("f", content).GetLine(line));

    [Fact]
    public void LineCount_EmptyText_IsOne() => Assert.Equal(1, new SourceText("f", "").LineCount);

    [Fact]
    public void GetLocation_SpanOverTwoLines_GivesBothEnds()
    {
        SourceLocation location = new SourceText("f", "ab\ncd").GetLocation(TextSpan.FromBounds(1, 4));
        Assert.Equal(new LineSpan(new LinePosition(0, 1), new LinePosition(1, 1)), location.Lines);
    }
}
