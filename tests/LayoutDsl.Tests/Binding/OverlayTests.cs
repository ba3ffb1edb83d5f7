using System.Linq;
using LayoutDsl.Emit;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Binding;

/// <summary>Libraries that are put into another script.</summary>
public sealed class OverlayTests
{
    private const string Base = "PHDRS { text PT_LOAD; } SECTIONS { INCLUDE slots.ld .text : { *(.text) } :text INCLUDE late.ld .bss : { *(.bss) } }";

    [Theory]
    [InlineData("overlay \"k.lds\" { after \".bss\"; headers own; }")]
    [InlineData("overlay \"k.lds\" { before \".text\"; headers own; }")]
    [InlineData("overlay \"k.lds\" { fragment \"slots.ld\"; }")]
    [InlineData("overlay \"k.lds\" { after \".bss\"; }", "'k.lds' has PHDRS, and the libraries would fall into one of them")]
    [InlineData("overlay \"k.lds\" { after \".bsss\"; headers own; }", "'k.lds' has no output section '.bsss'")]
    [InlineData("overlay \"k.lds\" { after \".bss\"; headers own; regions own; }", "'k.lds' has no MEMORY, and those of the overlay would be the only ones")]
    [InlineData("overlay \"k.lds\" { fragment \"slot.ld\"; }", "'k.lds' does not include 'slot.ld' in front of its output sections")]
    [InlineData("overlay \"k.lds\" { fragment \"late.ld\"; }", "'k.lds' does not include 'late.ld' in front of its output sections")]
    public void Overlay_AndItsScript_AreCompared(string overlay, params string[] expected) => Assert.Equal(
        expected,
        LayoutCompiler.CheckOverlay(Layouts.BindClean(Layouts.FrameAndImage + overlay).Overlay!, new SourceText("k.lds", Base)).Select(d => d.Message));

    [Theory]
    [InlineData("overlay default { }", "LAY1006")]
    [InlineData("overlay default { after \".a\"; before \".b\"; }", "LAY1036")]
    [InlineData("overlay default { fragment \"a.ld\"; }", "LAY1036")]
    [InlineData("overlay \"k.lds\" { fragment \"../a.ld\"; }", "LAY1038")]
    [InlineData("overlay \"k.lds\" { fragment \"a.ld\"; headers own; }", "LAY1036")]
    [InlineData("overlay default { after \".a\"; headers some; }", "LAY1007")]
    [InlineData("overlay default { after \".a\"; }\nindirect main;", "LAY1035")]
    [InlineData("overlay default { after \".a\"; }\noverlay default { after \".a\"; }", "LAY1002")]
    public void Overlay_ThatCannotBe_IsDiagnosed(string overlay, string id) => Assert.Equal([id], Layouts.Bind(Layouts.FrameAndImage + overlay).Diagnostics.Select(d => d.Id));

    [Fact]
    public void Overlay_OfAPlan_IsInItsText()
    {
        LayoutPlan plan = LayoutCompiler.Plan(Layouts.BindClean(Layouts.FrameAndImage + "overlay \"k.lds\" { after \".bss\"; headers own; }"), null).Value!;
        Assert.Equal(new OverlayPlan("k.lds", "after", ".bss", true, false), plan.Overlay);
        Assert.Equal(plan, PlanText.Read(PlanText.Write(plan)));
    }
}
