namespace Selvedge.Frameworks.Tests.Next16;

public sealed class RedirectTests(NextSite site)
{
    [Theory]
    [InlineData("/moved", 308, "/static")]
    [InlineData("/moved-for-now", 307, "/static")]
    [InlineData("/moved/thread", 308, "/posts/thread")]
    [InlineData("/moved/caf%C3%A9", 308, "/posts/caf%C3%A9")]
    [InlineData("/moved/all/a/b", 307, "/files/a/b")]
    [InlineData("/numbered/7", 307, "/posts/number-7")]
    [InlineData("/moved-with-query", 307, "/dynamic?from=redirect")]
    [InlineData("/moved-away", 307, "https://example.com/elsewhere")]
    public async Task Redirect_LeadsToItsDestination(string path, int status, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Equal(location, answer["location"]);
    }

    [Fact]
    public async Task Redirect_TakesTheQueryAlong()
    {
        var answer = await site.GetAsync("/moved?a=1&b=2");

        Assert.Equal("/static?a=1&b=2", answer["location"]);
    }

    [Fact]
    public async Task Redirect_MergesTheQueryWithItsOwn()
    {
        var answer = await site.GetAsync("/moved-with-query?a=1");

        var location = answer["location"]!;
        Assert.StartsWith("/dynamic?", location, StringComparison.Ordinal);
        Assert.Equal(["a=1", "from=redirect"], location["/dynamic?".Length..].Split('&').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Redirect_WhoseParameterDoesNotMatch_IsNotTaken() =>
        Assert.Equal(404, (await site.GetAsync("/numbered/seven")).Status);

    [Theory]
    [InlineData("/static/", "/static")]
    [InlineData("/docs/a/b/", "/docs/a/b")]
    [InlineData("/posts/hello/?a=1", "/posts/hello?a=1")]
    public async Task TrailingSlash_IsTakenOff(string path, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(308, answer.Status);
        Assert.Equal(location, answer["location"]);
    }

    [Fact]
    public async Task Missing_Cookie_RedirectsOnlyWithoutIt()
    {
        var without = await site.GetAsync("/members");
        var with = await site.GetAsync("/members", ("cookie", "session=1"));

        Assert.Equal("/static?sign-in=1", without["location"]);
        Assert.Equal(404, with.Status);
    }

    [Fact]
    public async Task Has_Header_CapturesFromItsValue()
    {
        var with = await site.GetAsync("/by-header", ("x-team", "loom-team"));
        var other = await site.GetAsync("/by-header", ("x-team", "loom"));

        Assert.Equal("/posts/loom", with["location"]);
        Assert.Equal(404, other.Status);
    }

    [Fact]
    public async Task Has_Host_RedirectsOnlyThatHost()
    {
        var with = await site.GetAsync("/by-host", ("host", "old.example.com"));
        var without = await site.GetAsync("/by-host");

        Assert.Equal("/static", with["location"]);
        Assert.Equal(404, without.Status);
    }
}
