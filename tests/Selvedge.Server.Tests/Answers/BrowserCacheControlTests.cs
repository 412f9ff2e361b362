using Selvedge.Server.Answers;

namespace Selvedge.Server.Tests.Answers;

public sealed class BrowserCacheControlTests
{
    [Theory]
    [InlineData(null, "public, max-age=0, must-revalidate")]
    [InlineData("", "public, max-age=0, must-revalidate")]
    [InlineData("s-maxage=60, stale-while-revalidate=30", "public, max-age=0, must-revalidate")]
    [InlineData("public, s-maxage=60", "public, max-age=0, must-revalidate")]
    [InlineData("max-age=5, s-maxage=60", "max-age=5")]
    [InlineData("max-age=5, S-MaxAge=60, stale-if-error=9, immutable", "max-age=5, immutable")]
    [InlineData("private, no-store", "private, no-store")]
    [InlineData("max-age=31536000,immutable", "max-age=31536000,immutable")]
    public void From_OriginField_LosesWhatTheEdgeConsumes(string? origin, string expected) =>
        Assert.Equal(expected, BrowserCacheControl.From(origin));
}
