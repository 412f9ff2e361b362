using System.Text.RegularExpressions;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.ReactRouter;

[Collection<ReactRouterSite>]
public sealed partial class PageTests(ReactRouterSite site)
{
    [Theory]
    [InlineData("/items/7", "item:7<")]
    [InlineData("/items/7?color=red", "color:red<")]
    [InlineData("/items/caf%C3%A9", "item:café<")]
    [InlineData("/lang/greet", "greet:none<")]
    [InlineData("/lang/nl/greet", "greet:nl<")]
    [InlineData("/files/a/b/c", "files:a|b|c<")]
    public async Task Page_OfARouteWithParameters_HasThem(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal((200, "text/html"), (answer.Status, answer["content-type"]));
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_KnowsTheUrlThatTheClientAskedFor_AndSetsHeaders()
    {
        var answer = await site.GetAsync("/?a=1", ("host", "shop.example.com"));

        Assert.Equal("home", answer["x-page"]);
        Assert.Contains("url:http://shop.example.com/?a=1<", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_root.data", "\"routes/home\"")]
    [InlineData("/items/7.data?color=red", "\"red\"")]
    [InlineData("/lang/nl/greet.data", "")]
    public async Task Data_IsThatOfTheLoaders(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal((200, "text/x-script"), (answer.Status, answer["content-type"]));
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_OfALoader_IsSent()
    {
        var answer = await site.GetAsync("/moved");

        Assert.Equal((307, "/items/7"), (answer.Status, answer["location"]));
    }

    [Theory]
    [InlineData("/items/missing", 404, "error:404:No such item<")]
    [InlineData("/forbidden", 403, "error:403:Not yours<")]
    [InlineData("/boom", 500, "error:500:unknown<")]
    [InlineData("/no/such/page", 404, "error:404:")]
    public async Task Error_IsTheAppsOwnPage(string path, int status, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blue & white", 200, "thread:blue &amp; white<")]
    [InlineData("", 422, "thread:none<")]
    public async Task Form_IsAnsweredByItsAction(string thread, int status, string expected)
    {
        using var form = new FormUrlEncodedContent([new("thread", thread)]);

        var answer = await site.PostAsync("/form", form);

        Assert.Equal(status, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeferredData_FollowsTheShell()
    {
        var (gate, until) = site.Gates.NewGate();
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);
        // Crawlers get the whole page at once; this is a browser.
        await connection.GetAsync(
            $"/deferred?until={until}",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\nConnection: close\r\n"
        );

        var shell = await connection.ReadThroughAsync("early:shell");
        await gate.ArrivalAsync();
        Assert.DoesNotContain("late:", shell + connection.Pending, StringComparison.Ordinal);
        gate.Open();

        Assert.Contains("late:released", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HashedAsset_IsImmutable()
    {
        var page = await site.GetAsync("/");

        var answer = await site.GetAsync(AssetPath().Match(page.Body).Value);

        Assert.Equal((200, "HIT"), (answer.Status, answer["x-vercel-cache"]));
        Assert.Equal("public, max-age=31536000, immutable", answer["cache-control"]);
    }

    [GeneratedRegex("/assets/entry\\.client-[^\"]+\\.js")]
    private static partial Regex AssetPath();
}
