using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Binding;

public sealed class ParameterTests
{
    private const string Variants = """
        param configuration = "Release";
        param slots = 4;
        param machine = "x86_64";
        layout Test.Fleet;
        target machine { page 4KiB when configuration == "Release"; page 64KiB when configuration != "Release"; }
        region ram (rwx) { origin 1MiB; length slots * 1MiB; }
        section text (rx) { ".text" }
        library boot { objects "build/{configuration}/boot.o"; }
        library trace { objects "trace.o"; }
        group base = boot;
        group all = base, trace;
        image one { uses base; uses trace when configuration == "Debug" and slots != 4; objects "one.o"; }
        image two { uses all, boot; objects "two.o"; }

        """;

    [Theory]
    [InlineData("", 4096, 4, "boot", "build/Release/boot.o")]
    [InlineData("slots=8", 4096, 8, "boot", "build/Release/boot.o")]
    [InlineData("configuration=Debug", 65536, 4, "boot", "build/Debug/boot.o")]
    [InlineData("configuration=Debug|slots=16KiB", 65536, 16384, "boot trace", "build/Debug/boot.o")]
    [InlineData("?configuration=Debug|?platform=x|slots = 0x10", 65536, 16, "boot trace", "build/Debug/boot.o")]
    [InlineData("?configuration=Debug|configuration=Release", 4096, 4, "boot", "build/Release/boot.o")]
    public void Bind_GivenValues_DecideTheVariant(string given, int page, int slots, string uses, string path)
    {
        BoundLayout layout = Bind(Variants, given);
        Assert.Equal((ulong)page, layout.Target.Page);
        Assert.Equal((ulong)slots << 20, layout.Regions.Single().Length);
        Assert.Equal(uses, string.Join(" ", layout.Images[0].Libraries));
        Assert.Equal(["boot", "trace"], layout.Images[1].Libraries);
        Assert.Equal(path, layout.Libraries[0].Inputs.Single().Pattern);
    }

    [Fact]
    public void Bind_GivenMachine_IsTheTarget() => Assert.Equal("aarch64", Bind(Variants, "machine=aarch64").Target.Architecture.Name);

    [Fact]
    public void Set_OfAParameter_WinsOverItsDefaultOnly()
    {
        Assert.Equal(8UL << 20, Bind(Variants + "set slots = 8;", "").Regions.Single().Length);
        Assert.Equal(2UL << 20, Bind(Variants + "set slots = 8;", "slots=2").Regions.Single().Length);
    }

    [Theory]
    [InlineData("", "deep none")]
    [InlineData("kind=big", "big deep none")]
    [InlineData("kind=big|deep=2", "big deep extra none")]
    public void Include_Conditional_SeesParametersOfOtherFiles(string given, string constants)
    {
        const string root = "include \"extra.layout\" when deep == 2; include \"{kind}.layout\" when kind != \"none\"; include \"defaults.layout\";" + Layouts.FrameAndImage;
        Result<BoundLayout> bound = LayoutCompiler.Bind(
            Layouts.Parse(root),
            path => path switch
            {
                "big.layout" => Layouts.Parse("const big = deep;", path),
                "extra.layout" => Layouts.Parse("const extra = deep;", path),
                "defaults.layout" => Layouts.Parse("param kind = \"none\"; const none = 0; param deep = 1;", path),
                _ => null,
            },
            LayoutParameter.ParseList(given));
        Layouts.AssertNone(bound.Diagnostics);
        Assert.Equal(constants, string.Join(" ", bound.Value!.Constants.Select(c => c.Name).Order(System.StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("param a = 1; param [LAY1002|a|] = 2;")]
    [InlineData("param a = 1; const [LAY1002|a|] = 2;")]
    [InlineData("param [LAY1007|page|] = 1;")]
    [InlineData("param a = [LAY1007|b|];")]
    [InlineData("set [LAY1003|a|] = 1;")]
    [InlineData("param a = 1; set a = [LAY1007|\"x\"|];")]
    [InlineData("param a = 1; set a = 2; set [LAY1002|a|] = 3;")]
    [InlineData("param a = \"x\"; const b = [LAY1007|a|];")]
    [InlineData("include \"x.layout\" when [LAY1003|b|] == 1;")]
    [InlineData("param a = 1; include \"x.layout\" when a == [LAY1007|\"x\"|];")]
    [InlineData("library l { objects \"l.o\"; } image i { uses l when [LAY1003|a|] == 1; objects \"i.o\"; }")]
    [InlineData("group g = [LAY1003|l|]; image i { uses g; objects \"i.o\"; }")]
    [InlineData("library l { objects \"l.o\"; } group [LAY1002|l|] = l; image i { uses l; objects \"i.o\"; }")]
    [InlineData("library l { objects \"l.o\"; } group g = l; group [LAY1002|g|] = l; image i { uses g; objects \"i.o\"; }")]
    [InlineData("group [LAY1062|g|] = g; image i { objects \"i.o\"; }")]
    public void Mistake_InAVariant_IsAtItsPlace(string marked) => Layouts.AssertBinding(marked + Layouts.FrameAndImage);

    private static BoundLayout Bind(string text, string given)
    {
        FileSyntax file = Layouts.Parse(text);
        Result<BoundLayout> bound = LayoutCompiler.Bind(file, _ => null, LayoutParameter.ParseList(given));
        Layouts.AssertNone(bound.Diagnostics.Where(d => d.Id != "LAY1019" && d.Severity == DiagnosticSeverity.Error));
        return bound.Value!;
    }
}
