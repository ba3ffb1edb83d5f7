using System.Collections.Generic;
using System.Linq;
using CsCheck;
using LayoutDsl.Emit;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Emit;

/// <summary>No text of a user gets out of the place that a script, a response file or C# has for it.</summary>
public sealed class HostileNameTests
{
    private const string Plain = "plain.o";

    private static readonly LayoutPlan PlainPlan = Layouts.Plan("image app { objects \"plain.o\"; }" + Layouts.Frame, new Measured().Object(Plain, Code(8))).Value!;

    private static readonly Gen<string> Paths = Gen.String[
        Gen.OneOf(Gen.Char['a', 'c'], Gen.OneOf(' ', '\t', '"', '\'', '\\', '\n', ';', '{', '}', '(', ')', '*', '?', '[', ':', '/', '$', '#', '=', ',', '>', '-', '@', '%', '\u007f', '\u2028', 'é')), 1, 12];

    [Fact]
    public void IsValidPath_AnyAcceptedPath_IsOneTokenOfTheScript()
    {
        IReadOnlyList<string> expected = ScriptTokens.OfScript(Script(Plain));
        int accepted = 0;
        Property.Holds(Paths, 2000, path =>
        {
            if (!ScriptNames.IsValidPath(path)) return;
            accepted++;
            Assert.Equal(expected, ScriptTokens.OfScript(Script(path)).Select(t => t == "\"" + path ? "\"" + Plain : t));
        });
        Assert.InRange(accepted, 200, 1800);
    }

    [Fact]
    public void ResponseFile_AnyAcceptedPath_IsOneArgument() => Property.Holds(Paths, 1000, path =>
    {
        if (!ScriptNames.IsValidPath(path)) return;
        LayoutPlan plan = Plan(path);
        Assert.Equal(LinkCommandEmitter.GetArguments(plan, plan.Images[0]), ScriptTokens.OfResponseFile(LayoutCompiler.EmitResponseFile(plan, plan.Images[0])));
        Assert.False(path[0] is '-' or '@');
    });

    [Theory]
    [InlineData("SECTIONS")]
    [InlineData("ORIGIN")]
    [InlineData("ASSERT")]
    [InlineData("o")]
    [InlineData("l")]
    [InlineData("len")]
    [InlineData("org")]
    public void Script_NameThatIsAWordOfTheLinker_StandsInQuotes(string word)
    {
        Assert.Equal(ScriptOf("harmless"), ScriptOf(word).Select(t => t == "\"" + word ? "harmless" : t));

        static IReadOnlyList<string> ScriptOf(string name)
        {
            LayoutPlan plan = Layouts.PlanClean(
                $"layout A; target x86_64 {{ entry {name}; }} region {name} (rwx) {{ origin 0; length 1MiB; }} section text (rx) {{ \".text\" }} symbol {name} = 1;"
                + $"section t (r) {{ table \"{name}\" bounds s e reserve 8 }} image i {{ objects \"i.o\"; }}",
                new Measured().Object("i.o", Code(1)));
            return ScriptTokens.OfScript(LayoutCompiler.EmitLinkerScript(plan, plan.Images[0]));
        }
    }

    [Fact]
    public void Script_OfAnyFleet_TokenisesWithBalancedBrackets() => Property.Holds(RandomFleet.Any, 60, fleet =>
    {
        LayoutPlan plan = Layouts.Plan(fleet.Text, fleet.Facts).Value!;
        foreach (ImagePlan image in plan.Images)
        {
            var open = new Stack<string>();
            foreach (string token in ScriptTokens.OfScript(LayoutCompiler.EmitLinkerScript(plan, image)))
            {
                if (token is "{" or "(") open.Push(token);
                if (token is "}" or ")") Assert.Equal(token == "}" ? "{" : "(", open.Pop());
            }

            Assert.Empty(open);
        }
    });

    [Fact]
    public void Script_OfAnyFleet_NamesEachSlotOnceAtItsAddress() => Property.Holds(RandomFleet.Any, 60, fleet =>
    {
        LayoutPlan plan = Layouts.Plan(fleet.Text, fleet.Facts).Value!;
        foreach (ImagePlan image in plan.Images)
        {
            IReadOnlyList<string> tokens = ScriptTokens.OfScript(LayoutCompiler.EmitLinkerScript(plan, image));
            foreach (SlotPlan slot in plan.GetSlots(image).Where(s => s.Size > 0))
            {
                string address = System.FormattableString.Invariant($"0x{slot.Address:x}");
                Assert.Single(Enumerable.Range(0, tokens.Count - 2), i => tokens[i] == slot.OutputSection && tokens[i + 1] == address && tokens[i + 2] == ":");
            }
        }
    });

    [Theory]
    [InlineData("</summary> public int X;")]
    [InlineData("*/ } class X {")]
    [InlineData("\u2028public int X;")]
    [InlineData("\u0085public int X;")]
    [InlineData("]]> & <script>")]
    public void CSharp_DocumentationWithCode_StaysInItsComment(string documentation)
    {
        BoundLayout layout = Layouts.BindClean(Layouts.FrameAndImage);
        LayoutPlan plan = Layouts.Plan(Layouts.FrameAndImage, null).Value!;
        string[] plain = CodeLines(LayoutCompiler.EmitCSharp(plan, layout with { Documentation = "x" }));
        Assert.Equal(plain, CodeLines(LayoutCompiler.EmitCSharp(plan, layout with { Documentation = documentation })));
    }

    private static string[] CodeLines(string code) =>
        code.Split(['\n', '\r', '\u0085', '\u2028', '\u2029']).Where(l => !l.TrimStart().StartsWith("///", System.StringComparison.Ordinal)).ToArray();

    private static string Script(string path)
    {
        LayoutPlan plan = Plan(path);
        return LayoutCompiler.EmitLinkerScript(plan, plan.Images[0]);
    }

    /// <summary>A plan with a file of that name, around the checks of planning: what they accept is tested here.</summary>
    private static LayoutPlan Plan(string path)
    {
        ImagePlan image = PlainPlan.Images[0];
        SlotPlan[] slots = image.Slots.Select(s => s with { Inputs = s.Inputs.Select(i => i with { Path = path }).ToEquatableArray() }).ToArray();
        return PlainPlan with { Images = EquatableArray.Of(image with { Files = EquatableArray.Of(new InputFilePlan(path, false)), Slots = slots.ToEquatableArray() }) };
    }
}
