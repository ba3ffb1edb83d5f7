using System.Linq;
using Sprache;

namespace LayoutDsl.Tests.Parsing;

/// <summary>
/// What the grammar relies on, or works around, in Sprache. A new version that changes one of these fails here first, with the name of what changed.
/// </summary>
public sealed class SpracheContractTests
{
    private static readonly Parser<string> A = Parse.String("a").Text();
    private static readonly Parser<string> Statement = from a in A from end in Parse.Char(';') select a;

    [Fact]
    public void Ref_FailedParserTriedAgainAtTheSameInput_ThrowsFromTryParse()
    {
        Parser<string> reference = Parse.Ref(() => A);
        Parser<string> grammar = reference.Or(reference);
        Assert.Throws<ParseException>(() => grammar.TryParse("b"));
    }

    [Fact]
    public void FunctionAsParser_FailedAndTriedAgain_IsAFailure()
    {
        Parser<string> deferred = input => A(input);
        Assert.False(deferred.Or(deferred).TryParse("b").WasSuccessful);
    }

    [Fact]
    public void Many_BrokenItem_FailsAtItsStart() => Assert.Equal(2, Statement.Many().End().TryParse("a;a").Remainder.Position);

    [Fact]
    public void XMany_BrokenItem_FailsWhereItIsBroken()
    {
        IResult<string> result = Statement.XMany().Select(s => string.Concat(s)).End().TryParse("a;a");
        Assert.False(result.WasSuccessful);
        Assert.Equal(3, result.Remainder.Position);
        Assert.Contains(";", result.Expectations.Single());
    }

    [Fact]
    public void XMany_ItemThatConsumesNothing_EndsTheList() => Assert.Equal(["a", "a"], Statement.XMany().Parse("a;a;b"));

    [Fact]
    public void XDelimitedBy_NothingBehindTheComma_FailsThere()
    {
        IResult<string> result = A.XDelimitedBy(Parse.Char(',')).Select(s => string.Concat(s)).TryParse("a,;");
        Assert.False(result.WasSuccessful);
        Assert.Equal(2, result.Remainder.Position);
    }

    [Fact]
    public void XOr_FirstConsumedInput_DoesNotTryTheSecond()
    {
        IResult<string> result = Statement.XOr(Parse.String("ab").Text()).TryParse("ab");
        Assert.False(result.WasSuccessful);
        Assert.Equal(1, result.Remainder.Position);
    }

    [Fact]
    public void XOr_NothingConsumed_MergesTheExpectations() =>
        Assert.Equal(2, Parse.Char('a').Named("an a").XOr(Parse.Char('b').Named("a b")).TryParse("c").Expectations.Count());

    [Fact]
    public void XOptional_ConsumedInput_Fails()
    {
        Assert.False(Statement.XOptional().TryParse("ab").WasSuccessful);
        Assert.True(Statement.XOptional().TryParse("b").Value.IsEmpty);
    }

    [Fact]
    public void Named_InputWasConsumed_KeepsTheInnerExpectation()
    {
        Assert.Equal("a statement", Statement.Named("a statement").TryParse("b").Expectations.Single());
        Assert.DoesNotContain("a statement", Statement.Named("a statement").TryParse("ab").Expectations);
    }

    [Theory]
    [InlineData('٣')]
    [InlineData('３')]
    public void Digit_DigitOfAnotherScript_IsAccepted(char digit) => Assert.True(Parse.Digit.TryParse(digit.ToString()).WasSuccessful);

    [Fact]
    public void Letter_LetterOfAnotherScript_IsAccepted() => Assert.True(Parse.Letter.TryParse("я").WasSuccessful);

    [Fact]
    public void Select_Failure_KeepsRemainderAndExpectations()
    {
        IResult<int> result = Statement.Select(s => s.Length).TryParse("ab");
        Assert.Equal((1, 1), (result.Remainder.Position, result.Expectations.Count()));
    }

    [Fact]
    public void SelectMany_SecondFails_FailsAtTheSecond() => Assert.Equal(1, (from a in A from b in A select a + b).TryParse("ab").Remainder.Position);
}
