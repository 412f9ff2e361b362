using Selvedge.Server.Admission;

namespace Selvedge.Server.Tests.Admission;

public sealed class ReservedHeadersTests
{
    [Theory]
    [InlineData("x-middleware-subrequest")]
    [InlineData("X-Middleware-Rewrite")]
    [InlineData("x-matched-path")]
    [InlineData("x-now-route-matches")]
    [InlineData("Next-Resume")]
    [InlineData("x-next-resume-state-length")]
    [InlineData("x-vercel-id")]
    [InlineData("x-vercel-ip-country")]
    [InlineData("x-forwarded-host")]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-real-ip")]
    [InlineData("Forwarded")]
    [InlineData("x-invocation-id")]
    [InlineData("x-selvedge-error")]
    public void Contains_PlatformHeader_IsTrue(string name) => Assert.True(ReservedHeaders.Contains(name));

    [Theory]
    [InlineData("x-nextjs-data")]
    [InlineData("next-action")]
    [InlineData("next-router-state-tree")]
    [InlineData("accept")]
    [InlineData("x-custom")]
    [InlineData("from")]
    [InlineData("x-prerender-revalidate")]
    public void Contains_ClientHeader_IsFalse(string name) => Assert.False(ReservedHeaders.Contains(name));
}
