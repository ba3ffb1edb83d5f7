using System;
using System.Linq;
using LayoutDsl.Emit;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Planning;

/// <summary>Which references the planner finds not to be stable, and what it does about them.</summary>
public sealed class IndirectionTests
{
    private const ReferenceTraits Call = ReferenceTraits.Call;

    private const DefinitionTraits Function = DefinitionTraits.Code;

    private const string Fleet = """
        library a { objects "a.o"; } library b { objects "b.o"; } library c { objects "c.o"; }
        image one { uses a, b; objects "one.o"; } image two { uses a, b; objects "two.o"; } image three { uses a, c; objects "three.o"; }
        layout Test.Fleet; target x86_64 { } region ram (rwx) { origin 1MiB; length 63MiB; }
        section text (rx) { ".text" } section data (rw) { ".data" ".data.*" }

        """;

    private static readonly ReferenceFacts CallOfEvent = Refer("on_event", Call, 0, 17);

    private static IndirectionPlan[] Find(Measured facts, string statement = "") => [.. Layouts.PlanClean(Fleet + statement, facts).Indirections];

    /// <summary>Library 'a' with three pages of code, 'b' and 'c' with one, and three applications.</summary>
    private static Measured Objects(
        ReferenceFacts[]? a = null,
        DefinitionFacts[]? b = null,
        DefinitionFacts[]? c = null,
        DefinitionFacts[]? own = null,
        DefinitionFacts[]? inA = null,
        ReferenceFacts[]? ofApplication = null)
    {
        Measured facts = new Measured()
            .Object("a.o", Code(3 * 4096), Data(8)).Symbols(inA ?? [], a ?? [])
            .Object("b.o", Code(16), Data(8)).Symbols(b ?? [], [])
            .Object("c.o", Code(16), Data(8)).Symbols(c ?? [], []);
        foreach (string name in new[] { "one", "two", "three" }) facts.Object(name + ".o", Code(16), Data(8)).Symbols(own ?? [], ofApplication ?? []);
        return facts;
    }

    [Fact]
    public void Auto_FunctionOfTheApplication_IsIndirect()
    {
        Measured facts = Objects(a: [CallOfEvent], own: [new("on_event", Function, 0)]);
        Assert.Equal([new IndirectionPlan("on_event", IndirectionReason.ApplicationSymbol, 3, 2)], Find(facts));
        Assert.Equal(Find(facts), Find(facts, "indirect auto;"));
        Assert.Empty(Find(facts, "indirect none;"));
        Assert.Equal([new IndirectionPlan("on_event", IndirectionReason.Named, 3, 2)], Find(facts, "indirect none, on_event;"));
    }

    [Fact]
    public void Auto_FunctionOfAnotherLibraryInOneImage_IsIndirect() =>
        Assert.Equal(
            [new IndirectionPlan("copy", IndirectionReason.ProviderDiffers, 3, 2)], // on two pages, two versions of each
            Find(Objects(a: [Refer("copy", Call, 0, 0, 1, 40)], b: [new("copy", Function, 0)], c: [new("copy", Function, 0)])));

    [Fact]
    public void Auto_FunctionOfOneLibraryEverywhere_IsNot() =>
        Assert.Empty(Find(Objects(a: [Refer("helper", Call, 0, 0)], inA: [new("helper", Function, 0)], own: [new("main", Function, 0)])));

    [Fact]
    public void Auto_StrongDefinitionBesideAWeakOne_Wins()
    {
        // The library's own default would do everywhere, were it not that one library overrides it: 'three' has 'c'.
        Measured facts = Objects(a: [Refer("hook", Call, 0, 0)], b: [new("hook", Function | DefinitionTraits.Weak, 0)], c: [new("hook", Function, 0)]);
        Assert.Equal(IndirectionReason.ProviderDiffers, Assert.Single(Find(facts)).Reason);
        Assert.Empty(Find(Objects(a: [Refer("hook", Call, 0, 0)], inA: [new("other", Function, 0)], b: [new("unrelated", Function, 0)])));
    }

    [Fact]
    public void Auto_ReferenceFromATable_IsNot()
    {
        // A table is each image's own in any case.
        Measured facts = Objects(a: [Refer("on_event", ReferenceTraits.Address, 1, 0)], own: [new("on_event", Function, 0)]);
        Assert.Single(Find(facts));
        Assert.Empty(Layouts.PlanClean(Fleet.Replace("section data (rw) {", "section data (rw) { table"), facts).Indirections);
    }

    [Fact]
    public void Auto_MoreImagesThanThePagesAreWorth_IsNot()
    {
        // A second version of one page against a jump of 8 bytes in each of 600 images.
        string many = Fleet.Replace("image three", "image more[1..600] { uses b; objects \"more{n}.o\"; } image three");
        Measured facts = Objects(a: [Refer("copy", Call, 0, 0)], b: [new("copy", Function, 0)], c: [new("copy", Function, 0)]);
        for (int i = 1; i <= 600; i++) facts.Object($"more{i}.o", Code(16));
        Assert.Empty(Layouts.PlanClean(many, facts).Indirections);
    }

    [Fact]
    public void Auto_TwoFunctionsOnOnePage_BothAreNeededForIt()
    {
        Measured facts = Objects(a: [Refer("f", Call, 0, 0), Refer("g", Call, 0, 1)], own: [new("f", Function, 0), new("g", Function, 0)]);
        Assert.Equal([2L, 2L], Find(facts).Select(i => i.Gain));
    }

    [Fact]
    public void Auto_FunctionThatMayBeMissing_IsIndirectWhenNobodyAsks()
    {
        ReferenceFacts called = Refer("hook", Call | ReferenceTraits.Weak, 0, 0);
        Assert.Equal([new IndirectionPlan("hook", IndirectionReason.WeakMissing, 3, 1)], Find(Objects(a: [called], b: [new("hook", Function, 0)])));
    }

    [Theory]
    [InlineData("LAY2022", ReferenceTraits.Call | ReferenceTraits.Address | ReferenceTraits.Weak, DefinitionTraits.Code)]
    [InlineData("LAY2020", ReferenceTraits.Address, DefinitionTraits.None)]
    public void Auto_WhatNoJumpCanHelp_IsReportedAtTheLibrary(string id, ReferenceTraits traits, DefinitionTraits kind)
    {
        bool isData = kind == DefinitionTraits.None;
        Measured facts = Objects(a: [Refer("x", traits, 0, 0)], b: [new("x", kind, 1)], c: isData ? [new("x", kind, 1)] : []);
        Layouts.AssertPlanning(Fleet.Replace("library a", $"library [{id}|a|]"), facts);
        Layouts.AssertNone(Layouts.Plan(Fleet + "indirect none;", facts).Diagnostics);
    }

    [Fact]
    public void Auto_WeakDefinitionInTheObjectThatRefers_IsReported()
    {
        Measured facts = Objects(a: [Refer("hook", Call, 0, 0)], inA: [new("hook", Function | DefinitionTraits.Weak, 0)], c: [new("hook", Function, 0)]);
        Layouts.AssertPlanning(Fleet.Replace("library a", "library [LAY2021|a|]"), facts);
    }

    [Fact]
    public void Named_FunctionThatNothingRefersTo_IsAWarning() =>
        Layouts.AssertPlanning(Fleet + "indirect [LAY2006|nothing|];", Objects(own: [new("main", Function, 0)]));

    [Fact]
    public void Auto_DatumWithASectionOfItsOwn_HasOneAddress()
    {
        Measured facts = new Measured()
            .Object("a.o", Code(4096)).Symbols([], [Refer("settings", ReferenceTraits.Address, 0, 0)]).Object("b.o", Code(16)).Object("c.o", Code(16));
        foreach ((string name, ulong size) in new[] { ("one", 8UL), ("two", 100UL), ("three", 5000UL) })
        {
            facts.Object(name + ".o", Code(16), Data(size), Data(size, ".data.settings")).Symbols([new("settings", DefinitionTraits.None, 2), new("other", DefinitionTraits.None, 1)], []);
        }

        LayoutPlan plan = Layouts.PlanClean(Fleet, facts);
        Assert.Single(plan.Images.Select(i => i.Slots.Single(s => s.Section == "datum_settings").Address).Distinct());
        Assert.Contains("\"two.o\"(.data)", LayoutCompiler.EmitLinkerScript(plan, plan.GetImage("two")), StringComparison.Ordinal);

        // A layout may have such a table itself. With automatic indirection off there is none.
        Layouts.PlanClean(Fleet + "section own (rw) { table \".data.settings\" }", facts);
        Assert.DoesNotContain(Layouts.PlanClean(Fleet + "indirect none;", facts).Sections, s => s.Name == "datum_settings");
    }

    [Fact]
    public void Auto_SymbolOfTheLayout_IsStable()
    {
        Measured facts = Objects(a: [Refer("end", ReferenceTraits.Address, 0, 0)], own: [new("end", DefinitionTraits.None, 1)]);
        Assert.Empty(Find(facts, "symbol end = 5;"));
    }

    [Fact]
    public void Plan_WithIndirections_IsEqualWhenReadAgain()
    {
        LayoutPlan plan = Layouts.PlanClean(Fleet, Objects(a: [CallOfEvent], own: [new("on_event", Function, 0)]));
        Assert.Equal(plan, PlanText.Read(PlanText.Write(plan)));
        Assert.Equal(plan.Indirections, PlanText.Read(PlanText.Write(plan)).Indirections);
    }

    [Fact]
    public void ChosenFunction_ThatIsIndirectToo_HasBothJumps()
    {
        Measured facts = new Measured()
            .Object("a.o", Code(4096), Data(8)).Symbols([], [Refer("copy", Call, 0, 0)])
            .Object("b.o", Code(16)).Symbols([new("copy", Function, 0)], [])
            .Object("c.o", Code(16)).Indirect(("copy", 0)).Symbols([new("copy", Function, 0)], [])
            .Object("one.o", Code(16)).Object("two.o", Code(16)).Object("three.o", Code(16));
        LayoutPlan plan = Layouts.PlanClean(Fleet, facts);
        string chosen = LayoutCompiler.EmitLinkerScript(plan, plan.GetImage("three"));
        Assert.Contains("__chosen_copy = .; BYTE(0xff)", chosen, StringComparison.Ordinal);
        Assert.Contains("__wrap_copy = .; BYTE(0xe9) LONG(ABSOLUTE(__chosen_copy)", chosen, StringComparison.Ordinal);
        Assert.Contains("LONG(ABSOLUTE(__real_copy)", LayoutCompiler.EmitLinkerScript(plan, plan.GetImage("one")), StringComparison.Ordinal);
        Assert.Single(LayoutCompiler.EmitResponseFile(plan, plan.GetImage("three")).Split('\n'), l => l == "--wrap=copy");
    }

    [Fact]
    public void Facts_WithSymbols_AreEqualWhenReadAgain()
    {
        FactsFile facts = Objects(a: [CallOfEvent, Refer("x", Call | ReferenceTraits.Weak, 1)], b: [new("x", Function, 0), new("y", Function, 0), new("z z", DefinitionTraits.ThreadLocal, -1)]);
        string text = FactsText.Write(facts);
        Assert.Contains("define 0 \"c\" \"x\" \"y\"\ndefine \"-\" \"l\" \"z z\"\n", text, StringComparison.Ordinal);
        Assert.Contains("refer 0 \"c\" \"on_event\" 17\n", text, StringComparison.Ordinal);
        Assert.Equal(facts, FactsText.Read(text, out string? error));
        Assert.Null(error);
        Assert.Null(FactsText.Read(text.Replace("refer 0", "refer 9"), out error));
        Assert.Contains("section", error, StringComparison.Ordinal);
        Assert.Null(FactsText.Read(text.Replace("define 0 \"c\"", "define 0 \"q\""), out error));
        Assert.Contains("'q' is no trait", error, StringComparison.Ordinal);
    }

    private static ReferenceFacts Refer(string name, ReferenceTraits traits, int section, params int[] places) => new(name, traits, section, places.ToEquatableArray());
}
