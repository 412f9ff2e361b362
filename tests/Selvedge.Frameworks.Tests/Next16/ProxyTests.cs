namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>The app's <c>proxy.js</c>, which Next once called middleware.</summary>
public sealed class ProxyTests(NextSite site)
{
    [Fact]
    public async Task Rewrite_ServesTheOtherPage()
    {
        var answer = await site.GetAsync("/mw/rewrite");

        Assert.Equal(200, answer.Status);
        Assert.Contains("post:from-proxy<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_IsSent()
    {
        var answer = await site.GetAsync("/mw/redirect");

        Assert.Equal(307, answer.Status);
        Assert.EndsWith("/static", answer["location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_IsTheProxysOwn()
    {
        var answer = await site.GetAsync("/mw/answer");

        Assert.Equal(418, answer.Status);
        Assert.Equal("""{"answeredBy":"proxy"}""", answer.Body);
    }

    [Fact]
    public async Task Next_ChangesWhatThePageSeesAndWhatTheClientGets()
    {
        var answer = await site.GetAsync("/mw/seen");

        Assert.Equal(200, answer.Status);
        Assert.Contains("from-proxy:woven<", answer.Body, StringComparison.Ordinal);
        Assert.Equal("yes", answer["x-proxy-response"]);
        Assert.Contains(answer.All("set-cookie"), cookie => cookie.StartsWith("proxy=set", StringComparison.Ordinal));
        Assert.DoesNotContain(answer.All("x-middleware-next"), _ => true);
    }

    [Fact]
    public async Task Next_WithNothingBehind_Is404() => Assert.Equal(404, (await site.GetAsync("/mw/unknown")).Status);

    [Fact]
    public async Task Proxy_IsNoPage() => Assert.Equal(404, (await site.GetAsync("/_middleware")).Status);

    [Fact]
    public async Task Client_CannotSpeakForTheProxy()
    {
        var answer = await site.GetAsync(
            "/posts/plain",
            ("x-middleware-subrequest", "proxy:proxy:proxy:proxy:proxy"),
            ("x-middleware-rewrite", "/static")
        );

        Assert.Contains("post:plain<", answer.Body, StringComparison.Ordinal);
    }
}
