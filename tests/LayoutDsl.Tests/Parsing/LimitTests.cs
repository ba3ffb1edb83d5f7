using System;
using System.Linq;
using System.Threading;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Parsing;

/// <summary>Texts that no one means. All run on a thread with the stack of a compiler server's thread, and each ends in diagnostics.</summary>
public sealed class LimitTests
{
    private const int StackSize = 1024 * 1024;

    private const string Tokens = " \n{}()[];:,.\"*/%+-<>=|&0xKiB_abc";

    public static TheoryData<string> Nonsense => new()
    {
        "parentheses", "braces in lines", "closing braces in lines", "quotes", "open comments", "one word", "words", "one line of spaces", "keywords in lines",
        "open blocks", "noise", "noise of the language",
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Compile_Nonsense_EndsInDiagnostics(string kind)
    {
        string text = kind switch
        {
            "parentheses" => "const x = " + new string('(', 20_000),
            "braces in lines" => Repeat("{\n", 100_000),
            "closing braces in lines" => Repeat("}\n", 100_000),
            "quotes" => Repeat("\"\n", 100_000),
            "open comments" => Repeat("/*", 100_000),
            "one word" => new string('a', 1_000_000),
            "words" => Repeat("a ", 500_000),
            "one line of spaces" => new string(' ', 1_000_000) + "x",
            "keywords in lines" => Repeat("library\n", 100_000),
            "open blocks" => Repeat("library a {\n", 100_000),
            "noise" => Noise(3_000_000, c => (char)(' ' + c % 95)),
            _ => Noise(300_000, c => Tokens[c % Tokens.Length]),
        };
        Result<BoundLayout> bound = OnSmallStack(() => Layouts.Bind(text));
        Assert.Null(bound.Value);
        Assert.InRange(bound.Diagnostics.Count, 1, 400);
    }

    [Theory]
    [InlineData("+ 1")]
    [InlineData("* 1")]
    [InlineData("| 1 + 1")]
    public void Parse_ChainOf20000Operands_HasItsValue(string link)
    {
        Result<BoundLayout> bound = OnSmallStack(() => Layouts.Bind("const x = 1 " + Repeat(link, 20_000) + ";" + Layouts.FrameAndImage));
        Layouts.AssertNone(bound.Diagnostics);
    }

    [Fact]
    public void Bind_SymbolWithAChainOf20000Operands_HasItsValue() =>
        Layouts.AssertNone(OnSmallStack(() => Layouts.Bind("symbol x = endof(images) " + Repeat("+ 1", 20_000) + ";" + Layouts.FrameAndImage)).Diagnostics);

    [Fact]
    public void Bind_ExpressionAtTheNestingLimit_HasItsValue()
    {
        string deep = Repeat("max(1, 1 | (2 & ", 31) + "1" + Repeat("))", 31);
        Layouts.AssertNone(OnSmallStack(() => Layouts.Bind($"const x = {deep}; symbol y = {deep};" + Layouts.FrameAndImage)).Diagnostics);
    }

    [Fact]
    public void Parse_ListOf20000Paths_HasThemAll()
    {
        FileSyntax file = OnSmallStack(() => Layouts.Parse("library a { objects " + Repeat("\"a.o\", ", 20_000) + "\"a.o\"; }"));
        Assert.Equal(20_001, ((LibrarySyntax)file.Declarations.Single().Declaration).Properties[0].Values.Count);
    }

    [Fact]
    public void Parse_FileAboveTheLimit_IsOneDiagnosticOfTheFile() =>
        new MarkedText("").AssertMarked(Layouts.Parse(new string(' ', 16 * 1024 * 1024 + 1)).Diagnostics, "LAY0009");

    [Fact]
    public void Bind_EmptyFile_SaysWhatALayoutNeeds() => Layouts.AssertBinding("", "LAY1001", "LAY1006", "LAY1006", "LAY1006");

    [Fact]
    public void Parse_AnyPrefixOfALayout_NeverThrows()
    {
        for (int length = 0; length < Layouts.FrameAndImage.Length; length++) _ = Layouts.Bind(Layouts.FrameAndImage[..length]);
    }

    [Fact]
    public void Bind_LayoutWithOneTokenMutated_NeverThrows()
    {
        string[] tokens = ["{", "}", "(", ")", ";", "\"", "/*", "*/", "//", "*", "page", "image", "0x", "1..2", "[1..3]", "%", "{n}", "\0", "\uD800", "65535TiB", "library", "\n"];
        var random = new Mutations(Layouts.FrameAndImage + "library l { objects \"l.o\"; headroom 5%; } image fn[1..4] { uses l; objects \"{n}.o\"; } align { l.text: 64; }"
            + " place images after libraries; symbol s = endof(libraries) + sizeof(l.text); discard \".x\"; section t (r) { table reserve 8 bounds a b sort(\".t\") }", tokens);
        for (int i = 0; i < 2000; i++) _ = Layouts.Bind(random.Next(i));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Noise(int length, Func<int, char> character)
    {
        uint state = 1;
        return string.Create(length, character, (span, toCharacter) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                state = unchecked((state * 1664525) + 1013904223);
                span[i] = toCharacter((int)(state >> 16));
            }
        });
    }

    private static T OnSmallStack<T>(Func<T> run)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = run();
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            StackSize);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        return result!;
    }
}
