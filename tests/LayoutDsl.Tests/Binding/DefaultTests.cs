using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Binding;

public sealed class DefaultTests
{
    private static readonly BoundLayout Small = Layouts.BindClean(
        "layout Fleet; target x86_64 { } region b (rwx) { origin 8MiB; length 1MiB; } region a (rwx) { origin 1MiB; length 1MiB; } section text (rx) { \".text\" } image i { objects \"i.o\"; }");

    [Fact]
    public void Target_WithoutProperties_Has4KiBPagesAndStart() => Assert.Equal((4096UL, "_start"), (Small.Target.Page, Small.Target.Entry));

    [Fact]
    public void Layout_WithoutNamespace_HasTheTypeOnly() => Assert.Equal(("", "Fleet"), (Small.Namespace, Small.TypeName));

    [Fact]
    public void Image_WithoutInstances_RunsOnce() => Assert.Equal(1UL, Small.Images.Single().Instances);

    [Fact]
    public void Placements_NotGiven_FollowEachOtherInTheFirstRegion() =>
        Assert.Equal(
            [(PlacementSubject.Libraries, "a", (ulong?)(1 << 20), null), (PlacementSubject.Images, "a", null, (string?)"libraries")],
            Small.Placements.Select(p => (p.Subject, p.Region, p.From, p.After)));

    [Theory]
    [InlineData("place images from 8MiB;", "b")]
    [InlineData("place images in b;", "b")]
    [InlineData("place images;", "a")]
    public void Placement_WithoutRegion_IsInTheOneThatHasTheAddress(string place, string region)
    {
        BoundLayout layout = Layouts.BindClean(
            place + "layout Fleet; target x86_64 { } region b (rwx) { origin 8MiB; length 1MiB; } region a (rwx) { origin 1MiB; length 1MiB; } section text (rx) { \".text\" } image i { objects \"i.o\"; }");
        Assert.Equal(region, layout.Placements.Single(p => p.Subject == PlacementSubject.Images).Region);
    }

    [Fact]
    public void Sections_OfTheLinker_AreAdded() =>
        Assert.Equal(["linker_got", "linker_plt", "linker_rela"], Small.Sections.Where(s => s.IsBuiltIn && s.Role == SectionRole.Ordinary).Select(s => s.Name));

    [Fact]
    public void Sections_OfTheLinkerThatTheLayoutNames_AreTheLayouts()
    {
        BoundLayout layout = Layouts.BindClean("section got (rw) { table reserve 4KiB \".got\" \".got.plt\" }" + Layouts.FrameAndImage);
        Assert.Equal(["linker_plt", "linker_rela"], layout.Sections.Where(s => s.IsBuiltIn && s.Role == SectionRole.Ordinary).Select(s => s.Name));
    }
}
