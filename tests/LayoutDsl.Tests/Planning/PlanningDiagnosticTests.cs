using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Planning;
using LayoutDsl.Text;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Facts;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Planning;

/// <summary>Each diagnostic of planning, at exactly the marked text.</summary>
public sealed class PlanningDiagnosticTests
{
    /// <summary>A layout in which everything that is declared is used.</summary>
    private const string Fleet = """
        layout Test.Fleet;
        target x86_64 { }
        region ram (rwx) { origin 1MiB; length 1MiB; }
        section text (rx) { ".text" ".text.*" }
        section data (rw) { ".data" }
        section bss (rw) { zero ".bss" "COMMON" }
        library lib { objects "lib.o"; }
        image app { uses lib; objects "app.o"; }

        """;

    [Fact]
    public void NotMeasured_NoFacts_IsAWarningAtTheTarget()
    {
        Layouts.AssertPlanning(Fleet.Replace("x86_64", "[LAY2001|x86_64|]"), null);
        Assert.NotNull(Layouts.Plan(Fleet, null).Value);
    }

    [Fact]
    public void InputNotFound_PatternWithoutFiles_IsThePattern() =>
        Layouts.AssertPlanning(Fleet.Replace("\"lib.o\"", "[LAY2002|\"lib.o\"|], [LAY2002|\"l/*.o\"|]"), Complete("app.o").Pattern("l/*.o"));

    [Fact]
    public void InputNotFound_ArchiveMeasuredAsObject_IsThePattern() =>
        Layouts.AssertPlanning(Fleet.Replace("objects \"lib.o\"", "archive [LAY2002|\"lib.o\"|]"), Complete("app.o").Object("lib.o"));

    [Fact]
    public void InputNotFound_ManyMembersOfAFamily_IsOneMistake() =>
        Layouts.AssertPlanning(Fleet + "image fn[1..500] { objects [LAY2002|\"{n}.o\"|]; }", Complete("app.o", "lib.o").Object("7.o", Code(1)));

    [Fact]
    public void UnplacedSection_NoSectionTakesIt_IsThePatternOfTheObject() =>
        Layouts.AssertPlanning(Fleet.Replace("\"lib.o\"", "[LAY2003|\"lib.o\"|]"), Complete("app.o").Object("lib.o", Code(8), ReadOnly(5, ".eh_frame")));

    [Fact]
    public void UnplacedSection_InManyObjects_IsOneMistakeThatCountsThem()
    {
        Result<LayoutDsl.Planning.LayoutPlan> plan = Layouts.Plan(Fleet, Complete().Object("lib.o", ReadOnly(5, ".eh_frame")).Object("app.o", Zeroed(0, ".eh_frame"), Code(1)));
        Assert.Equal(
            "fleet.layout(7,23): error LAY2003: no section of the layout takes '.eh_frame', which lib.o has (and another object too): 5 bytes, read-only data; "
            + "add \".eh_frame\" to a section, or 'discard \".eh_frame\";'",
            Assert.Single(plan.Diagnostics).ToString());
    }

    [Fact]
    public void UnplacedSection_CommonSymbols_IsThePatternOfTheObject() =>
        Layouts.AssertPlanning(Fleet.Replace(" \"COMMON\"", "").Replace("\"lib.o\"", "[LAY2003|\"lib.o\"|]"), Complete("app.o").Common("lib.o", new CommonFacts("c", 8, 8)));

    [Fact]
    public void PermissionMismatch_CodeInData_IsThePatternOfTheObject() =>
        Layouts.AssertPlanning(Fleet.Replace("\"lib.o\"", "[LAY2004|[LAY2004|\"lib.o\"|]|]"), Complete("app.o").Object("lib.o", Code(8, ".data"), Data(8, ".text.x")));

    [Theory]
    [InlineData(14u)]
    [InlineData(15u)]
    [InlineData(16u)]
    public void PermissionMismatch_ArrayOfFunctions_IsNone(uint type) =>
        Layouts.AssertPlanning(Fleet + "section starts (r) { table \".starts\" }", Complete("app.o").Object("lib.o", Code(8), Data(8), Zeroed(8), Data(8, ".starts") with { Type = type }));

    [Fact]
    public void PermissionMismatch_RegionDoesNotAllowIt_IsTheSection() =>
        Layouts.AssertPlanning(
            Fleet.Replace("section data", "section [LAY2004|data|]").Replace("section bss", "section [LAY2004|bss|]")
            + "region rom (rx) { origin 16MiB; length 1MiB; } place libraries in rom; place images in ram;",
            Complete("app.o", "lib.o"));

    [Fact]
    public void ContentInZeroSection_InitializedData_IsThePatternOfTheObject() =>
        Layouts.AssertPlanning(Fleet.Replace("\"lib.o\"", "[LAY2005|\"lib.o\"|]"), Complete("app.o").Object("lib.o", Data(8, ".bss")));

    [Fact]
    public void PatternMatchesNothing_SectionOrDiscard_IsItsNameOrPattern() =>
        Layouts.AssertPlanning(
            Fleet + "section [LAY2006|ctors|] (r) { \".ctors\" } discard [LAY2006|\".junk\"|], \".comment\", \".debug_*\", \".gnu.warning.x\"; section heap (rw) { table \".heap\" reserve 8 }",
            Complete("app.o", "lib.o"));

    [Theory]
    [InlineData("align { *.text: 64; [LAY2006|*.*|]: 32; lib.*: 16; app.*: 16; lib.text: 64; app.text: 16; }", "*.text")]
    [InlineData("align { [LAY2006|lib.t|]: 64; *.t: 16; } section t (rw) { table \".t\" reserve 8 }", "")]
    public void PatternMatchesNothing_ShadowedRule_IsItsSelector(string align, string shadowed) =>
        Layouts.AssertPlanning(Fleet + (shadowed.Length > 0 ? align.Replace(shadowed + ":", $"[LAY2006|{shadowed}|]:").Replace("[LAY2006|*.*|]", "*.*") : align), Complete("app.o", "lib.o"));

    [Fact]
    public void RegionOverflow_LibraryTooLarge_NamesSectionLibraryAndRegion()
    {
        FactsFile facts = Complete("app.o").Object("lib.o", Code(2 << 20), Data(8));
        Layouts.AssertPlanning(Fleet.Replace("library lib", "library [LAY2007|lib|]"), facts);
        Assert.Equal(
            "the section 'text' of 'lib' needs 2097152 bytes at 0x100000, but the region 'ram' has 1048576 left (it ends at 0x200000)",
            Layouts.Plan(Fleet, facts).Diagnostics[0].Message);
    }

    [Fact]
    public void RegionOverflow_ImageTooLarge_NamesIt()
    {
        FactsFile facts = Complete("lib.o").Object("app.o", Code(8), Data(2 << 20));
        Layouts.AssertPlanning(Fleet.Replace("image app", "image [LAY2007|app|]"), facts);
        Assert.Contains("'data' of 'app' needs 2097152 bytes", Layouts.Plan(Fleet, facts).Diagnostics[0].Message);
    }

    [Fact]
    public void RegionOverflow_ImageThatNothingHelps_IsNamedWithItsLargestLibraries()
    {
        FactsFile facts = Complete("app.o").Object("lib.o", Code(2 << 20), Data(8));
        Assert.StartsWith("'app' alone needs at least 2060 KiB of 1024 KiB; largest are 'lib' (2049 KiB)", Layouts.Plan(Fleet, facts).Diagnostics[0].Hint, System.StringComparison.Ordinal);
    }

    [Fact]
    public void RegionOverflow_SeveralImagesThatNothingHelps_AreAllNamed()
    {
        const string Three = Layouts.Frame + """

            library lib { objects "lib.o"; }
            image one { uses lib; objects "one.o"; }
            image fn[1..5] { uses lib; objects "fn{n}.o"; }
            image least { objects "small.o"; }
            """;
        Measured facts = new Measured().Object("lib.o", Code(200_000)).Object("one.o", Code(9000)).Object("small.o", Code(8));
        for (int i = 1; i <= 5; i++) facts.Object($"fn{i}.o", Code(8));
        string? hint = Layouts.Plan(Three.Replace("length 63MiB", "length 128KiB", System.StringComparison.Ordinal), facts).Diagnostics.First(d => d.Id == "LAY2007").Hint;
        Assert.StartsWith("'one' alone needs at least 208 KiB of 128 KiB, 'fn1' 196 KiB, 'fn2' 196 KiB, 'fn3' 196 KiB and 2 more images too much as well; largest are 'lib' (196 KiB)", hint, System.StringComparison.Ordinal);
    }

    [Fact]
    public void RegionOverflow_OfImagesThatFitAlone_SaysSoAndNamesTheLargestLibraries()
    {
        const string Pairs = Layouts.Frame + """

            library left { objects "left.o"; }
            library middle { objects "middle.o"; }
            library right { objects "right.o"; }
            image one { uses left, middle; objects "one.o"; }
            image two { uses middle, right; objects "two.o"; }
            image three { uses left, right; objects "three.o"; }
            """;
        Measured facts = new Measured().Object("left.o", Code(50_000)).Object("middle.o", Code(40_000)).Object("right.o", Code(45_000)).Object("one.o", Code(8)).Object("two.o", Code(8)).Object("three.o", Code(8));
        string? hint = Layouts.Plan(Pairs.Replace("length 63MiB", "length 128KiB", System.StringComparison.Ordinal), facts).Diagnostics.First(d => d.Id == "LAY2007").Hint;
        Assert.StartsWith("each image alone would fit ('three', the largest, needs 96 KiB of 128 KiB), but not everything at one address in all images that have it; the largest libraries are 'left' (49 KiB), 'right' (44 KiB), 'middle' (40 KiB)", hint, System.StringComparison.Ordinal);
    }

    [Fact]
    public void LibrariesThatNeverMeet_RegionTooSmallForBoth_Overlap()
    {
        const string Two = Layouts.Frame + """

            library left { objects "left.o"; }
            library right { objects "right.o"; }
            image one { uses left; objects "one.o"; }
            image two { uses right; objects "two.o"; }
            """;
        FactsFile facts = new Measured().Object("left.o", Code(100_000)).Object("right.o", Code(90_000)).Object("one.o", Code(8)).Object("two.o", Code(8));
        string small = Two.Replace("origin 1MiB; length 63MiB", "origin 1MiB; length 128KiB", System.StringComparison.Ordinal);
        Assert.NotEqual(Address(Two, "left"), Address(Two, "right"));
        Assert.Equal(Address(small, "left"), Address(small, "right"));
        Assert.Single(Layouts.Plan(small, facts).Diagnostics, d => d.Id == "LAY2060");
        Assert.Single(Layouts.Plan(small.Replace("uses left;", "uses left, right;", System.StringComparison.Ordinal), facts).Diagnostics, d => d.Id == "LAY2007");

        ulong Address(string layout, string library) => Layouts.Plan(layout, facts).Value!.GetLibrary(library).Slots.Single(s => s.Section == "text").Address;
    }

    [Fact]
    public void LibrariesThatMeetInPairs_NeedMoreThanAnyImage()
    {
        // Any two are in an image, and no image has all three; what only one image has may overlap.
        const string Three = Layouts.Frame + """

            library a { objects "a.o"; }
            library b { objects "b.o"; }
            library c { objects "c.o"; }
            library d { objects "d.o"; }
            image one { uses a, b; objects "one.o"; }
            image two { uses b, c; objects "two.o"; }
            image three { uses a, c; objects "three.o"; }
            image four { uses d; objects "four.o"; }
            """;
        FactsFile facts = new Measured()
            .Object("a.o", Code(100_000)).Object("b.o", Code(90_000)).Object("c.o", Code(80_000)).Object("d.o", Code(70_000))
            .Object("one.o", Code(8)).Object("two.o", Code(8)).Object("three.o", Code(8)).Object("four.o", Code(8));
        string small = Three.Replace("origin 1MiB; length 63MiB", "origin 1MiB; length 300KiB", System.StringComparison.Ordinal);
        Result<LayoutPlan> planned = Layouts.Plan(small, facts);
        AddressNeed need = Assert.Single(AddressNeed.Of(planned.Value!));
        Assert.Equal(["a", "b", "c"], need.Libraries);
        Assert.Equal(Alignment.AlignUp(270_000, 4096), need.Needed);
        Assert.InRange(need.Taken, need.Needed, need.Needed + (4 * 4096));
        Assert.Contains($"the plan takes {need.Taken / 1024} KiB; 'a', 'b', 'c', of which any two are in an image together, need at least 264 KiB", Assert.Single(planned.Diagnostics, d => d.Id == "LAY2060").Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void RegionOverflow_TableTooLarge_IsTheTable() =>
        Layouts.AssertPlanning(Fleet + "section [LAY2007|heap|] (rw) { table \".heap\" reserve 1MiB }", Complete("app.o", "lib.o"));

    [Fact]
    public void RegionOverflow_SizesBeyond64Bits_IsNoException() =>
        Layouts.AssertPlanning(
            Fleet.Replace("section text", "section [LAY2007|text|]").Replace("library lib", "library [LAY2007|lib|]"),
            Complete("app.o").Object("lib.o", Code(ulong.MaxValue), Code(ulong.MaxValue, ".text.x", 1UL << 63)));

    [Fact]
    public void PlacementOverlap_AddressInsideAnother_IsTheSubject() =>
        Layouts.AssertPlanning(Fleet + "place libraries from 1MiB; place [LAY2008|images|] from 0x102000;", Complete("app.o").Object("lib.o", Code(40_000)));

    [Fact]
    public void WrongMachine_ObjectOfAnother_IsThePattern() =>
        Layouts.AssertPlanning(Fleet.Replace("\"lib.o\"", "[LAY2009|\"lib.o\"|]"), Complete("app.o").Object("lib.o", 40, Code(8)).Object("lib.o", 40, Code(8)));

    [Fact]
    public void BadFacts_DamagedText_IsOfTheFile()
    {
        Result<FactsFile> facts = LayoutCompiler.ReadFacts(new LayoutDsl.Text.SourceText("fleet.facts", "layoutdsl-facts 1\nobjekt\n"));
        Assert.Null(facts.Value);
        Assert.Equal(
            "fleet.facts(1,1): error LAY2010: the facts cannot be used: line 2: 'objekt' is not expected here; delete the file and measure again",
            Assert.Single(facts.Diagnostics).ToString());
    }

    [Fact]
    public void InputTwice_ObjectInLibraryAndImage_IsTheImage() =>
        Layouts.AssertPlanning(Fleet.Replace("image app", "image [LAY2011|app|]").Replace("\"app.o\"", "\"app.o\", \"lib.o\""), Complete("app.o", "lib.o"));

    [Fact]
    public void EmptyUnit_NothingAllocated_IsTheLibrary() =>
        Layouts.AssertPlanning(Fleet.Replace("library lib", "library [LAY2012|lib|]"), Complete("app.o").Object("lib.o", Code(0)));

    [Fact]
    public void AlignmentRaised_RuleBelowTheObjects_IsTheSelector() =>
        Layouts.AssertPlanning(Fleet + "align { [LAY2013|lib.text|]: 8; *.data: 1; }", Complete("app.o", "lib.o"));

    [Theory]
    [InlineData("a\".o")]
    [InlineData("a[1].o")]
    [InlineData("a*.o")]
    [InlineData("a:b.o")]
    [InlineData("a\nb.o")]
    [InlineData("-T.o")]
    [InlineData("@args.o")]
    public void UnwritableName_FileOfAPattern_IsThePattern(string file) =>
        Layouts.AssertPlanning(Fleet.Replace("\"lib.o\"", "[LAY3001|\"*.o\"|]"), Complete("app.o").Object(file, Code(8)).Pattern("*.o", file));

    [Theory]
    [InlineData(".text.a b")]
    [InlineData(".text.}")]
    [InlineData(".text.*")]
    [InlineData(".text.\"")]
    public void UnwritableName_SectionOfAnObject_IsThePattern(string section) =>
        Layouts.AssertPlanning(Fleet.Replace("\"lib.o\"", "[LAY3001|\"lib.o\"|]"), Complete("app.o").Object("lib.o", Code(8, section)));

    /// <summary>Objects that have something for every section of the layout.</summary>
    private static Measured Complete(params string[] files)
    {
        var facts = new Measured();
        foreach (string file in files) facts.Object(file, Code(100), Data(10), Zeroed(20));
        return facts;
    }
}
