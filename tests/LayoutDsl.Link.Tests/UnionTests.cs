using System;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Link.Tests.MembersFleet;

namespace LayoutDsl.Link.Tests;

/// <summary>Members that an image gets for the sake of others do nothing to it, or it is said what they do.</summary>
public sealed class UnionTests
{
    private static readonly string[] Images = ["one", "two", "fn1", "fn2", "fn3"];

    [Theory]
    [InlineData("extern int own(void); int third(void) { return own(); }", "int own(void) { return 3; }", "")]
    [InlineData("extern int own(void); int third(void) { return own(); }", "int own(void) { return 3; }", "indirect none;")]
    [InlineData("extern int own(void); int third(void) { return own(); }", "int own(void) { return 3; }", "provide symbol own = 0;")]
    [InlineData("extern int own(void); int third(void) { int (*volatile f)(void) = own; return f(); }", "int own(void) { return 3; }", "")]
    [InlineData("extern int own; int third(void) { return own; }", "int own = 3;", "")]
    [InlineData("extern int own[5]; int *at = &own[2]; int third(void) { return *at; }", "int own[5] = {1, 2, 3, 4, 5};", "")]
    [InlineData("extern int own(void); int third(void) { return own() + 1; }", "extern int fourth(void); int own(void) { return fourth() - 2; }", "")]
    public void Link_MemberNeedsTheApplicationOfOneImage_LinksAndRunsAll(string third, string application, string words)
    {
        using SmallFleet fleet = MakeNeed(third, application);
        File.AppendAllText(fleet.LayoutPath, "\n" + words + "\n");
        Result<FactsFile> measured = Measure(fleet);
        if (words.StartsWith("provide", StringComparison.Ordinal)) Assert.Empty(measured.Diagnostics);
        else
        {
            Diagnostic note = Assert.Single(measured.Diagnostics);
            Assert.Equal(("LAY4008", DiagnosticSeverity.Info), (note.Id, note.Severity));
            Assert.Equal("'fn1' gets build/libparts.a(third.o) since 'two' needs it, which refers to 'own': nothing in 'fn1' defines that, so there it is 0", note.Message);
            Assert.Equal(["own"], measured.Value!.Missing);
        }

        LinkAll(fleet);
        AssertRunsAndIsPredicted(fleet);
    }

    [Fact]
    public void Link_MemberCallsTheApplicationOfOneImage_SharesAllPagesOfTheLibrary()
    {
        using SmallFleet fleet = MakeNeed("extern int own(void); int third(void) { return own(); }", "int own(void) { return 3; }");
        LinkAll(fleet);
        Assert.Equal(["own"], fleet.Plan().Plan.Indirections.Select(i => i.Symbol));
        Assert.All(SharingTests.Count(fleet).Libraries.Single(l => l.Name == "parts").Sections, s => Assert.Empty(s.Unshared));
    }

    [Fact]
    public void Link_MemberReadsADatumOfTheApplicationOfOneImage_SharesAllPagesWhenItHasASectionOfItsOwn()
    {
        using SmallFleet fleet = MakeNeed("extern int own; int third(void) { return own; }", "int more = 5, own __attribute__((section(\".data.own\"))) = 3;");
        LinkAll(fleet);
        AssertRunsAndIsPredicted(fleet);
        Assert.All(SharingTests.Count(fleet).Libraries.Single(l => l.Name == "parts").Sections, s => Assert.Empty(s.Unshared));
        Assert.Contains(fleet.Plan().Plan.Symbols, s => s is { Name: "own", IsProvided: true, Value: > 0 });
    }

    [Theory]
    [InlineData("extern int own(void); int third(void) { return own(); }", "int own(void) { return 3; }", "'indirect own;'")]
    [InlineData("extern int own; int third(void) { return own; }", "int own = 3;", "pass 'own' to the library at start, or move it into a library")]
    public void Explain_SymbolThatOnlyOneImageHas_NamesIt(string third, string application, string suggestion)
    {
        using SmallFleet fleet = MakeNeed(third, application);
        File.AppendAllText(fleet.LayoutPath, "\nindirect none;\n");
        LinkAll(fleet);
        FleetPrediction prediction = PredictionTests.Predict(fleet);
        UnsharedPage page = Assert.Single(LibraryCensus.Count(prediction).Single(l => l.Name == "parts").Sections.SelectMany(s => s.Unshared));
        UnsharedCause cause = Assert.Single(page.Causes);
        Assert.Equal((UnsharedKind.ApplicationSymbol, "own", suggestion), (cause.Kind, cause.Target, cause.Suggestion));
        Assert.Contains(": 0x0", cause.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Link_MemberNeedsALibraryOfOneImage_LinksAndRunsAll()
    {
        using SmallFleet fleet = MakeNeed("extern int own(void); int third(void) { return own(); }", "");
        fleet.Compile("other", "int own(void) { return 3; }");
        string layout = File.ReadAllText(fleet.LayoutPath).Replace("image two { uses sys, parts;", "library other { objects \"build/other.o\"; }\nimage two { uses sys, parts, other;", StringComparison.Ordinal);
        fleet.Folder.Write("fleet.layout", layout);
        Assert.Equal(["own"], Measure(fleet).Value!.Missing);
        LinkAll(fleet);
        AssertRunsAndIsPredicted(fleet);
        Assert.Equal(["own"], fleet.Plan().Plan.Indirections.Select(i => i.Symbol));
    }

    [Fact]
    public void Link_ImageItselfLacksTheSymbol_StaysAnErrorOfTheLinker()
    {
        using SmallFleet fleet = MakeNeed("extern int own(void); int third(void) { return own(); }", "int own(void) { return 3; }");
        fleet.Compile("fn1", SmallFleet.Program("extern int own(void);", "return own();"));
        Assert.Empty(Measure(fleet).Value!.Missing);
        Assert.Contains(fleet.Link().Diagnostics, d => d.Id == "LAY4005" && d.Message.Contains("'fn1'", StringComparison.Ordinal) && d.Message.Contains("undefined reference to `own'", StringComparison.Ordinal));
    }

    /// <summary>The fleet in which only <c>two</c> needs the member <c>third</c>.</summary>
    private static SmallFleet MakeNeed(string third, string application)
    {
        SmallFleet fleet = MakeFleet();
        fleet.Compile("third", third);
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        fleet.Compile("two", SmallFleet.Program("extern int third(void);", "print(\"two\\n\"); return third() - 3;") + application);
        return fleet;
    }

    private static void AssertRunsAndIsPredicted(SmallFleet fleet)
    {
        LayoutPlan plan = fleet.Plan().Plan;
        foreach (string image in Images)
        {
            string path = Path.Combine(fleet.Output, image + ".elf");
            Assert.Equal(image + "\n", Tool.Run(fleet.Output, path));
            Assert.Empty(LinkingTests.Verify(plan, plan.GetImage(image), fleet).Select(d => d.ToString()));
        }

        PredictionTests.AssertExact(fleet);
    }

    [Fact]
    public void Measure_MemberDefinesWhatAnApplicationHas_IsReportedAndAWeakOneLinks()
    {
        using SmallFleet fleet = MakeFleet();
        fleet.Compile("third", "int twice(int n) { return n + n; } int third(void) { return 3; }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        fleet.Compile("fn1", SmallFleet.Program("int twice(int n) { return n * 2; }", "print(\"fn1\\n\"); return twice(2) - 4;"));
        Diagnostic warning = Assert.Single(Measure(fleet).Diagnostics);
        Assert.Equal(("LAY4009", "'fn1' gets build/libparts.a(third.o) since 'two' needs it, which defines 'twice' as build/fn1.o does"), (warning.Id, warning.Message));
        Assert.Contains("multiple definition", fleet.Link().Diagnostics.Single(d => d.Id == "LAY4005").Message, StringComparison.Ordinal);
        Tool.Run(fleet.Folder["build"], "objcopy", "--weaken-symbol", "twice", "third.o");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        LinkAll(fleet);
        Assert.Equal("fn1\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "fn1.elf")));
    }

    [Fact]
    public void Measure_MemberReplacesAWeakDefinition_IsReportedAndACopyOfTheArchiveKeepsIt()
    {
        using SmallFleet fleet = MakeFleet();
        fleet.Compile("third", "int level(void) { return 3; } int third(void) { return level(); }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        fleet.Compile("one", SmallFleet.Program("__attribute__((weak, noipa)) int level(void) { return 1; } extern int first(void);", "print(\"one\\n\"); return level() - 1 + first() - 2;"));
        Diagnostic warning = Assert.Single(Measure(fleet).Diagnostics);
        Assert.Equal(("LAY4010", "in 'one' the symbol 'level' is that of build/libparts.a(third.o), which it gets since 'two' needs it, and not that of build/one.o"), (warning.Id, warning.Message));
        File.Copy(fleet.Folder["build/libparts.a"], fleet.Folder["build/libcopy.a"]);
        string layout = File.ReadAllText(fleet.LayoutPath);
        fleet.Folder.Write("fleet.layout", layout.Replace("image one { uses sys, parts;", "library copy { members \"build/libcopy.a\"; }\nimage one { uses sys, copy;", StringComparison.Ordinal));
        LinkAll(fleet);
        Assert.Equal("one\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "one.elf")));
    }
}
