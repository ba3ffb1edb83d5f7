using System.Linq;
using System.Text.RegularExpressions;
using CsCheck;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Text;

public sealed class GlobTests
{
    [Theory]
    [InlineData(".text", ".text", true)]
    [InlineData(".text", ".text.x", false)]
    [InlineData(".text.*", ".text", false)]
    [InlineData(".text.*", ".text.", true)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("?", "", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("*.o", "a.b.o", true)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("A", "a", false)]
    public void IsMatch_PatternAndText_MatchesTheWhole(string pattern, string text, bool expected) => Assert.Equal(expected, Glob.IsMatch(pattern, text));

    [Fact]
    public void IsMatch_AnyPattern_AgreesWithARegularExpression()
    {
        Gen<(string, string)> cases = Gen.Select(Gen.String[Gen.OneOf('a', 'b', '*', '?'), 0, 8], Gen.String[Gen.OneOf('a', 'b'), 0, 10]);
        Property.Holds(cases, 3000, c =>
        {
            (string pattern, string text) = c;
            string regex = "^" + string.Concat(pattern.Select(p => p switch { '*' => ".*", '?' => ".", _ => Regex.Escape(p.ToString()) })) + "$";
            Assert.Equal(Regex.IsMatch(text, regex), Glob.IsMatch(pattern, text));
        });
    }

    [Fact]
    public void IsMatch_ManyStarsAgainstALongText_TakesNoExponentialTime() =>
        Assert.False(Glob.IsMatch(string.Concat(Enumerable.Repeat("*a", 200)) + "b", new string('a', 20_000)));
}
