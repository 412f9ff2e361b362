using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Tests.Fields;

public sealed class StructuredDictionaryTests
{
    [Fact]
    public void TryParse_EveryKindOfValue_IsRead()
    {
        Assert.True(
            StructuredDictionary.TryParse("a, b=?0, c=-12;p=1, d=\"x\\\"y\", e=(1 t;q \"s\"), f=1.5, g=:aGk=:", out var members)
        );

        Assert.Equal(7, members.Count);
        Assert.True(members["a"].Boolean);
        Assert.False(members["b"].Boolean);
        Assert.Equal(-12, members["c"].Integer);
        Assert.Equal("x\"y", members["d"].Text);
        Assert.Equal(StructuredKind.Other, members["e"].Kind);
    }

    [Fact]
    public void TryParse_AMemberSaidTwice_TakesTheLast()
    {
        Assert.True(StructuredDictionary.TryParse("a=1, a=2", out var members));

        Assert.Equal(2, members["a"].Integer);
    }

    [Theory]
    [InlineData("a,")]
    [InlineData(",a")]
    [InlineData("a,,b")]
    [InlineData("A=1")]
    [InlineData("a =1")]
    [InlineData("a= 1")]
    [InlineData("a=1000000000000000")]
    [InlineData("a=1.2345")]
    [InlineData("a=\"x")]
    [InlineData("a=\"\\x\"")]
    [InlineData("a=?2")]
    [InlineData("a=(1")]
    [InlineData("a=:x")]
    [InlineData("a b")]
    [InlineData("&&&&&")]
    [InlineData("a=")]
    public void TryParse_AnythingMalformed_IsRefusedWhole(string field) =>
        Assert.False(StructuredDictionary.TryParse(field, out _));
}
