using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Text;

public sealed class RecordTextTests
{
    [Fact]
    public void Split_AnyTextFields_GivesThemBack()
    {
        Gen<char> characters = Gen.OneOf(Gen.OneOf('"', '\\', ' ', '\n', '\r', '\t', '\0', '\u007f', '\u2028', '#', 'u'), Gen.Char['!', '~'], Gen.Char['\u00a0', '\ud7ff']);
        Property.Holds(Gen.String[characters, 0, 12].Array[0, 5], 2000, fields =>
        {
            var builder = new StringBuilder();
            builder.AppendRecord("key", fields);
            string text = builder.ToString();
            Assert.Equal(1, text.Count(c => c == '\n'));
            var reader = new RecordReader(text);
            Assert.True(reader.Read());
            Assert.Equal("key", reader.Keyword);
            Assert.Equal(fields, Enumerable.Range(0, reader.FieldCount).Select(reader.Text));
            Assert.False(reader.Read());
            Assert.Null(reader.Error);
        });
    }

    [Theory]
    [InlineData("a \"b")]
    [InlineData("a  b")]
    [InlineData("a ")]
    [InlineData("a \"b\"c")]
    [InlineData("a \"\\x\"")]
    [InlineData("a \"\\u12\"")]
    [InlineData("a \"\\")]
    public void Split_DamagedLine_IsNull(string line) => Assert.Null(RecordText.Split(line));

    [Fact]
    public void Read_CommentsAndEmptyLines_AreSkipped()
    {
        var reader = new RecordReader("# head\n\nkey 12 0x1F\r\n");
        Assert.True(reader.Read());
        Assert.Equal((3, 12UL, 31UL), (reader.Line, reader.Number(0), reader.Number(1)));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("key -1")]
    [InlineData("key 18446744073709551616")]
    [InlineData("key 0x")]
    [InlineData("key 1e3")]
    public void Number_NoNumber_FailsAtItsLine(string line)
    {
        var reader = new RecordReader("other\n" + line);
        Assert.True(reader.Read() && reader.Read());
        Assert.Equal(0UL, reader.Number(0));
        Assert.StartsWith("line 2:", reader.Error);
        Assert.False(reader.Read());
    }

    [Fact]
    public void Read_AnyDamagedText_NeverThrows()
    {
        Gen<string> texts = Gen.String[Gen.OneOf('a', '"', '\\', ' ', '\n', 'u', '0'), 0, 40];
        Property.Holds(texts, 3000, text =>
        {
            var reader = new RecordReader(text);
            var seen = new List<string>();
            while (reader.Read()) seen.Add(reader.Keyword + reader.Text(0) + reader.Number(1));
            Assert.True(seen.Count <= text.Length + 1);
        });
    }
}
