using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Planning;

/// <summary>Libraries that are built for each image: <c>{image}</c> in a path.</summary>
public sealed class PerImageLibraryTests
{
    private const string Layout = Layouts.Frame + """

        library net { objects "{image}/net/*.o"; }
        image a { uses net; objects "a.o"; }
        image b { uses net; objects "b.o"; }
        image c { uses net; objects "c.o"; }
        """;

    [Fact]
    public void Plan_EqualBuilds_AreOneSlotWithThePathsOfEachImage()
    {
        LayoutPlan plan = Plan(Builds("1", "1", "1"));
        SlotPlan slot = Assert.Single(plan.GetLibrary("net").Slots, s => s.Size > 0);
        Assert.Equal(("", 0, ".text.net"), (slot.Part, slot.Images.Count, slot.OutputSection));
        foreach (ImagePlan image in plan.Images)
        {
            Assert.Equal([$"{image.Name}/net/core.o", $"{image.Name}/net/name.o"], plan.GetSlots(image).Single(s => s.Owner == "net" && s.Size > 0).Inputs.Select(i => i.Path));
            Assert.Equal([$"{image.Name}/net/core.o", $"{image.Name}/net/name.o", $"{image.Name}.o"], plan.GetFiles(image).Select(f => f.Path));
        }
    }

    [Fact]
    public void Plan_AnObjectThatDiffers_HasVariantsAtOneAddress()
    {
        LayoutPlan plan = Plan(Builds("1", "2", "1"));
        SlotPlan[] slots = [.. plan.GetLibrary("net").Slots.Where(s => s.Size > 0)];
        Assert.Equal(["", "name.o", "name.o"], slots.Select(s => s.Part));
        Assert.Equal(["", "a c", "b"], slots.Select(s => string.Join(" ", s.Images)));
        Assert.Equal((slots[1].Address, slots[1].Reserved, slots[1].OutputSection), (slots[2].Address, slots[2].Reserved, slots[2].OutputSection));
        Assert.All(plan.Images, i => Assert.Equal(2, plan.GetSlots(i).Count(s => s.Owner == "net" && s.Size > 0)));
        Assert.True(slots[1].Address >= slots[0].End);
    }

    [Fact]
    public void Plan_VariantsOfOtherSizes_HaveEachInputSectionAtOneOffset()
    {
        var facts = new Measured();
        foreach ((string image, ulong size) in new[] { ("a", 100UL), ("b", 300UL), ("c", 200UL) })
        {
            Build(facts, image, ("first.o", size, image), ("second.o", 50, image));
        }

        LayoutPlan plan = Plan(facts);
        SlotPlan[] slots = [.. plan.GetLibrary("net").Slots.Where(s => s.Size > 0)];
        Assert.Equal(3, slots.Length);
        Assert.All(slots, s => Assert.Equal([0UL, 304UL], s.Inputs.Select(i => i.Offset!.Value)));
        Assert.All(slots, s => Assert.Equal(354UL, s.Reserved));
    }

    [Fact]
    public void Plan_AnObjectThatSomeLack_IsInTheOthersOnly()
    {
        var facts = new Measured();
        Build(facts, "a", ("core.o", 5000, "1"), ("more.o", 400, "1"));
        Build(facts, "b", ("core.o", 5000, "1"));
        Build(facts, "c", ("core.o", 5000, "1"), ("more.o", 400, "1"));
        LayoutPlan plan = Plan(facts);
        SlotPlan more = plan.GetLibrary("net").Slots.Single(s => s.Part == "more.o");
        Assert.Equal(["a", "c"], more.Images);
        Assert.DoesNotContain(plan.GetSlots(plan.GetImage("b")), s => s.Part == "more.o");
        Assert.Equal(["b/net/core.o", "b.o"], plan.GetFiles(plan.GetImage("b")).Select(f => f.Path));
    }

    [Fact]
    public void Plan_PartsOfOtherImages_DoNotShareAPage()
    {
        LayoutPlan plan = Plan(Builds("1", "2", "3"));
        SlotPlan[] slots = [.. plan.GetLibrary("net").Slots.Where(s => s.Size > 0)];
        Assert.Equal(slots[1].Address / plan.Page, slots[1].Address / (double)plan.Page);
    }

    [Fact]
    public void Plan_SmallVariantsOfManyImages_StartOnThePageBeforeThem()
    {
        // The last page of what all have alike has three contents then, which is one less than a page for each and one for all.
        var facts = new Measured();
        foreach (string image in new[] { "a", "b", "c" }) Build(facts, image, ("core.o", 4196, "1"), ("name.o", 40, image));
        LayoutPlan plan = Plan(facts);
        SlotPlan[] slots = [.. plan.GetLibrary("net").Slots.Where(s => s.Size > 0)];
        Assert.Equal((slots[0].Address / plan.Page) + 1, slots[1].Address / plan.Page);
    }

    [Fact]
    public void Plan_PerImageLibrary_SurvivesPlanText()
    {
        LayoutPlan plan = Plan(Builds("1", "2", "3"));
        Assert.Equal(plan, LayoutDsl.Emit.PlanText.Read(LayoutDsl.Emit.PlanText.Write(plan)));
    }

    [Fact]
    public void Plan_AReferenceThatLeadsElsewhereInEachImage_PutsItsObjectWithWhatDiffers()
    {
        LayoutPlan plan = Plan(Referring(100, "setting"));
        SlotPlan[] slots = [.. plan.GetLibrary("net").Slots.Where(s => s.Size > 0)];
        Assert.Equal(["", "user.o", "user.o", "user.o"], slots.Select(s => s.Part));
        Assert.All(slots.Skip(1), s => Assert.Equal((slots[1].Address, 100UL), (s.Address, s.Size)));
        Assert.Equal(["core.o"], slots[0].Inputs.Select(i => i.Path.Split('/')[^1]));
    }

    [Theory]
    [InlineData(5000, "setting")]
    [InlineData(100, "core")]
    public void Plan_AReferenceOfALargeObjectOrToOnePlace_LeavesItWithTheOthers(ulong size, string symbol)
    {
        Result<LayoutPlan> plan = Layouts.Plan(Layout, Referring(size, symbol));
        Assert.Equal(size == 5000, plan.Diagnostics.Any(d => d.Id == "LAY2020"));
        Assert.Equal("", Assert.Single(plan.Value!.GetLibrary("net").Slots, s => s.Size > 0).Part);
    }

    [Fact]
    public void Plan_ASymbolOfABuildsOwnScripts_IsElsewhereInEachImage()
    {
        string captured = Layout.Replace("layout Test.Fleet;", "layout Test.Fleet;\noverlay captured;", System.StringComparison.Ordinal);
        LayoutPlan Plan(string symbol, ReferenceTraits traits) => Layouts.Plan(captured, Referring(100, symbol, traits)).Value!;
        Assert.Equal(3, Plan("_end", ReferenceTraits.Address).GetLibrary("net").Slots.Count(s => s.Part == "user.o" && s.Size > 0));

        // What may be missing is 0 everywhere; and a whole script of ours has all that it defines in the layout.
        Assert.DoesNotContain(Plan("_end", ReferenceTraits.Address | ReferenceTraits.Weak).GetLibrary("net").Slots, s => s.Part.Length > 0);
        Assert.DoesNotContain(Layouts.Plan(Layout, Referring(100, "_end")).Value!.GetLibrary("net").Slots, s => s.Part.Length > 0);
    }

    [Fact]
    public void Plan_ThreadLocalDataOfABuildsOwnScripts_IsElsewhereInEachImage()
    {
        string captured = Layout.Replace("layout Test.Fleet;", "layout Test.Fleet;\noverlay captured;", System.StringComparison.Ordinal);
        var facts = new Measured();
        foreach (string image in new[] { "a", "b", "c" })
        {
            Build(facts, image, ("core.o", 5000, "0"));
            facts.Pattern($"{image}/more/*.o", $"{image}/more/errno.o")
                .Object($"{image}/more/errno.o", Measured.Code(20) with { Identity = "1" }, new SectionFacts(".tbss", 8, 0x403, 4, 4, "2")).Symbols([], []);
        }

        LayoutPlan plan = Layouts.Plan(captured.Replace("\"{image}/net/*.o\"", "\"{image}/net/*.o\", \"{image}/more/*.o\"", System.StringComparison.Ordinal), facts).Value!;
        Assert.Equal(3, plan.GetLibrary("net").Slots.Count(s => s.Part == "errno.o" && s.Section == "text" && s.Size > 0));
    }

    [Theory]
    [InlineData("objects \"x/{image}/{image}.o\";", "{image} stands once")]
    [InlineData("objects \"*/{image}.o\";", "no wildcard stands before {image}")]
    [InlineData("members \"{image}/c.a\";", "members are taken for the whole fleet")]
    [InlineData("objects \"{n}.o\";", "{n} is for families")]
    public void Bind_BadPlaceholderInALibrary_SaysWhy(string inputs, string expected)
    {
        string text = Layouts.Frame + "\nlibrary net { " + inputs + " } image a { uses net; objects \"a.o\"; }";
        Assert.Contains(expected, Assert.Single(Layouts.Bind(text).Diagnostics).ToString(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_PlaceholdersOfImages_AreNameAndNumber()
    {
        LayoutPlan plan = Layouts.Plan(
            Layouts.Frame + "\nimage fn[1..2] { objects \"{image}/{n}.o\"; }", new Measured().Object("fn1/1.o", Measured.Code(8)).Object("fn2/2.o", Measured.Code(8))).Value!;
        Assert.Equal(["fn1/1.o", "fn2/2.o"], plan.Images.SelectMany(plan.GetFiles).Select(f => f.Path));
    }

    /// <summary>The frame declares sections that these fleets have nothing for, which is a warning.</summary>
    private static LayoutPlan Plan(FactsFile facts)
    {
        Result<LayoutPlan> plan = Layouts.Plan(Layout, facts);
        Layouts.AssertNone(plan.Diagnostics.Where(d => d.Id != "LAY2006"));
        return plan.Value!;
    }

    /// <summary>Three equal builds of two objects, of which the second refers to a symbol; <c>setting</c> is data of each application.</summary>
    private static FactsFile Referring(ulong size, string symbol, ReferenceTraits traits = ReferenceTraits.Address)
    {
        var facts = new Measured();
        foreach (string image in new[] { "a", "b", "c" })
        {
            facts.Object($"{image}/net/core.o", Measured.Code(5000) with { Identity = "0" }).Symbols([new DefinitionFacts("core", DefinitionTraits.Code, 0)], []);
            facts.Object($"{image}/net/user.o", Measured.Code(size) with { Identity = "1" }).Symbols([], [new ReferenceFacts(symbol, traits, 0, EquatableArray.Of(0))]);
            facts.Pattern($"{image}/net/*.o", $"{image}/net/core.o", $"{image}/net/user.o");
            facts.Object($"{image}.o", Measured.Code(64), Measured.Data(8)).Symbols([new DefinitionFacts("setting", DefinitionTraits.None, 1)], []);
        }

        return facts;
    }

    /// <summary>Three builds of two objects, of which the second has the given identities.</summary>
    private static FactsFile Builds(params string[] identities)
    {
        var facts = new Measured();
        for (int i = 0; i < identities.Length; i++) Build(facts, "abc".Substring(i, 1), ("core.o", 5000, "0"), ("name.o", 4000, identities[i]));
        return facts;
    }

    private static void Build(Measured facts, string image, params (string Name, ulong Size, string Identity)[] objects)
    {
        foreach ((string name, ulong size, string identity) in objects) facts.Object($"{image}/net/{name}", Measured.Code(size) with { Identity = identity });
        facts.Pattern($"{image}/net/*.o", [.. objects.Select(o => $"{image}/net/{o.Name}")]).Object($"{image}.o", Measured.Code(64));
    }
}
