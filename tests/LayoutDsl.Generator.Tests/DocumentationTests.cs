using System;
using System.Linq;
using LayoutDsl.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LayoutDsl.Generator.Tests;

public sealed class DocumentationTests
{
    [Theory]
    [InlineData("</summary> <evil/> */ \" \\ ' {0} $")]
    [InlineData("#error not code")]
    [InlineData("]]> <!-- --> <![CDATA[ &amp; &#0; &bogus;")]
    [InlineData("\\u000a#error \\u2028 \\n")]
    [InlineData("a\u0085#error next line")]
    [InlineData("a\u2028#error line separator")]
    [InlineData("a\u2029#error paragraph separator")]
    [InlineData("a\u000b#error vertical tab")]
    [InlineData("a\f#error form feed")]
    [InlineData("\uFFFE \u0001 \u007f")]
    [InlineData("\"\"\" raw \"\"\"\" text")]
    public void DocComment_HostileText_StaysAComment(string comment)
    {
        string layout = Samples.Fleet
            .Replace("The demo fleet.", comment, StringComparison.Ordinal)
            .Replace("Compression & more.", comment, StringComparison.Ordinal)
            .Replace("Says hello.", comment, StringComparison.Ordinal);
        GeneratedProject project = TestProject.Of(layout).Generate();
        Assert.Equal(["Fleet"], project.Compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).Where(t => t.ContainingType is null).Select(t => t.Name));
        Assert.DoesNotContain(project.Compilation.SyntaxTrees.Last().GetRoot().DescendantTrivia(descendIntoTrivia: true), t => t.IsKind(SyntaxKind.ErrorDirectiveTrivia));
        Assert.NotNull(project.Load().GetType("Demo.Fleet")!.GetProperty("Plan")!.GetValue(null));
    }

    [Fact]
    public void DocComment_LoneSurrogates_StayAComment()
    {
        string comment = string.Concat("lone ", '\uD800', " and ", '\uDC00');
        TestProject.Of(Samples.Fleet.Replace("Says hello.", comment, StringComparison.Ordinal)).Generate().Load();
    }

    [Fact]
    public void DocComment_SeveralLinesWithCarriageReturns_StaysInOneSummary()
    {
        string layout = Samples.Fleet.Replace("/// Says hello.", "/// First\r\n/// second\r/// third", StringComparison.Ordinal);
        string xml = TestProject.Of(layout).Generate().Type("Demo.Fleet+Images+Hello").GetDocumentationCommentXml()!;
        Assert.Contains("First", xml, StringComparison.Ordinal);
        Assert.Contains("second", xml, StringComparison.Ordinal);
        Assert.Contains("third", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void DocComment_CharactersOutsideTheBasicPlane_AreKept()
    {
        string layout = Samples.Fleet.Replace("Says hello.", "Grüße \U0001F680", StringComparison.Ordinal);
        Assert.Contains("Grüße \U0001F680", TestProject.Of(layout).Generate().Type("Demo.Fleet+Images+Hello").GetDocumentationCommentXml(), StringComparison.Ordinal);
    }
}
