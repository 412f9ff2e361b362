using System.Text.RegularExpressions;

namespace Selvedge.Frameworks.Tests.Nitro;

/// <summary>What <c>routeRules</c> makes of paths.</summary>
[Collection<NitroSite>]
public sealed partial class RouteRuleTests(NitroSite site)
{
    [Theory]
    [InlineData("/moved/7", 308, "/api/items/7")]
    [InlineData("/moved/a/b", 308, "/api/items/a/b")]
    [InlineData("/moved-for-now", 307, "/api/echo")]
    public async Task Redirect_IsSent(string path, int status, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal((status, location), (answer.Status, answer["location"]));
    }

    [Fact]
    public async Task Headers_AreSent()
    {
        var answer = await site.GetAsync("/api/items/7");

        Assert.Equal("yes", answer["x-items"]);
        Assert.Equal("*", answer["access-control-allow-origin"]);
    }

    [Theory]
    [InlineData("/isr/warp", "path:/isr/warp\n")]
    [InlineData("/isr/warp/and/weft", "path:/isr/warp/and/weft\n")]
    [InlineData("/forever/warp", "path:/forever/warp\n")]
    [InlineData("/isr-query/warp?color=red", "path:/isr-query/warp\ncolor:red\n")]
    public async Task Isr_RendersThePageOfItsPath(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Isr_Client_CannotSayWhichPageItIs()
    {
        var answer = await site.GetAsync(
            "/isr/warp?__isr_route=/isr/other",
            ("x-now-route-matches", "__isr_route=%2Fisr%2Fother")
        );

        Assert.StartsWith("path:/isr/warp\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swr_IsKeptByTheCacheInFront()
    {
        var first = await site.GetAsync("/swr/warp");
        var second = await site.GetAsync("/swr/warp");

        Assert.Equal(("MISS", "HIT"), (first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.Equal(Render().Match(first.Body).Value, Render().Match(second.Body).Value);
    }

    [GeneratedRegex("render:[0-9a-f-]{36}")]
    private static partial Regex Render();
}
