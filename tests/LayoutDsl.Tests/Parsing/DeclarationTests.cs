using System.Linq;
using LayoutDsl.Syntax;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Parsing;

public sealed class DeclarationTests
{
    [Fact]
    public void Layout_DottedName_HasItsParts() =>
        Assert.Equal(["Demo", "Edge", "Fleet"], Read<LayoutHeaderSyntax>("layout Demo.Edge.Fleet;").Parts.Select(p => p.Text));

    [Fact]
    public void Include_Path_IsTheText() => Assert.Equal("shared/a.layout", Read<IncludeSyntax>("include \"shared/a.layout\";").Path.Value);

    [Fact]
    public void Const_Value_IsAnExpression()
    {
        ConstSyntax constant = Read<ConstSyntax>("const size = 4KiB;");
        Assert.Equal("size", constant.Name.Text);
        Assert.Equal(4096UL, Assert.IsType<NumberSyntax>(constant.Value).Value);
    }

    [Fact]
    public void Symbol_Call_HasFunctionAndArguments()
    {
        CallSyntax call = Assert.IsType<CallSyntax>(Read<SymbolSyntax>("symbol _end = align(endof(images), 2MiB);").Value);
        Assert.Equal("align", call.Function.Text);
        Assert.Equal(2, call.Arguments.Count);
        Assert.Equal("images", Assert.IsType<NameSyntax>(Assert.IsType<CallSyntax>(call.Arguments[0]).Arguments[0]).Text);
    }

    [Fact]
    public void Target_Properties_KeepTheirOrder()
    {
        TargetSyntax target = Read<TargetSyntax>("target x86_64 { page 4KiB; entry _start; }");
        Assert.Equal("x86_64", target.Architecture.Text);
        Assert.Equal(["page", "entry"], target.Properties.Select(p => p.Name.Text));
    }

    [Fact]
    public void Region_Declaration_HasNamePermissionsAndProperties()
    {
        RegionSyntax region = Read<RegionSyntax>("region ram (rwx) { origin 1MiB; length 63MiB; }");
        Assert.Equal(("ram", "rwx", 2), (region.Name.Text, region.Permissions.Text, region.Properties.Count));
    }

    [Fact]
    public void Section_AllEntries_AreReadInOrder()
    {
        SectionSyntax section = Read<SectionSyntax>("""section s (r) { table keep zero ".a" sort(".b.*"); reserve 4KiB * 2 bounds __s __e; }""");
        Assert.Equal(
            ["table", "keep", "zero", ".a", "sort .b.*", "reserve 1", "bounds 2"],
            section.Entries.Select(e => e switch
            {
                SectionPatternSyntax pattern => (pattern.Sort is null ? "" : "sort ") + pattern.Pattern.Value,
                SectionModifierSyntax modifier => modifier.Word.Text + (modifier.Arguments.Count == 0 ? "" : " " + modifier.Arguments.Count),
                _ => "?",
            }));
    }

    [Fact]
    public void Library_ListOfPaths_IsOneProperty()
    {
        LibrarySyntax library = Read<LibrarySyntax>("library zlib { objects \"a.o\", \"b.o\"; headroom 25%; }");
        Assert.Equal(["a.o", "b.o"], library.Properties[0].Values.Cast<StringSyntax>().Select(s => s.Value));
        Assert.Equal(25UL, Assert.IsType<PercentSyntax>(library.Properties[1].Values[0]).Value);
    }

    [Fact]
    public void Image_WithoutRange_IsNoFamily() => Assert.Null(Read<ImageSyntax>("image hello { uses boot; }").Family);

    [Theory]
    [InlineData("image fn[1..1000] { }")]
    [InlineData("image fn [ 1 .. 1000 ] { }")]
    [InlineData("image fn[first..last] { }")]
    [InlineData("image fn[first + 1..2 * last] { }")]
    public void Image_WithRange_IsAFamily(string text) => Assert.NotNull(Read<ImageSyntax>(text).Family);

    [Fact]
    public void Align_Selectors_TakeNamesAndStars()
    {
        AlignSyntax align = Read<AlignSyntax>("align { *.text: page; zlib.*: 64; zlib.text: 16; *.*: 1; }");
        Assert.Equal(["*.text", "zlib.*", "zlib.text", "*.*"], align.Rules.Select(r => r.Owner.Text + "." + r.Section.Text));
    }

    [Fact]
    public void Place_Clauses_KeepTheirOrder()
    {
        PlaceSyntax place = Read<PlaceSyntax>("place libraries in ram from 2MiB;");
        Assert.Equal(["in", "from"], place.Clauses.Select(c => c.Keyword.Text));
        Assert.Equal("libraries", place.Subjects.Single().Text);
    }

    [Fact]
    public void Discard_List_HasAllPatterns() =>
        Assert.Equal([".comment", ".note.*"], Read<DiscardSyntax>("discard \".comment\", \".note.*\";").Patterns.Select(p => p.Value));

    [Fact]
    public void Spans_OfADeclaration_CountFromItsStart()
    {
        FileSyntax file = Layouts.Parse("// first\nlayout A;\n  const x = 1;");
        PlacedDeclaration placed = file.Declarations[1];
        Assert.Equal(21, placed.Start);
        Assert.Equal((6, 1), (((ConstSyntax)placed.Declaration).Name.Span.Start, ((ConstSyntax)placed.Declaration).Name.Span.Length));
        Assert.Equal((0, 12), (placed.Declaration.Span.Start, placed.Declaration.Span.Length));
    }

    [Fact]
    public void Declaration_MovedInItsFile_IsEqual() =>
        Assert.Equal(Read<ImageSyntax>("image a { uses b; }"), Layouts.Parse("const x = 1;\n\n/* moved */ image a { uses b; }").Declarations[1].Declaration);

    [Theory]
    [InlineData("/// One.\n/// Two.\nlibrary a { }", "One.\nTwo.")]
    [InlineData("///One.  \nlibrary a { }", "One.")]
    [InlineData("/// One.\r\n/// Two.\r\nlibrary a { }", "One.\nTwo.")]
    [InlineData("/// One.\n\nlibrary a { }", "One.")]
    [InlineData("/// One.\n// plain\nlibrary a { }", "")]
    [InlineData("//// no doc\nlibrary a { }", "")]
    [InlineData("// no doc\nlibrary a { }", "")]
    [InlineData("library a { } /// behind", "")]
    public void Documentation_CommentAbove_BelongsToTheDeclaration(string text, string expected) =>
        Assert.Equal(expected, Layouts.Parse(text).Declarations[0].Documentation);

    [Fact]
    public void Comments_Anywhere_MeanNothing()
    {
        FileSyntax file = Layouts.Parse("/**/library/* { */ a // }\r{ objects /* ; */ \"a.o\" // x\n; /*\n*/ }/* end */");
        Layouts.AssertNone(file.Diagnostics);
        Assert.Equal("a.o", ((StringSyntax)((LibrarySyntax)file.Declarations[0].Declaration).Properties[0].Values[0]).Value);
    }

    private static T Read<T>(string text)
        where T : DeclarationSyntax
    {
        FileSyntax file = Layouts.Parse(text);
        Layouts.AssertNone(file.Diagnostics);
        return Assert.IsType<T>(Assert.Single(file.Declarations).Declaration);
    }
}
