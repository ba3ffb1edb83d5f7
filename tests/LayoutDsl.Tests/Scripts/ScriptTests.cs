using System;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Scripts;

/// <summary>Statements of scripts and what they become.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("entry _start;", "ENTRY(_start)")]
    [InlineData("extern a, \"b.c\";", "EXTERN(a \"b.c\")")]
    [InlineData("format \"a\", \"b\", \"c\";", "OUTPUT_FORMAT(\"a\", \"b\", \"c\")")]
    [InlineData("input \"a.o\", \"-lc\", as_needed(\"b.so\");", "INPUT(\"a.o\" -lc AS_NEEDED(\"b.so\"))")]
    [InlineData("no_cross_references \".a\", \".b\";", "NOCROSSREFS(\".a\" \".b\")")]
    [InlineData("force_common;", "FORCE_COMMON_ALLOCATION;")]
    [InlineData("include \"a.ld\";", "INCLUDE \"a.ld\"")]
    [InlineData("symbol a = -1 & ~0xFF;", "a = -1 & ~0xff;")]
    [InlineData("symbol a <<= 2 * (b + 1);", "a <<= 2 * (b + 1);")]
    [InlineData("symbol \"a-b\" = MAX;", "\"a-b\" = \"MAX\";")]
    [InlineData("symbol a = defined(b) ? b : c == 1 || !d;", "a = DEFINED(b) ? b : c == 1 || !d;")]
    [InlineData("hidden symbol a = 1;", "HIDDEN(a = 1);")]
    [InlineData("provide hidden symbol a = max_page_size;", "PROVIDE_HIDDEN(a = CONSTANT(MAXPAGESIZE));")]
    [InlineData("provide symbol a = segment_start(\"text-segment\", 4MiB) + headers_size;", "PROVIDE(a = SEGMENT_START(\"text-segment\", 0x400000) + SIZEOF_HEADERS);")]
    [InlineData("assert sizeof(\".text\") < 64KiB, \"too large\";", "ASSERT(SIZEOF(.text) < 0x10000, \"too large\")")]
    [InlineData("symbol a = limit;", "a = 0x30;")]
    public void Statement_OfAScript_IsOneOfGnuLd(string statement, string expected) => Assert.Contains("\n" + expected + "\n", Emit(statement), StringComparison.Ordinal);

    [Theory]
    [InlineData("\".text\" \".text.*\";", "*(.text .text.*)")]
    [InlineData("keep sort_by_name(exclude(\"*crtend.o\") \".ctors.*\");", "KEEP(*(SORT_BY_NAME(EXCLUDE_FILE(*crtend.o) .ctors.*)))")]
    [InlineData("\".a\" from \"lib.a:m.o\";", "lib.a:m.o(.a)")]
    [InlineData("\".a\" from exclude(\"x.o\") \"*\";", "EXCLUDE_FILE(x.o) *(.a)")]
    [InlineData("all from \"a b.o\";", "\"a b.o\"")]
    [InlineData("flags(\"SHF_MERGE\", \"!SHF_WRITE\") \".a\";", "INPUT_SECTION_FLAGS(SHF_MERGE & !SHF_WRITE) *(.a)")]
    [InlineData("long addressof(\".text\") + 4;", "LONG(ADDR(.text) + 4)")]
    [InlineData("fill \"0090\";", "FILL(0x0090)")]
    [InlineData("fill 0x90;", "FILL((0x90))")]
    [InlineData("here += 4;", ". += 4;")]
    [InlineData("here = align(here, 8);", ". = ALIGN(., 8);")]
    [InlineData("sorted_constructors;", "SORT_BY_NAME(CONSTRUCTORS)")]
    [InlineData("assert here > 0, \"x\";", "ASSERT(. > 0, \"x\");")]
    public void Statement_OfAnOutputSection_IsOneOfGnuLd(string statement, string expected) =>
        Assert.Contains("\n    " + expected + "\n", Emit($"sections {{ section \".text\" {{ {statement} }} }}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("at 1MiB noload align 16 subalign 4 only_if_ro", " 0x100000 (NOLOAD) : ALIGN(0x10) SUBALIGN(4) ONLY_IF_RO", "}")]
    [InlineData("in ram load in rom headers text, data fill \"90\"", " :", "} >ram AT>rom :text :data =0x90")]
    [InlineData("readonly type 1 load 4 align_with_input", " (READONLY (TYPE = 1)) : AT(4) ALIGN_WITH_INPUT", "}")]
    [InlineData("overlaid", " (OVERLAY) :", "}")]
    public void Head_OfAnOutputSection_IsOneOfGnuLd(string clauses, string before, string after)
    {
        const string declarations = "region ram { origin 0; length 1; } region rom (\"rx!w\") { origin 2; length 3; } header text load filehdr phdrs flags 5; header data 0x60000001; ";
        string text = Emit(declarations + $"sections {{ section \".x\" {clauses} {{ }} }}");
        Assert.Contains($"\n  .x{before}\n  {{\n  {after}\n", text, StringComparison.Ordinal);
        Assert.Contains("MEMORY\n{\n  ram : ORIGIN = 0, LENGTH = 1\n  rom (rx!w) : ORIGIN = 2, LENGTH = 3\n}\nPHDRS\n{\n  text PT_LOAD FILEHDR PHDRS FLAGS(5);\n  data 0x60000001;\n}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Overlay_OfAScript_IsOneOfGnuLd() => Assert.Contains(
        "  OVERLAY 0x1000 : NOCROSSREFS AT(0x4000)\n  {\n    .a\n    {\n      *(.a)\n    } =0x90\n  }\n",
        Emit("sections { overlay at 4KiB load 16KiB no_cross_references { section \".a\" fill \"90\" { \".a\"; } } }"),
        StringComparison.Ordinal);

    [Fact]
    public void Version_OfAScript_IsOneOfGnuLd() => Assert.Contains(
        "VERSION\n{\n  V2\n  {\n    global:\n    f;\n    extern \"C++\" {\n    n::*;\n    \"g(int)\";\n    };\n    local:\n    *;\n  } V1;\n}\n",
        Emit("version \"V2\" after \"V1\" { global \"f\"; global extern \"C++\" \"n::*\", literal(\"g(int)\"); local \"*\"; }"),
        StringComparison.Ordinal);

    [Fact]
    public void Sections_WithAnAnchor_AreInserted() => Assert.EndsWith("} INSERT AFTER .bss;\n", Emit("sections after \".bss\" { section \".x\" { \".x\"; } }"), StringComparison.Ordinal);

    [Fact]
    public void Fragment_Statements_StandAlone()
    {
        BoundLayout layout = Layouts.BindClean("layout Test.S;\nfragment f { section \".x\" in ram { keep \".x\"; } }");
        Assert.EndsWith("*/\n.x :\n{\n  KEEP(*(.x))\n} >ram\n", LayoutCompiler.EmitScript(layout.Scripts[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Script_DeclarationBehindIt_StartsAtTheMargin()
    {
        BoundLayout layout = Layouts.BindClean("layout Test.S;\nscript a {\n  symbol x = 1;\n}\nscript b { }\n");
        Assert.Equal(["a", "b"], layout.Scripts.Select(s => s.Name));
    }

    [Theory]
    [InlineData("section |\".x\"| { }", "LAY1035")]
    [InlineData("sections { |byte| 1; }", "LAY1035")]
    [InlineData("sections { section \".x\" { region |r| { origin 0; length 1; } } }", "LAY1035")]
    [InlineData("|here| = 1;", "LAY1035")]
    [InlineData("sections { section \".x\" |filehdr| { } }", "LAY1036")]
    [InlineData("sections { section \".x\" noload |copy| { } }", "LAY1005")]
    [InlineData("sections { section \".x\" in |rma| { } }", "LAY1003")]
    [InlineData("symbol a = |sizof|(\".x\");", "LAY1037")]
    [InlineData("symbol a = |max|(1);", "LAY1037")]
    [InlineData("entry |1|;", "LAY1037")]
    [InlineData("search |\"a\\\"b\"|;", "LAY1038")]
    [InlineData("version |\"a; } evil\"| { global \"f\"; }", "LAY1038")]
    [InlineData("sections { section \".x\" { flags(|\"A) *(B\"|) \".a\"; } }", "LAY1038")]
    [InlineData("input |\"-lc evil.o\"|;", "LAY1038")]
    [InlineData("sections { section \".x\" { fill |\"xyz\"|; } }", "LAY1007")]
    public void Mistake_InAScript_IsReportedAtItsPlace(string marked, string id)
    {
        int start = marked.IndexOf('|', StringComparison.Ordinal);
        int end = marked.IndexOf('|', start + 1) - 1;
        const string before = "layout Test.S;\nscript s { ";
        Diagnostic only = Assert.Single(Layouts.Bind(before + marked.Replace("|", "", StringComparison.Ordinal) + " }").Diagnostics);
        Assert.Equal(id, only.Id);
        Assert.Equal(before.Length + start, only.Location.Span.Start);
        Assert.Equal(end - start, only.Location.Span.Length);
    }

    [Fact]
    public void Mistakes_InAScript_AreAllReported()
    {
        Result<BoundLayout> bound = Layouts.Bind("layout Test.S;\nscript s {\n  entry ;\n  symbol = 1;\n  sections {\n    section \".x\" { \".a\" }\n    section { }\n  }\n}\n");
        Assert.Equal(
            [("LAY1037", 3), ("LAY0001", 4), ("LAY0002", 6), ("LAY0001", 7)],
            bound.Diagnostics.OrderBy(d => d.Location.Span.Start).Select(d => (d.Id, d.Location.Lines.Start.Line + 1)));
    }

    [Fact]
    public void Expression_NestedWithoutEnd_IsDiagnosed()
    {
        Assert.NotEmpty(Layouts.Bind("layout Test.S;\nscript s { symbol a = " + new string('-', 100_000) + "1; }").Diagnostics);
        Assert.NotEmpty(Layouts.Bind("layout Test.S;\nscript s { symbol a = " + string.Concat(Enumerable.Repeat("1 ? 2 : ", 10_000)) + "1; }").Diagnostics);
    }

    [Theory]
    [InlineData(LinkerKind.Gnu, "sections { overlay { section \".a\" { } } }")]
    [InlineData(LinkerKind.Gold, "sections { overlay { section \".a\" { } } }", "gold has no OVERLAY")]
    [InlineData(LinkerKind.Gold, "sections after \".bss\" { }", "gold has no INSERT")]
    [InlineData(LinkerKind.Lld, "force_common; sections { section \".a\" dsect { } } symbol a = 1 + next(2);", "lld has no DSECT", "lld has no FORCE_COMMON_ALLOCATION", "lld has no NEXT")]
    public void Linker_ThatLacksSomething_IsToldSo(LinkerKind kind, string statements, params string[] expected) => Assert.Equal(
        expected,
        LayoutCompiler.CheckLinker(Layouts.BindClean($"layout Test.S;\nscript s {{ {statements} }}"), null, kind).Select(d => d.Message).Order(StringComparer.Ordinal));

    private static string Emit(string statements)
    {
        BoundLayout layout = Layouts.BindClean($"layout Test.S;\nconst limit = 0x30;\nscript s {{ {statements} }}\n");
        return LayoutCompiler.EmitScript(layout.Scripts[0]);
    }
}
