using System.Linq;
using System.Text;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Binding;

public sealed class ConstantTests
{
    [Fact]
    public void Constants_UsedBeforeTheyAreDeclared_HaveTheirValues()
    {
        BoundLayout layout = Layouts.BindClean("const a = b * 2; const b = c + 1; const c = page;" + Layouts.FrameAndImage);
        Assert.Equal([("a", 8194UL), ("b", 4097UL), ("c", 4096UL)], layout.Constants.Select(c => (c.Name, c.Value)));
    }

    [Fact]
    public void Constants_ChainOf10000InReverse_HaveTheirValues()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 10_000; i++) text.Append("const c").Append(i).Append(" = c").Append(i + 1).Append(" + 1;\n");
        BoundLayout layout = Layouts.BindClean(text + "const c10000 = 0;" + Layouts.FrameAndImage);
        Assert.Equal(10_000UL, layout.Constants.Single(c => c.Name == "c0").Value);
    }

    [Fact]
    public void Constants_CircleOf10000_IsOneMistake()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 10_000; i++) text.Append("const c").Append(i).Append(" = c").Append((i + 1) % 10_000).Append(" + 1;\n");
        Assert.Equal("LAY1010", Layouts.Bind(text + Layouts.FrameAndImage).Diagnostics.Single().Id);
    }

    [Fact]
    public void Constants_ManyNeedOneThatIsWrong_IsOneMistake()
    {
        Result<BoundLayout> bound = Layouts.Bind("const a = 1 - 2; const b = a + 1; const c = a + b;" + Layouts.FrameAndImage);
        Assert.Equal("LAY1009", bound.Diagnostics.Single().Id);
    }

    [Fact]
    public void Constants_InEveryPlaceThatTakesANumber_AreAccepted()
    {
        BoundLayout layout = Layouts.BindClean("""
            layout A;
            target x86_64 { page p; }
            region ram (rwx) { origin base; length 4 * base; }
            section text (rx) { ".text" }
            section heap (rw) { zero table ".heap" reserve 2 * p }
            image fn[one..one + 2] { objects "{n}.o"; instances 2 * one; }
            align { *.text: 2 * p; }
            place libraries from base + p;
            const one = 1; const p = 4KiB << one; const base = align(1, 1MiB);
            """);
        Assert.Equal((8192UL, 1UL << 20, 4UL << 20), (layout.Target.Page, layout.Regions[0].Origin, layout.Regions[0].Length));
        Assert.Equal((1, 3, 2UL), (layout.Images[0].Family!.First, layout.Images[0].Family!.Last, layout.Images[0].Instances));
        Assert.Equal((16384UL, 16384UL), (layout.Sections.Single(s => s.Name == "heap").Reserve, layout.Alignments.Single().Bytes));
    }
}
