using System.Text.RegularExpressions;

namespace Selvedge.Frameworks.Tests.Nuxt;

[Collection<NuxtSite>]
public sealed partial class PageTests(NuxtSite site)
{
    [Fact]
    public async Task Page_SeesUrlHeadersAndCookies_AndSetsItsOwn()
    {
        var answer = await site.GetAsync("/?a=1", ("host", "shop.example.com"), ("x-probe", "shuttle"), ("cookie", "thread=red"));

        Assert.Equal((200, "MISS"), (answer.Status, answer["x-vercel-cache"]));
        Assert.Contains("url:http://shop.example.com/?a=1<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("probe:shuttle<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("thread:red<", answer.Body, StringComparison.Ordinal);
        Assert.Equal("woven=yes; Path=/", answer["set-cookie"]);
    }

    [Theory]
    [InlineData("/items/7?color=red", "item:7<")]
    [InlineData("/items/7?color=red", "color:red<")]
    [InlineData("/items/caf%C3%A9", "item:café<")]
    [InlineData("/isr/warp", "isr:warp<")]
    [InlineData("/swr/warp", "swr:warp<")]
    public async Task Page_OfARouteWithParameters_HasThem(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/items/missing", "error:404:No such item<")]
    [InlineData("/no/such/page", "error:404:")]
    public async Task Page_ThatDoesNotExist_IsTheAppsOwn404(string path, string expected)
    {
        var answer = await site.GetAsync(path, ("accept", "text/html"));

        Assert.Equal(404, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ThatIsRenderedAtBuildTime_IsAFile()
    {
        var answer = await site.GetAsync("/static");

        Assert.Equal((200, "HIT"), (answer.Status, answer["x-vercel-cache"]));
        Assert.Contains("page:static<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ThatTheBrowserRenders_IsAnEmptyShell()
    {
        var answer = await site.GetAsync("/client/warp");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("client:warp", answer.Body, StringComparison.Ordinal);
        Assert.Contains("<div id=\"__nuxt\">", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RouteRules_RedirectAndMark()
    {
        var moved = await site.GetAsync("/moved/7");

        Assert.Equal((308, "/items/7"), (moved.Status, moved["location"]));
        Assert.Equal("yes", (await site.GetAsync("/items/7"))["x-items"]);
    }

    [Fact]
    public async Task Swr_IsKeptByTheCacheInFront()
    {
        var first = await site.GetAsync("/swr/weft");
        var second = await site.GetAsync("/swr/weft");

        Assert.Equal(("MISS", "HIT"), (first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task HashedAsset_IsImmutable()
    {
        var page = await site.GetAsync("/");

        var answer = await site.GetAsync(AssetPath().Match(page.Body).Value);

        Assert.Equal((200, "HIT"), (answer.Status, answer["x-vercel-cache"]));
        Assert.Contains("immutable", answer["cache-control"], StringComparison.Ordinal);
    }

    [GeneratedRegex("/_nuxt/[^\"]+\\.js")]
    private static partial Regex AssetPath();
}
