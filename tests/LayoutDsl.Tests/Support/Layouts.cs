using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Support;

/// <summary>Runs the stages over texts, and holds the declarations that a test needs but is not about.</summary>
internal static class Layouts
{
    public const string Path = "fleet.layout";

    /// <summary>Name, target, memory, sections.</summary>
    public const string Frame = """

        layout Test.Fleet;
        target x86_64 { page 4KiB; entry _start; }
        region ram (rwx) { origin 1MiB; length 63MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        """;

    /// <summary>A frame with one image, <c>app</c>.</summary>
    public const string FrameAndImage = Frame + "\nimage app { objects \"app.o\"; }\n";

    public static FileSyntax Parse(string text, string path = Path) => LayoutCompiler.Parse(new SourceText(path, text));

    public static Result<BoundLayout> Bind(string text, params (string Path, string Text)[] others)
    {
        var files = others.ToDictionary(o => o.Path, o => Parse(o.Text, o.Path));
        return LayoutCompiler.Bind(Parse(text), path => files.GetValueOrDefault(path));
    }

    /// <summary>The layout of a text without mistakes.</summary>
    public static BoundLayout BindClean(string text)
    {
        Result<BoundLayout> bound = Bind(text);
        AssertNone(bound.Diagnostics);
        return bound.Value!;
    }

    /// <summary>Plans a text that has no errors up to binding; warnings do not matter.</summary>
    public static Result<LayoutPlan> Plan(string text, FactsFile? facts)
    {
        Result<BoundLayout> bound = Bind(text);
        AssertNone(bound.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return LayoutCompiler.Plan(bound.Value!, facts);
    }

    /// <summary>The plan of a text without mistakes.</summary>
    public static LayoutPlan PlanClean(string text, FactsFile? facts)
    {
        Result<LayoutPlan> plan = Plan(text, facts);
        AssertNone(plan.Diagnostics);
        return plan.Value!;
    }

    public static void AssertNone(IEnumerable<Diagnostic> diagnostics) => Assert.Equal("", string.Join("\n", diagnostics));

    /// <summary>Asserts the syntax mistakes of a marked text.</summary>
    public static void AssertSyntax(string marked, params string[] wholeFile)
    {
        var text = new MarkedText(marked);
        text.AssertMarked(Parse(text.Text).Diagnostics, wholeFile);
    }

    /// <summary>Asserts the mistakes of a marked text up to binding.</summary>
    public static void AssertBinding(string marked, params string[] wholeFile)
    {
        var text = new MarkedText(marked);
        text.AssertMarked(Bind(text.Text).Diagnostics, wholeFile);
    }

    /// <summary>Asserts the mistakes that planning finds in a marked text, which has none before.</summary>
    public static void AssertPlanning(string marked, FactsFile? facts)
    {
        var text = new MarkedText(marked);
        text.AssertMarked(Plan(text.Text, facts).Diagnostics);
    }
}
