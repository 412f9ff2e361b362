using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;

namespace Selvedge.Caching.Tests.Policy;

public sealed class HttpPolicyReuseTests
{
    private static readonly Freshness OneMinute = new()
    {
        Lifetime = TimeSpan.FromSeconds(60),
        StaleWhileRevalidate = TimeSpan.FromSeconds(30),
        StaleIfError = TimeSpan.FromSeconds(90),
    };

    [Theory]
    [InlineData(0, "", Reuse.Fresh)]
    [InlineData(59, "", Reuse.Fresh)]
    [InlineData(60, "", Reuse.StaleWhileRevalidate)]
    [InlineData(89, "", Reuse.StaleWhileRevalidate)]
    [InlineData(90, "", Reuse.Validate)]
    [InlineData(0, "no-cache", Reuse.Validate)]
    [InlineData(1, "max-age=0", Reuse.Validate)]
    [InlineData(10, "max-age=10", Reuse.Fresh)]
    [InlineData(11, "max-age=10", Reuse.Validate)]
    [InlineData(30, "min-fresh=30", Reuse.Fresh)]
    [InlineData(31, "min-fresh=30", Reuse.Validate)]
    [InlineData(65, "min-fresh=1", Reuse.Validate)]
    [InlineData(100, "max-stale=40", Reuse.StaleAllowed)]
    [InlineData(101, "max-stale=40", Reuse.Validate)]
    [InlineData(9999, "max-stale", Reuse.StaleAllowed)]
    public void Judge_AStoredResponse_DependsOnItsAgeAndTheRequest(int age, string directives, Reuse expected) =>
        Assert.Equal(expected, HttpPolicy.Judge(OneMinute, TimeSpan.FromSeconds(age), CacheControlField.Parse(directives)));

    [Fact]
    public void Judge_MaxStaleOnWhatMustNotBeStale_Validates() =>
        Assert.Equal(
            Reuse.Validate,
            HttpPolicy.Judge(
                new Freshness { Lifetime = TimeSpan.FromSeconds(60), MayBeStale = false },
                TimeSpan.FromSeconds(61),
                CacheControlField.Parse("max-stale")
            )
        );

    [Theory]
    [InlineData(149, true, true)]
    [InlineData(150, true, false)]
    public void StandsInForError_AfterStaleIfError_EndsThere(int age, bool answered, bool expected) =>
        Assert.Equal(expected, HttpPolicy.StandsInForError(OneMinute, TimeSpan.FromSeconds(age), answered));

    [Fact]
    public void StandsInForError_ByDefault_OnlyWhenTheOriginIsUnreachable()
    {
        var freshness = new Freshness { StaleIfUnreachable = TimeSpan.FromHours(1) };

        Assert.True(HttpPolicy.StandsInForError(freshness, TimeSpan.FromMinutes(59), answered: false));
        Assert.False(HttpPolicy.StandsInForError(freshness, TimeSpan.FromMinutes(59), answered: true));
    }
}
