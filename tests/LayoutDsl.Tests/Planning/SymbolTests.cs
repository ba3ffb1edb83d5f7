using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Tests.Support.Measured;

namespace LayoutDsl.Tests.Planning;

public sealed class SymbolTests
{
    private static readonly FactsFile Facts = new Measured().Object("a.o", Code(100)).Object("app.o", Code(0x1234), Data(1));

    [Theory]
    [InlineData("addressof(a.text)", 0x100000)]
    [InlineData("sizeof(a.text)", 100)]
    [InlineData("endof(a.text)", 0x100000 + 200)]
    [InlineData("sizeof(a.data)", 0)]
    [InlineData("endof(libraries)", 0x101000)]
    [InlineData("addressof(app.text)", 0x101000)]
    [InlineData("endof(images)", 0x103001)]
    [InlineData("align(endof(images), page)", 0x104000)]
    [InlineData("endof(ram) - origin(ram)", 63 << 20)]
    [InlineData("length(ram)", 63 << 20)]
    [InlineData("min(endof(images), max(2, k)) + (k << 1)", 15)]
    public void Symbol_Expression_HasItsValue(string expression, ulong expected)
    {
        LayoutPlan plan = Layouts.Plan($"const k = 5; symbol x = {expression};" + Fleet, Facts).Value!;
        Assert.Equal(new SymbolPlan("x", expected), plan.Symbols.Single());
    }

    [Theory]
    [InlineData("1 - sizeof(a.text)", "1 - 100 is below zero")]
    [InlineData("sizeof(a.text) / sizeof(a.data)", "division by zero")]
    [InlineData("align(1, sizeof(a.text))", "100 is not a power of two")]
    public void Symbol_OutOfRange_IsAMistakeAtItsName(string expression, string message)
    {
        var text = new MarkedText($"symbol [LAY1009|x|] = {expression};");
        LayoutDsl.Diagnostics.Diagnostic diagnostic = Layouts.Plan(text.Text + Fleet, Facts).Diagnostics.Single(d => d.Severity == LayoutDsl.Diagnostics.DiagnosticSeverity.Error);
        Assert.Equal(("x", message), (text.Text.Substring(diagnostic.Location.Span.Start, diagnostic.Location.Span.Length), diagnostic.Message));
    }

    private const string Fleet = "library a { objects \"a.o\"; headroom 100%; } image app { uses a; objects \"app.o\"; }" + Layouts.Frame;
}
