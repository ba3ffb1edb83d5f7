using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>Which definition counts; ld is the judge of each case.</summary>
public class ResolutionDefinitionTests
{
    private const string Start = "int f(void); int _start(void) { return f(); }";

    [Theory]
    [InlineData("weak.o strong.o", "strong.o", DefinitionKind.Strong)]
    [InlineData("strong.o weak.o", "strong.o", DefinitionKind.Strong)]
    [InlineData("weak.o weak2.o", "weak.o", DefinitionKind.Weak)]
    public void Find_StrongAndWeak_StrongThenFirstCounts(string objects, string winner, DefinitionKind kind)
    {
        using LinkCase link = new LinkCase()
            .C("start", Start)
            .C("weak", "__attribute__((weak)) int f(void) { return 1; }")
            .C("weak2", "__attribute__((weak)) int f(void) { return 2; }")
            .C("strong", "int f(void) { return 3; }");
        SymbolDefinition definition = link.Agree(["start.o", .. objects.Split(' ')]).Find("f")!;
        Assert.Equal((winner, kind), (definition.Object!.Object.Path, definition.Kind));
    }

    [Theory]
    [InlineData("c4.o c12.o c8.o", "c12.o", DefinitionKind.Common, 12)]
    [InlineData("c12.o c4.o aligned.o", "c12.o", DefinitionKind.Common, 12)]
    [InlineData("c4.o c4b.o", "c4.o", DefinitionKind.Common, 4)]
    [InlineData("c12.o weak.o", "c12.o", DefinitionKind.Common, 12)]
    [InlineData("weak.o c12.o", "c12.o", DefinitionKind.Common, 12)]
    [InlineData("c12.o strong.o", "strong.o", DefinitionKind.Strong, 4)]
    [InlineData("strong.o c12.o", "strong.o", DefinitionKind.Strong, 4)]
    public void Find_CommonBlocks_LargestCountsUnlessDefined(string objects, string winner, DefinitionKind kind, ulong size)
    {
        using LinkCase link = new LinkCase()
            .C("start", "extern int v[]; int _start(void) { return v[0]; }")
            .C("c4", "int v[1];", "-fcommon")
            .C("c4b", "int v[1];", "-fcommon")
            .C("c8", "int v[2];", "-fcommon")
            .C("c12", "int v[3];", "-fcommon")
            .C("aligned", "__attribute__((aligned(64))) int v[1];", "-fcommon")
            .C("weak", "__attribute__((weak)) int v[1] = { 1 };")
            .C("strong", "int v[1] = { 2 };");
        SymbolDefinition definition = link.Agree(["start.o", .. objects.Split(' ')]).Find("v")!;
        Assert.Equal((winner, kind, size), (definition.Object!.Object.Path, definition.Kind, definition.Size));
        if (objects.Contains("aligned", System.StringComparison.Ordinal)) Assert.Equal(64u, definition.Alignment);
    }

    [Fact]
    public void MultipleDefinitions_TwoStrong_FirstCounts()
    {
        using LinkCase link = new LinkCase()
            .C("start", Start).C("a", "int f(void) { return 1; }").C("b", "int f(void) { return 2; }");
        LinkResolution resolution = link.Agree("start.o", "b.o", "a.o");
        MultipleDefinition multiple = Assert.Single(resolution.MultipleDefinitions);
        Assert.Equal(("f", "b.o", "a.o"), (multiple.Name, multiple.First.Object.Path, multiple.Other.Object.Path));
    }

    [Fact]
    public void MultipleDefinitions_SameAbsoluteValue_None()
    {
        using LinkCase link = new LinkCase()
            .Asm("start", ".globl _start\n_start: mov $five, %eax")
            .Asm("a", ".globl five\nfive = 5").Asm("b", ".globl five\nfive = 5").Asm("c", ".globl five\nfive = 6");
        Assert.Empty(link.Agree("start.o", "a.o", "b.o").MultipleDefinitions);
        Assert.Single(link.Agree("start.o", "a.o", "c.o").MultipleDefinitions);
    }

    [Fact]
    public void Resolve_UndefinedWeak_IsZero()
    {
        using LinkCase link = new LinkCase()
            .C("start", "__attribute__((weak)) int f(void); int _start(void) { return f ? f() : 0; }")
            .C("f", "int f(void) { return 1; }").Archive("l.a", "f.o");
        SymbolDefinition definition = link.Agree("start.o", "l.a").Find("f")!;
        Assert.Equal((DefinitionKind.UndefinedWeak, 0ul), (definition.Kind, definition.Value));
    }

    [Fact]
    public void UndefinedReferences_OnlyUsedOnesAreReported()
    {
        using LinkCase link = new LinkCase().Asm("start", ".globl _start, unused\n_start: call used\n.weak soft\n call soft");
        LinkResolution resolution = link.Agree("start.o");
        Assert.Equal([("unused", false), ("used", true)], resolution.UndefinedReferences.Select(u => (u.Name, u.IsUsed)).Order());
    }

    [Theory]
    [InlineData("default", "hidden", ElfSymbolVisibility.Hidden)]
    [InlineData("protected", "default", ElfSymbolVisibility.Protected)]
    [InlineData("protected", "hidden", ElfSymbolVisibility.Hidden)]
    [InlineData("internal", "hidden", ElfSymbolVisibility.Internal)]
    public void Find_Visibilities_MostConstrainingCounts(string reference, string definition, ElfSymbolVisibility expected)
    {
        using LinkCase link = new LinkCase()
            .C("start", $"__attribute__((visibility(\"{reference}\"))) extern int f(void); int _start(void) {{ return f(); }}")
            .C("f", $"__attribute__((visibility(\"{definition}\"))) int f(void) {{ return 1; }}");
        LinkResolution resolution = link.Agree("start.o", "f.o");
        Assert.Equal(expected, resolution.Find("f")!.Visibility);
        string[] listed = link.Run("readelf", "-sW", "out.elf").Split('\n').Single(l => l.EndsWith(" f", System.StringComparison.Ordinal)).Split(' ', System.StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.ToString().ToUpperInvariant(), listed[5]);
    }

    [Fact]
    public void Resolve_LocalsAndSections_StayInTheirObject()
    {
        using LinkCase link = new LinkCase()
            .Asm("start", ".globl _start, f\n_start: call f\n.local own\nown: call own\n.data\n.quad .text + 4, own")
            .Asm("f", ".globl f\nown: nop\nf: call own");
        LinkResolution resolution = link.Agree("start.o", "f.o");
        LinkObject start = resolution.Objects[0].Object;
        Dictionary<string, SymbolDefinition> all = start.Symbols.Select(s => resolution.Resolve(start, s.Index)).GroupBy(d => d.Name).ToDictionary(g => g.Key, g => g.First());
        Assert.Equal(DefinitionKind.None, all[""].Kind);
        Assert.Equal((DefinitionKind.Section, 0ul), (all[".text"].Kind, all[".text"].Value));
        Assert.Equal((DefinitionKind.Local, start, 5ul), (all["own"].Kind, all["own"].Object!.Object, all["own"].Value));
        Assert.Equal((DefinitionKind.Strong, "f.o", 1ul), (all["f"].Kind, all["f"].Object!.Object.Path, all["f"].Value));
    }

    [Fact]
    public void Find_SpecialTypes_AreTold()
    {
        using LinkCase link = new LinkCase()
            .C("start", "extern __thread int t; int f(void); int _start(void) { return f() + t; }")
            .C("f", "static int g(void) { return 1; } static void *pick(void) { return g; } int f(void) __attribute__((ifunc(\"pick\"))); __thread int pad = 1, t = 7;");
        LinkResolution resolution = link.Agree("start.o", "f.o");
        Assert.True(resolution.Find("f")!.IsIndirectFunction);
        Assert.True(resolution.Find("t")!.IsThreadLocal);
    }

    [Fact]
    public void Find_Wrapped_ReferencesMoveDefinitionsStay()
    {
        using LinkCase link = new LinkCase()
            .C("start", "int f(void); int _start(void) { return f(); }")
            .C("wrap", "int __real_f(void); int __wrap_f(void) { return __real_f(); }")
            .C("f", "int f(void) { return 1; } int g(void) { return f(); }")
            .Archive("l.a", "f.o", "wrap.o");
        LinkResolution resolution = link.Agree("--wrap", "f", "start.o", "l.a");
        LinkObject start = resolution.Objects[0].Object;
        Assert.Equal("__wrap_f", resolution.Resolve(start, start.Symbols.Single(s => s.Name == "f").Index).Name);
        LinkObject wrap = resolution.Objects[1].Object;
        Assert.Equal(("f", "f.o"), (resolution.Resolve(wrap, wrap.Symbols.Single(s => s.Name == "__real_f").Index).Name, resolution.Find("f")!.Object!.Object.Member));
        Assert.Equal(["__wrap_f"], link.Agree("--wrap", "f", "start.o").UndefinedReferences.Select(u => u.Name));
    }

    [Fact]
    public void Find_Versions_DefaultOneServesUnversionedReferences()
    {
        using LinkCase link = new LinkCase()
            .C("start", "int f(void); int _start(void) { return f(); }")
            .Asm("old", ".globl _start\n_start: call vf\n.symver vf, f@V1")
            .Asm("new", ".globl _start\n_start: call vf\n.symver vf, f@V2")
            .Asm("f", ".globl f1, f2\nf1: nop\nf2: nop\n.symver f1, f@V1\n.symver f2, f@@V2")
            .C("plain", "int f(void) { return 1; }");
        Assert.Equal(("f@@V2", 1ul), Found(link.Agree("start.o", "f.o").Find("f")!));
        Assert.Equal(("f@V1", 0ul), Found(link.Agree("old.o", "f.o").Find("f@V1")!));
        Assert.Equal(("f@@V2", 1ul), Found(link.Agree("new.o", "f.o").Find("f@V2")!));
        Assert.Single(link.Agree("start.o", "f.o", "plain.o").MultipleDefinitions);
        Assert.Single(link.Agree("start.o", "plain.o", "f.o").MultipleDefinitions);

        static (string, ulong?) Found(SymbolDefinition definition) => (definition.Name, definition.Value);
    }
}
