using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Generator.Tests.Support;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LayoutDsl.Generator.Tests;

/// <summary>Roslyn reads what texts of a user become in the generated C#: the tree is that of harmless texts, and the plan in it is the plan.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Pieces =
    [
        "\"", "\\", "\\\"", "*/", "/*", "//", "///", "\n", "\r", "\u0085", "\u2028", "\u2029", "</summary>", "<see cref=\"System.String\"/>", "&lt;", "]]>", "#if X", "#endif", "#error stop",
        "\"; class Evil { } //", "{", "}", "{0}", "\\u0022", "\\x22", "$\"", "@\"", "\"\"\"", "u8", "\ud83d\ude00", "é", "\0", "\u0001", "\u007f", "\ufeff", "a", " ", "`rm -rf x`", "$(rm x)", ";rm x",
    ];

    private static readonly string[] Names =
    [
        "class", "int", "namespace", "record", "async", "await", "global", "var", "value", "get", "_", "__", "_1", "a_b", "Name", "Size", "Plan", "Images", "Libraries", "Regions", "Areas", "Equals",
        "ToString", "GetType", "Object", "System", "LayoutDsl", "Page", "object", "string", "field", "file", "nint", "checked", "PlanHolder", "Data", "First", "Last", "LinkerScript", "Instances",
    ];

    [Fact]
    public void Code_HostileTexts_HasTheTreeOfHarmlessOnes()
    {
        BoundLayout layout = LayoutCompiler.Bind(LayoutCompiler.Parse(new SourceText("fleet.layout", Samples.Fleet)), _ => null).Value!;
        LayoutPlan plan = LayoutCompiler.Plan(layout, Samples.Facts).Value!;
        IReadOnlyList<string> expected = Skeleton(LayoutCompiler.EmitCSharp(plan, Options("x"), "").Value!, out _);
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            string Hostile() => string.Concat(Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            string layoutText = Hostile();
            LayoutPlan hostile = plan with
            {
                Libraries = plan.Libraries.Select(l => l with { Documentation = Hostile(), Files = l.Files.Select(f => f with { Path = Hostile() }).ToEquatableArray() }).ToEquatableArray(),
                Images = plan.Images.Select(m => m with { Documentation = Hostile(), Files = m.Files.Select(f => f with { Path = Hostile() }).ToEquatableArray() }).ToEquatableArray(),
            };
            string code = LayoutCompiler.EmitCSharp(hostile, Options(layoutText), "").Value!;
            Assert.Equal(expected, Skeleton(code, out string data));
            Assert.Equal(hostile, PlanText.Read(data));
        }
    }

    private static CSharpOptions Options(string text) => new(text, new[] { new ScriptText("board", text, text) }.ToEquatableArray());

    [Fact]
    public void Code_LegalNamesOfAllKinds_CompilesWithoutAWarning()
    {
        var random = new Random(2);
        int compiled = 0;
        for (int i = 0; i < 40; i++)
        {
            string[] names = [.. Names.OrderBy(_ => random.Next())];
            string text = $$"""
                layout {{names[0]}}.{{names[1]}};
                target x86_64 { page 4KiB; entry {{names[2]}}; }
                region {{names[3]}} (rwx) { origin 1MiB; length 63MiB; }
                section {{names[4]}} (rx) { ".text" ".text.*" }
                section {{names[5]}} (r) { ".rodata" ".rodata.*" }
                section {{names[6]}} (rw) { ".data" ".data.*" }
                section {{names[7]}} (rw) { zero ".bss" ".bss.*" "COMMON" }
                library {{names[8]}} { objects "build/boot.o"; }
                library {{names[9]}} { archive "libz.a"; }
                image {{names[10]}} { uses {{names[8]}}; objects "hello.o"; }
                image {{names[11]}}[1..3] { uses {{names[8]}}, {{names[9]}}; objects "fn{n}.o"; }
                """;
            Result<BoundLayout> bound = LayoutCompiler.Bind(LayoutCompiler.Parse(new SourceText("fleet.layout", text)), _ => null);
            if (bound.Value is null)
            {
                Assert.All(bound.Diagnostics.Where(d => d.Severity == Diagnostics.DiagnosticSeverity.Error), d => Assert.Contains(d.Id, new[] { "LAY1002", "LAY1026" }));
                continue;
            }

            TestProject.Of(text).Generate();
            compiled++;
        }

        Assert.InRange(compiled, 10, 40);
    }

    /// <summary>All tokens of a text without errors; of literals and names only that they are there.</summary>
    private static List<string> Skeleton(string code, out string data)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose));
        Assert.Empty(tree.GetDiagnostics());
        data = tree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>().Single(v => v.Identifier.Text == "Data").Initializer!.Value.ChildTokens().Single().ValueText;
        return [.. tree.GetRoot().DescendantTokens().Select(t => t.Kind() + (t.IsKind(SyntaxKind.StringLiteralToken) ? "" : " " + t.Text))];
    }
}
