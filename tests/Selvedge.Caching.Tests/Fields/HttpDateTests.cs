using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Tests.Fields;

public sealed class HttpDateTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sun Nov  6 08:49:37 1994")]
    [InlineData("Xxx, 06 nov 1994 08:49:37 GMT")]
    public void Parse_AKnownForm_GivesTheInstant(string text) =>
        Assert.Equal(new DateTimeOffset(1994, 11, 6, 8, 49, 37, TimeSpan.Zero), HttpDate.Parse(text, Now));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("Thu, 18 Aug 2050 02:01:18 UTC")]
    [InlineData("Thu, 18 Aug 2050 2:01:18 GMT")]
    [InlineData("Thu, 18 Aug 2050 02.01.18 GMT")]
    [InlineData("Thu, 31 Feb 2050 02:01:18 GMT")]
    [InlineData("Thu, 18 ugS 2050 02:01:18 GMT")]
    [InlineData("Thu, 18  Aug  2050 02:01:18 GMT")]
    public void Parse_AnythingElse_GivesNothing(string text) => Assert.Null(HttpDate.Parse(text, Now));

    [Theory]
    [InlineData("76", 2076)]
    [InlineData("77", 1977)]
    public void Parse_ATwoDigitYear_LiesAtMostFiftyYearsAhead(string year, int expected) =>
        Assert.Equal(expected, HttpDate.Parse($"Sunday, 06-Nov-{year} 08:49:37 GMT", Now)!.Value.Year);
}
