using System.Linq;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Planning;

public sealed class DataPackingTests
{
    private const string Fleet = """

        layout Test.Fleet;
        target x86_64 { page 4KiB; }
        region ram (rwx) { origin 1MiB; length 63MiB; }
        section text (rx) { ".text" }
        section relro (rw) { relro ".data.rel.ro" }
        section data (rw) { ".data" }
        library common { objects "common.o"; }
        library left { objects "left.o"; }
        library right { objects "right.o"; }
        image one { uses common, left; objects "one.o"; }
        image two { uses common, right; objects "two.o"; }
        image three { uses common, left, right; objects "three.o"; }
        """;

    [Fact]
    public void Data_SmallOfSeveralLibraries_IsOnThePageThatAllHave()
    {
        LayoutPlan plan = Plan(5000, 300, 200);
        ulong last = (Slot(plan, "common", "data").End - 1) / plan.Page;
        Assert.Equal(last, Slot(plan, "left", "data").Address / plan.Page);
        Assert.Equal(last, Slot(plan, "right", "data").Address / plan.Page);
    }

    [Fact]
    public void Data_ThatDoesNotFitBehindTheCommonOne_CostsEachImageOnePage()
    {
        LayoutPlan plan = Plan(4000, 300, 200);
        Assert.All(plan.Images, image => Assert.Equal(2, plan.GetSlots(image)
            .Where(s => s.Section == "data" && s.Size > 0)
            .SelectMany(s => new[] { s.Address / plan.Page, (s.End - 1) / plan.Page })
            .Distinct()
            .Count()));
    }

    /// <summary>By popularity alone, the data of both kinds of images would take turns on every page.</summary>
    [Fact]
    public void Data_OfLibrariesThatAreUsedTogether_SharesPages()
    {
        const int Images = 20, Pairs = 4;
        var text = new System.Text.StringBuilder("layout Test.Fleet;\ntarget x86_64 { page 4KiB; }\nregion ram (rwx) { origin 1MiB; length 63MiB; }\nsection text (rx) { \".text\" }\nsection data (rw) { \".data\" }\n");
        var facts = new Measured();
        for (int i = 0; i < 2 * Pairs; i++)
        {
            text.Append($"library lib{i} {{ objects \"lib{i}.o\"; }}\n");
            facts.Object($"lib{i}.o", Code(16), Data(2048));
        }

        for (int i = 0; i < Images; i++)
        {
            text.Append($"image image{i} {{ uses {string.Join(", ", Enumerable.Range(0, Pairs).Select(p => $"lib{(2 * p) + (i % 2)}"))}; objects \"image{i}.o\"; }}\n");
            facts.Object($"image{i}.o", Code(16));
        }

        LayoutPlan plan = Layouts.PlanClean(text.ToString(), facts);
        Assert.All(plan.Images, image => Assert.Equal(Pairs / 2, plan.GetSlots(image).Where(s => s.Section == "data" && s.Size > 0).Select(s => s.Address / plan.Page).Distinct().Count()));
    }

    [Fact]
    public void Relro_OfLibrariesOfOtherImages_IsOnPagesOfItsOwn()
    {
        LayoutPlan plan = Plan(100, 100, 100);
        Assert.Equal(3, new[] { "common", "left", "right" }.Select(l => Slot(plan, l, "relro").Address / plan.Page).Distinct().Count());
        Assert.True(plan.GetSection("relro").IsRelro);
    }

    [Fact]
    public void Data_OfAPlanWithALock_StaysAndTakesOnMore()
    {
        LayoutPlan before = Plan(5000, 300, 200);
        var locked = LayoutDsl.Locking.LockFile.From(before);
        LayoutPlan after = LayoutCompiler.Plan(Layouts.BindClean(Fleet + "library more { objects \"more.o\"; } image four { uses common, more; objects \"four.o\"; }"), Facts(5000, 300, 200).Object("more.o", Code(16), Data(100)).Object("four.o", Code(16)), locked).Value!;
        Assert.All(new[] { "common", "left", "right" }, l => Assert.Equal(Slot(before, l, "data").Address, Slot(after, l, "data").Address));
        Assert.Equal((Slot(after, "common", "data").End - 1) / after.Page, Slot(after, "more", "data").Address / after.Page);
    }

    private static LayoutPlan Plan(ulong common, ulong left, ulong right) => Layouts.PlanClean(Fleet, Facts(common, left, right));

    private static Measured Facts(ulong common, ulong left, ulong right) => new Measured()
        .Object("common.o", Code(16), Data(common), Data(64, ".data.rel.ro"))
        .Object("left.o", Code(16), Data(left), Data(64, ".data.rel.ro"))
        .Object("right.o", Code(16), Data(right), Data(64, ".data.rel.ro"))
        .Object("one.o", Code(16)).Object("two.o", Code(16)).Object("three.o", Code(16));

    private static SlotPlan Slot(LayoutPlan plan, string library, string section) => plan.GetLibrary(library).Slots.Single(s => s.Section == section);
}
