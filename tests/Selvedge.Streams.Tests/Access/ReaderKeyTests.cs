using Selvedge.Streams.Access;

namespace Selvedge.Streams.Tests.Access;

public sealed class ReaderKeyTests
{
    private static readonly byte[] Secret = [1, 2, 3];

    [Fact]
    public void Of_SameStream_IsTheSameKey() => Assert.Equal(ReaderKey.Of(Secret, 7, 0), ReaderKey.Of(Secret, 7, 0));

    [Fact]
    public void Of_AnythingElse_IsAnotherKey()
    {
        string[] keys =
        [
            ReaderKey.Of(Secret, 7, 0),
            ReaderKey.Of(Secret, 8, 0),
            ReaderKey.Of(Secret, 7, 1),
            ReaderKey.Of([1], 7, 0),
        ];

        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Of_Form_IsPrefixAndHexadecimal() => Assert.Matches("^rk_[0-9a-f]{32}$", ReaderKey.Of(Secret, 7, 0));

    [Theory]
    [InlineData("")]
    [InlineData("rk_")]
    [InlineData("ü")]
    public void Matches_AnythingElse_IsFalse(string presented) =>
        Assert.False(ReaderKey.Matches(presented, ReaderKey.Of(Secret, 7, 0)));
}
