namespace Selvedge.Frameworks.Tests.AstroEdge;

/// <summary>Endpoints in the function, each reached through the middleware.</summary>
[Collection<AstroEdgeSite>]
public sealed class EndpointTests(AstroEdgeSite site) : HandlerContract(site, "/api", "astro")
{
    private readonly AstroEdgeSite _site = site;

    // The framework's edge middleware fetches with neither the method nor the body that it was asked with.
    [Fact]
    public override async Task Post_SeesTheBody()
    {
        using var body = new StringContent("shuttle");

        var answer = await _site.PostAsync("/api/echo", body);

        Assert.Equal(200, answer.Status);
        Assert.Contains("\"method\":\"GET\"", answer.Body, StringComparison.Ordinal);
    }

    // The framework takes what is encoded twice for an attack.
    [Fact]
    public override async Task Parameter_IsDecodedOnce() =>
        Assert.Equal(404, (await _site.GetAsync("/api/items/warp%20%26%20%2541")).Status);
}
