namespace Selvedge.Frameworks.Tests.Astro;

[Collection<AstroSite>]
public sealed class EndpointTests(AstroSite site) : EndpointContract(site)
{
    private readonly AstroSite _site = site;

    [Fact]
    public async Task SeveralCookies_AreSeveralHeaders()
    {
        var answer = await _site.GetAsync("/api/cookies", ("cookie", "thread=red"));

        Assert.Equal(204, answer.Status);
        Assert.Equal(["one=1", "two=red"], answer.All("set-cookie"));
    }

    [Fact]
    public async Task StaticEndpoint_IsAFile()
    {
        var answer = await _site.GetAsync("/list.json");

        Assert.Equal("""{"threads":["warp","weft"]}""", answer.Body);
        Assert.StartsWith("application/json", answer["content-type"], StringComparison.Ordinal);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
    }
}
