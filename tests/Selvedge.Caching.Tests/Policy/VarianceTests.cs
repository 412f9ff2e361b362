using Selvedge.Caching.Policy;

namespace Selvedge.Caching.Tests.Policy;

public sealed class VarianceTests
{
    [Theory]
    [InlineData("1", "1", true)]
    [InlineData("1", "2", false)]
    [InlineData("1,2", " 1, 2 ", true)]
    [InlineData("a \"b, c\"", "a \"b,c\"", false)]
    public void Matches_AnUnknownField_IgnoresOnlySpaceBetweenMembers(string stored, string presented, bool expected)
    {
        var variance = Variance.Of("Foo", new RequestFields(("foo", stored)));

        Assert.Equal(expected, variance.Matches(new RequestFields(("foo", presented))));
    }

    [Theory]
    [InlineData(null, "1")]
    [InlineData("1", null)]
    public void Matches_AFieldOnlyOneRequestHas_IsAnotherVariant(string? stored, string? presented)
    {
        var variance = Variance.Of("foo", Of(stored));

        Assert.False(variance.Matches(Of(presented)));

        static RequestFields Of(string? value) => value is null ? new() : new(("foo", value));
    }

    [Fact]
    public void Matches_AFieldSentInTwoLines_JoinsThem()
    {
        var variance = Variance.Of("foo", new RequestFields(("foo", "1, 2")));

        Assert.True(variance.Matches(new RequestFields(("foo", "1"), ("foo", "2"))));
    }

    [Fact]
    public void Matches_LongValues_ComparesThemWhole()
    {
        var value = new string('x', 10_000);
        var variance = Variance.Of("foo", new RequestFields(("foo", value)));

        Assert.True(variance.Matches(new RequestFields(("foo", value))));
        Assert.False(variance.Matches(new RequestFields(("foo", value + "y"))));
        Assert.True(variance.Length < 100);
    }

    [Fact]
    public void KeyOf_ValuesThatLookLikeSeparators_StayApart()
    {
        var variance = Variance.Of("a, b", new RequestFields());

        Assert.NotEqual(
            variance.KeyOf(new RequestFields(("a", "1\nb=1:2"))),
            variance.KeyOf(new RequestFields(("a", "1"), ("b", "2")))
        );
    }

    [Theory]
    [InlineData("fr;q=0.5, de;q=1.0", true)]
    [InlineData("DE, en;q=0.9", true)]
    [InlineData("de, en", false)]
    [InlineData("en, de;q=0.9", false)]
    [InlineData("*", false)]
    public void Matches_ALanguageWantedMost_TakesTheResponseInIt(string wanted, bool expected)
    {
        var variance = Variance.Of("accept-language", new RequestFields(("accept-language", "en;q=0.1, de")), "de");

        Assert.Equal(expected, variance.Matches(new RequestFields(("accept-language", wanted))));
    }
}
