using System;
using System.IO;
using System.Linq;
using System.Text;
using CsCheck;
using LayoutDsl.Diagnostics;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Formatting;

public sealed class FormatterTests
{
    [Theory]
    [InlineData("layout   A . B ;", "layout A.B;\n")]
    [InlineData("layout A;layout B;", "layout A;\nlayout B;\n")]
    [InlineData("const a=1+2*( 3 -4 ) ;", "const a = 1 + 2 * (3 - 4);\n")]
    [InlineData("const a = align ( x,4KiB )<<2;", "const a = align(x, 4KiB) << 2;\n")]
    [InlineData("image fn [ 1 .. 9 ]{uses a,b;objects \"{n}.o\";}", "image fn[1..9] { uses a, b; objects \"{n}.o\"; }\n")]
    [InlineData("section t(rx){sort (\".t\") keep}", "section t (rx) { sort(\".t\") keep }\n")]
    [InlineData("align { * . text:page ; a.*:4; }", "align { *.text: page; a.*: 4; }\n")]
    [InlineData("align {\n*.text:page; a.*:4;}", "align {\n  *.text: page;\n  a.*: 4;\n}\n")]
    [InlineData("library a {\n\n\nobjects \"a\" ,\n\"b\";\n\n\nheadroom 25 %;\n\n}", null)]
    [InlineData("library a {\n\n\nobjects \"a\" ,\n\"b\";\n\n\nheadroom 25%;\n\n}", "library a {\n  objects \"a\",\n    \"b\";\n\n  headroom 25%;\n}\n")]
    [InlineData("section a (r) {\n\".a\" keep\n\".b\"\n}", "section a (r) {\n  \".a\" keep\n  \".b\"\n}\n")]
    [InlineData("\r\n\r\n/// Doc.  \r\nlayout A; // name\r\n\r\n\r\n\r\n// end", "/// Doc.\nlayout A;  // name\n\n// end\n")]
    [InlineData("const a = /* one */ 1; /* two */\nconst bcd = 2;", "const a = /* one */ 1; /* two */\nconst bcd = 2;\n")]
    [InlineData("const a = 1;\nconst long_name = 2;\n\nconst b = 3;", "const a         = 1;\nconst long_name = 2;\n\nconst b = 3;\n")]
    [InlineData("place text,rodata in flash;\nplace data in ram load in flash;", "place text, rodata in flash;\nplace data         in ram load in flash;\n")]
    [InlineData("assert endof( x )<=5,\"a\";", "assert endof(x) <= 5, \"a\";\n")]
    [InlineData("provide   hidden symbol a=1 ;", "provide hidden symbol a = 1;\n")]
    [InlineData("image a { uses b when c==\"d\" and e!=4; objects \"a.o\"; }", "image a { uses b when c == \"d\" and e != 4; objects \"a.o\"; }\n")]
    [InlineData("target x86_64\n{\npage 4KiB;\n// own line\n}\n", "target x86_64 {\n  page 4KiB;\n  // own line\n}\n")]
    [InlineData("", "")]
    [InlineData("// only a comment", "// only a comment\n")]
    public void Format_Text_HasItsUsualForm(string text, string? expected) => Assert.Equal(expected, Format(text));

    [Fact]
    public void Format_LineThatIsTooLong_GetsOneStatementALine()
    {
        string path = "\"" + new string('a', 100) + ".o\"";
        Assert.Equal($"image a {{\n  objects {path};\n  archive {path};\n}}\n", Format($"image a {{ objects {path}; archive {path}; }}"));
    }

    [Fact]
    public void Format_SyntaxError_LeavesTheTextAndSaysWhy()
    {
        Result<string> result = LayoutCompiler.Format(Layouts.Parse("libary a { }"));
        Assert.Null(result.Value);
        Assert.Equal(["LAY0003"], result.Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void Format_Examples_KeepTheirMeaningAndStay() => Assert.All(Examples.All, e => AssertKept(e.Text));

    [Fact]
    public void Format_LayoutsOfTheRepository_AreFormatted()
    {
        string[] files = Directory.GetFiles(Repository.GetPath("examples"), "*.layout", SearchOption.AllDirectories);
        Assert.True(files.Length >= 4);
        Assert.All(files, f => Assert.Equal(Format(File.ReadAllText(f)), File.ReadAllText(f)));
    }

    /// <summary>Any white space between the tokens of real layouts, and comments in it.</summary>
    [Fact]
    public void Format_ExamplesWithOtherWhiteSpace_KeepTheirMeaningAndComments()
    {
        Gen<(string Text, int Seed)> cases = Gen.Select(Gen.Int[0, Examples.All.Count - 1].Select(i => Examples.All[i].Text), Gen.Int[0, int.MaxValue]);
        Property.Holds(cases, 120, c => AssertKept(Scatter(c.Text, c.Seed)));
    }

    private static void AssertKept(string text)
    {
        if (Layouts.Parse(text).Diagnostics.Count > 0) return;
        string formatted = Format(text)!;
        Assert.Equal(Examples.Meaning(text), Examples.Meaning(formatted));
        Assert.Equal(formatted, Format(formatted));
        Assert.Equal(Tokens(text), Tokens(formatted));
    }

    private static string? Format(string text) => LayoutCompiler.Format(Layouts.Parse(text)).Value;

    /// <summary>The text without white space, comments among it.</summary>
    private static string Tokens(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>Puts other white space where there is some, and comments too; quoted texts and comments stay as they are.</summary>
    private static string Scatter(string text, int seed)
    {
        string[] gaps = [" ", "  ", "\t", "\n", "\n\n\n", " \n  ", "\r\n", " /* c */ ", "\n// own line\n", " // at the end\n"];
        var random = new Random(seed);
        var result = new StringBuilder();
        bool inQuotes = false;
        bool inComment = false;
        foreach (char c in text)
        {
            if (c == '"' && !inComment) inQuotes = !inQuotes;
            if (c == '/' && !inQuotes) inComment = true;
            if (c == '\n') inComment = false;
            if (c is ' ' && !inQuotes && !inComment && random.Next(3) == 0) result.Append(gaps[random.Next(gaps.Length)]);
            else result.Append(c);
        }

        return result.ToString();
    }
}
