using System.Linq;
using System.Reflection;
using LayoutDsl.Diagnostics;
using LayoutDsl.Generator.Tests.Support;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace LayoutDsl.Generator.Tests;

public sealed class GeneratedCodeTests
{
    private static readonly LayoutPlan ExpectedPlan = Compile(Samples.Fleet);

    [Fact]
    public void Addresses_MeasuredFleet_AreThoseOfThePlan()
    {
        GeneratedProject project = TestProject.Of(Samples.Fleet).Generate();
        SlotPlan text = ExpectedPlan.GetLibrary("zlib").Slots.Single(s => s.Section == "text");
        Assert.Equal(5000UL, text.Size);
        Assert.True(text.Address >= 2 << 20);
        Assert.Equal(text.Address, project.Constant("Demo.Fleet+Libraries+Zlib+Text", "Address"));
        Assert.Equal(5000UL, project.Constant("Demo.Fleet+Libraries+Zlib+Text", "Size"));
        Assert.Equal(6250UL, project.Constant("Demo.Fleet+Libraries+Zlib+Text", "Reserved"));
        Assert.Equal("zlib", project.Constant("Demo.Fleet+Libraries+Zlib", "Name"));
        Assert.Equal(ExpectedPlan.GetImage("hello").Slots.Single(s => s.Section == "data").Address, project.Constant("Demo.Fleet+Images+Hello+Data", "Address"));
        Assert.Equal(200UL, project.Constant("Demo.Fleet+Images+Hello", "Instances"));
        Assert.Equal(4096UL, project.Constant("Demo.Fleet", "Page"));
    }

    [Fact]
    public void Plan_LoadedCode_EqualsTheCompilersPlan()
    {
        Assembly code = TestProject.Of(Samples.Fleet).Generate().Load();
        Assert.Equal(ExpectedPlan, code.GetType("Demo.Fleet")!.GetProperty("Plan")!.GetValue(null));
    }

    [Fact]
    public void LinkerScript_LoadedCode_IsTheCompilersScript()
    {
        Assembly code = TestProject.Of(Samples.Fleet).Generate().Load();
        object? hello = code.GetType("Demo.Fleet+Images+Hello")!.GetProperty("LinkerScript")!.GetValue(null);
        object? member = code.GetType("Demo.Fleet+Images+Fn")!.GetMethod("LinkerScript")!.Invoke(null, [2]);
        Assert.Equal(LayoutCompiler.EmitLinkerScript(ExpectedPlan, ExpectedPlan.GetImage("hello")), hello);
        Assert.Equal(LayoutCompiler.EmitLinkerScript(ExpectedPlan, ExpectedPlan.GetImage("fn2")), member);
    }

    [Fact]
    public void Family_ThreeMembers_IsOneTypeWithItsNumbers()
    {
        GeneratedProject project = TestProject.Of(Samples.Fleet).Generate();
        Assert.Equal(1, project.Constant("Demo.Fleet+Images+Fn", "First"));
        Assert.Equal(3, project.Constant("Demo.Fleet+Images+Fn", "Last"));
        Assert.Equal(["Fn", "Hello"], project.Type("Demo.Fleet+Images").GetTypeMembers().Select(t => t.Name));
    }

    [Theory]
    [InlineData("Demo.Fleet", "The demo fleet.")]
    [InlineData("Demo.Fleet+Libraries+Zlib", "Compression &amp; more.")]
    [InlineData("Demo.Fleet+Images+Hello", "Says hello.")]
    [InlineData("Demo.Fleet+Libraries+Boot", "The library boot.")]
    public void Documentation_DocCommentOrNone_IsTheSummary(string type, string summary)
    {
        string? xml = TestProject.Of(Samples.Fleet).Generate().Type(type).GetDocumentationCommentXml();
        Assert.Contains(summary, xml, System.StringComparison.Ordinal);
    }

    [Fact]
    public void UserCode_UsesThePlan_Compiles()
    {
        TestProject project = TestProject.Of(Samples.Fleet) with
        {
            CSharp = """
                namespace App;
                internal static class Loader
                {
                    public const ulong Text = Demo.Fleet.Libraries.Zlib.Text.Address;
                    public static string Script => Demo.Fleet.Images.Hello.LinkerScript + Demo.Fleet.Images.Fn.LinkerScript(1);
                    public static int Count => Demo.Fleet.Plan.Images.Count;
                }
                """,
        };
        project.Generate();
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp8)]
    [InlineData(LanguageVersion.CSharp13)]
    public void Code_OldOrNewLanguage_Compiles(LanguageVersion language) => (TestProject.Of(Samples.Fleet) with { Language = language }).Generate();

    [Fact]
    public void Family_ThreeHundredImages_CompilesAndStaysSmall()
    {
        string layout = Samples.Fleet.Replace("fn[1..3]", "fn[1..300]", System.StringComparison.Ordinal);
        string[] objects = [.. new[] { "build/boot.o", "libz.a(inflate.o)", "hello.o" }.Concat(Enumerable.Range(1, 300).Select(n => $"fn{n}.o"))];
        GeneratedProject project = TestProject.Of(layout, Samples.Measure(5000, objects)).Generate();
        Assert.Equal(300, project.Constant("Demo.Fleet+Images+Fn", "Last"));
        Assert.InRange(project.Source.Length, 1, 300 * 1024);
    }

    /// <summary>More text than the literals of a program have room for would not compile; as bytes it has no limit.</summary>
    [Theory]
    [InlineData(LanguageVersion.CSharp11, "\"u8),")]
    [InlineData(LanguageVersion.CSharp10, "\",")]
    [InlineData(LanguageVersion.CSharp7_3, "\",")]
    public void Family_TwoThousandImages_CarriesItsPlanInParts(LanguageVersion language, string end)
    {
        string layout = Samples.Fleet.Replace("fn[1..3]", "fn[1..2000]", System.StringComparison.Ordinal).Replace("Compression", "Kompression \u00e9\ud83d\ude00", System.StringComparison.Ordinal);
        string[] objects = [.. new[] { "build/boot.o", "libz.a(inflate.o)", "hello.o" }.Concat(Enumerable.Range(1, 2000).Select(n => $"fn{n}.o"))];
        GeneratedProject project = (TestProject.Of(layout, Samples.Measure(5000, objects)) with { Language = language }).Generate();
        Assert.Contains(project.Source.Split('\n'), l => l.TrimStart() is ['D', 'e', 'c', ..] or ['"', ..] && l.EndsWith(end, System.StringComparison.Ordinal));
        Assert.Equal(language >= LanguageVersion.CSharp11, project.Source.Contains("\"u8),", System.StringComparison.Ordinal));
        var plan = (LayoutPlan)project.Load().GetType("Demo.Fleet")!.GetProperty("Plan")!.GetValue(null)!;
        Assert.Equal(2001, plan.Images.Count);
        Assert.Contains("\ud83d\ude00", plan.GetLibrary("zlib").Documentation, System.StringComparison.Ordinal);
    }

    /// <summary>A plan that only bytes have room for, in a C# without them.</summary>
    [Fact]
    public void Plan_TooLargeForAnOldLanguage_IsAnErrorThatNamesTheVersion()
    {
        string layout = Samples.Fleet.Replace("Compression", new string('x', 8 << 20), System.StringComparison.Ordinal);
        TestProject project = TestProject.Of(layout) with { Language = LanguageVersion.CSharp10 };
        GeneratedProject generated = project.Generate("fleet.layout(1,1): error LAY3012");
        string page = Markdown.FindBlocks(Repository.Read("docs", "diagnostics", "LAY3012.md")).Single(b => b.Info == "text").Text;
        string message = generated.Diagnostics.Single().GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(page.Trim().Replace("20000 images", "4 images", System.StringComparison.Ordinal), "fleet.layout(1,1): error LAY3012: " + message);
        (project with { Language = LanguageVersion.CSharp11 }).Generate();
    }

    [Fact]
    public void Scripts_OfTheLayout_AreMembers()
    {
        const string declared = "\n/// For the board.\nscript board { entry reset; }\nfragment scripts { symbol quoted = 1; }\n";
        TestProject project = TestProject.Of(Samples.Fleet + declared) with { CSharp = "internal static class Uses { public static string Text => Demo.Fleet.Scripts.Board + Demo.Fleet.Scripts.Scripts_; }" };
        GeneratedProject generated = project.Generate();
        System.Type scripts = generated.Load().GetType("Demo.Fleet+Scripts")!;
        Assert.EndsWith("ENTRY(reset)\n", (string)scripts.GetProperty("Board")!.GetValue(null)!, System.StringComparison.Ordinal);
        Assert.Contains("quoted = 1;", (string)scripts.GetProperty("Scripts_")!.GetValue(null)!, System.StringComparison.Ordinal);
        Assert.Contains("For the board.", generated.Type("Demo.Fleet+Scripts").GetMembers("Board")[0].GetDocumentationCommentXml(), System.StringComparison.Ordinal);
    }

    private static LayoutPlan Compile(string layout)
    {
        Result<BoundLayout> bound = LayoutCompiler.Bind(LayoutCompiler.Parse(new SourceText(TestProject.FullPath("fleet.layout"), layout)), _ => null);
        return LayoutCompiler.Plan(bound.Value!, Samples.Facts).Value!;
    }
}
