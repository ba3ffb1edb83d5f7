using System.Linq;
using LayoutDsl.Analysis.Resolution;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>What is linked once; ld is the judge of each case.</summary>
public class ResolutionComdatTests
{
    private static string Group(string signature, string symbol, string more = "") =>
        $".section .text.g,\"axG\",@progbits,{signature},comdat\n.globl {symbol}\n{symbol}: ret\n.text\n{more}\n";

    [Fact]
    public void IsSectionKept_TwoObjectsWithInlineFunctions_FirstWins()
    {
        const string Inline = "struct S { virtual ~S() {} virtual int g() { static int n = 3; return n++; } }; inline int f(S &s) { return s.g(); } ";
        using LinkCase link = new LinkCase()
            .Cpp("a", Inline + "int h(S &); extern \"C\" int _start() { S s; return f(s) + h(s); } void operator delete(void *, unsigned long) {}", "-fno-rtti")
            .Cpp("b", Inline + "int h(S &s) { S t; return f(s) + f(t); }", "-fno-rtti", "-O0");
        LinkResolution resolution = link.Agree("a.o", "b.o");
        Assert.Contains(resolution.Objects[1].Object.File.Sections, s => !resolution.IsSectionKept(resolution.Objects[1].Object, s.Index));
        Assert.All(resolution.Objects[0].Object.File.Sections, s => Assert.True(resolution.Objects[0].IsKept(s.Index)));
        Assert.Equal("a.o", resolution.Find("_Z1fR1S")!.Object!.Object.Path);
        Assert.Equal("b.o", link.Agree("b.o", "a.o").Find("_Z1fR1S")!.Object!.Object.Path);
    }

    [Fact]
    public void Resolve_LocalInDroppedSection_NamesTheKeptSection()
    {
        const string Body = ".section .text.g,\"axG\",@progbits,sig,comdat\n.globl f\nf: nop\ninner: ret\n.section .debug_x\n.quad inner\n";
        using LinkCase link = new LinkCase().Asm("a", Body + ".text\n.globl _start\n_start: call f").Asm("b", Body + ".text\ncall f");
        LinkResolution resolution = link.Agree("a.o", "b.o");
        LinkObject b = resolution.Objects[1].Object;
        SymbolDefinition inner = resolution.Resolve(b, b.Symbols.Single(s => s.Name == "inner").Index);
        Assert.Equal(DefinitionKind.Discarded, inner.Kind);
        Assert.Equal(("a.o", ".text.g"), (inner.Replacement!.Object.Object.Path, inner.Replacement.Object.File.Sections[inner.Replacement.Section].Name));
        SymbolDefinition f = resolution.Resolve(b, b.Symbols.Single(s => s.Name == "f").Index);
        Assert.Equal(("a.o", DefinitionKind.Strong), (f.Object!.Object.Path, f.Kind));
    }

    [Theory]
    [InlineData("first.o second.o only.a")]
    [InlineData("first.o second.o user.o only.a")]
    [InlineData("user.o first.o second.o only.a")]
    [InlineData("first.o weak.o user.o only.a")]
    [InlineData("first.o second.o user.o only.o")]
    [InlineData("first.o user.o only.a second.o")]
    [InlineData("first.o user.o both.a")]
    public void UndefinedReferences_KeptGroupLacksSymbol_NoArchiveIsSearchedForIt(string line)
    {
        using LinkCase link = new LinkCase()
            .Asm("first", Group("sig", "one", ".globl _start\n_start: ret"))
            .Asm("second", Group("sig", "two", "call two"))
            .Asm("weak", Group("sig", "two", ".weak two\ncall two"))
            .Asm("user", "call two")
            .Asm("only", ".globl two\ntwo: ret")
            .Archive("only.a", "only.o")
            .Archive("both.a", "second.o", "only.o");
        link.Agree(line.Split(' '));
    }

    [Theory]
    [InlineData("t1.o t2.o r2.o")]
    [InlineData("t1.o group.o")]
    [InlineData("group.o t1.o")]
    [InlineData("other.o t1.o")]
    [InlineData("t1.o pair.o")]
    [InlineData("t1.o r2.o")]
    [InlineData("r2.o t1.o")]
    public void IsSectionKept_LinkOnceSections_AsLdDoes(string objects)
    {
        using LinkCase link = new LinkCase()
            .Asm("start", ".globl _start\n_start: ret")
            .Asm("t1", ".section .gnu.linkonce.t.f,\"ax\"\n.weak f\nf: ret\n.text\ncall f")
            .Asm("t2", ".section .gnu.linkonce.t.f,\"ax\"\n.weak f\nf: nop\nret\n.text\ncall f")
            .Asm("r2", ".section .gnu.linkonce.r.f,\"a\"\n.weak fr\nfr: .quad 1\n.section .gnu.linkonce.t.f,\"ax\"\n.weak f\nf: ret")
            .Asm("group", ".section .text.f,\"axG\",@progbits,f,comdat\n.weak f\nf: nop\nret\n.text\ncall f")
            .Asm("other", ".section .text.f,\"axG\",@progbits,f,comdat\n.weak f, g\nf: nop\ng: ret\n.text\ncall f")
            .Asm("pair", ".section .text.f,\"axG\",@progbits,f,comdat\n.weak f\nf: ret\n.section .data.f,\"awG\",@progbits,f,comdat\n.quad 1\n.text\ncall f");
        LinkResolution resolution = link.Agree(["start.o", .. objects.Split(' ')]);
        string[] discarded = LinkJudge.Discarded(System.IO.File.ReadAllText(System.IO.Path.Combine(link.Folder, "out.map")));
        foreach (LinkedObject linked in resolution.Objects)
        {
            Assert.All(
                linked.File.Sections.Where(s => s.IsAllocated && (s.Name.StartsWith(".gnu.linkonce", System.StringComparison.Ordinal) || s.Name is ".text.f" or ".data.f")),
                s => Assert.Equal(discarded.Contains($"{linked.Object.Name}:{s.Name}"), !linked.IsKept(s.Index)));
        }
    }
}
