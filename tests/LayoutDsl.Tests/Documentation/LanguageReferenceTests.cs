using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Binding;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Documentation;

/// <summary>docs/language.md says what the compiler does: its examples compile, and it leaves nothing out.</summary>
public sealed class LanguageReferenceTests
{
    /// <summary>What a fragment may leave out; a part stands aside when the fragment brings its own.</summary>
    private static readonly (string Unless, string Declaration)[] Prelude =
    [
        ("layout ", "layout Demo.Fleet;"),
        ("target ", "target x86_64 { }"),
        ("region ", "region ram (rwx) { origin 1MiB; length 255MiB; }"),
        ("section text", "section text (rx) { \".text\" \".text.*\" }"),
        ("section data", "section data (rw) { \".data\" \".data.*\" }"),
        ("library boot", "library boot { objects \"build/boot.o\"; }"),
        ("library zlib", "library zlib { archive \"libz.a\"; }"),
        ("image hello", "image hello { uses boot, zlib; objects \"build/hello.o\"; }"),
    ];

    private static readonly string Page = Repository.Read("docs", "language.md");

    public static TheoryData<int, string, string> Examples
    {
        get
        {
            var examples = new TheoryData<int, string, string>();
            foreach (MarkdownBlock block in Markdown.FindBlocks(Page).Where(b => b.Info.StartsWith("layout", System.StringComparison.Ordinal))) examples.Add(block.Line, block.Info, block.Text);
            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfTheReference_Compiles(int line, string info, string text)
    {
        Assert.True(info is "layout" or "layout fragment", $"line {line}: '{info}'");
        string prelude = info == "layout" ? "" : string.Join("\n", Prelude.Where(p => !text.Contains(p.Unless)).Select(p => p.Declaration));
        Result<BoundLayout> bound = LayoutCompiler.Bind(
            Layouts.Parse(text + prelude, "docs/example.layout"),
            path => Layouts.Parse(path.EndsWith("sections.layout", System.StringComparison.Ordinal) ? "section rodata (r) { \".rodata\" }" : "", path));
        Layouts.AssertNone(bound.Diagnostics);
        Layouts.AssertNone(LayoutCompiler.Plan(bound.Value!, null).Diagnostics.Where(d => d.Id != "LAY2001"));
    }

    [Fact]
    public void Reference_Words_AreAllThere()
    {
        IEnumerable<string> words = SyntaxFacts.DeclarationKeywords
            .Concat(SyntaxFacts.Units.Keys)
            .Concat(Architecture.All.Select(a => a.Name))
            .Concat(["keep", "zero", "table", "padded", "thread", "unwind", "sort", "bounds", "reserve", "in", "from", "after", "libraries", "images", "objects", "archive", "members", "headroom", "uses", "instances", "origin", "length", "page", "entry", "headers", "noload", "fill", "load in", "when", "and"])
            .Concat(["align", "min", "max", "sizeof", "addressof", "endof", "loadof", "COMMON", "{n}", "linker_got", "linker_plt", "linker_rela"]);
        Assert.DoesNotContain(words, w => !Page.Contains("`" + w) && !Page.Contains(w + "`") && !Page.Contains(w + "(") && !Page.Contains("`\"" + w) && !Page.Contains("\n## " + w + "\n"));
    }

    [Fact]
    public void Reference_Limits_AreThoseOfTheCompiler()
    {
        Assert.Contains($"| Nesting of brackets | {SyntaxFacts.MaximumNesting} |", Page);
        Assert.Contains($"| Characters in a file | {SyntaxFacts.MaximumFileLength} |", Page);
        Assert.Contains($"| Syntax errors reported for a file | {SyntaxFacts.MaximumSyntaxErrors} |", Page);
        Assert.Contains($"| Images of a layout, family members counted | {LayoutBinder.MaximumImages} |", Page);
    }
}
