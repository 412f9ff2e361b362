namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>Pages that the build rendered, each on a server that has answered nothing yet.</summary>
public sealed class BuiltPageTests : IAsyncLifetime
{
    private static readonly (string, string) AsPayload = ("rsc", "1");
    private static readonly (string, string) AsData = ("x-nextjs-data", "1");

    private readonly Next14ClockedSite _site = new();

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("/isr")]
    [InlineData("/isr/built")]
    [InlineData("/closed/listed")]
    [InlineData("/tagged/built")]
    [InlineData("/p/isr")]
    [InlineData("/p/closed/listed")]
    [InlineData("/p/shell/built")]
    public async Task Page_IsPrerender_ThenHit_ThenStale_ThenAnew(string path)
    {
        var first = await _site.GetAsync(path);
        var second = await _site.GetAsync(path);
        _site.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await _site.GetAsync(path);
        await _site.QuietAsync();
        var fourth = await _site.GetAsync(path);

        Assert.Equal(
            ("PRERENDER", "HIT", "STALE", "HIT"),
            (first["x-vercel-cache"], second["x-vercel-cache"], third["x-vercel-cache"], fourth["x-vercel-cache"])
        );
        Assert.Equal((Render.Of(first), Render.Of(first)), (Render.Of(second), Render.Of(third)));
        Assert.NotEqual(Render.Of(first), Render.Of(fourth));
    }

    [Fact]
    public async Task Payload_IsRenewedWithItsPage()
    {
        var before = await _site.GetAsync("/isr/built", AsPayload);
        _site.Clock.Advance(TimeSpan.FromMinutes(1));
        await _site.GetAsync("/isr/built");
        await _site.QuietAsync();

        var page = await _site.GetAsync("/isr/built");
        var after = await _site.GetAsync("/isr/built", AsPayload);

        Assert.Equal(("HIT", "HIT"), (page["x-vercel-cache"], after["x-vercel-cache"]));
        Assert.Equal("text/x-component", after["content-type"]);
        Assert.NotEqual(Render.Of(before), Render.Of(after));
    }

    [Fact]
    public async Task Data_IsRenewedWithItsPage()
    {
        var before = await _site.GetAsync("/_next/data/woven/p/isr.json", AsData);
        _site.Clock.Advance(TimeSpan.FromMinutes(1));
        await _site.GetAsync("/p/isr");
        await _site.QuietAsync();

        var after = await _site.GetAsync("/_next/data/woven/p/isr.json", AsData);

        Assert.Equal(("PRERENDER", "HIT"), (before["x-vercel-cache"], after["x-vercel-cache"]));
        Assert.StartsWith("application/json", after["content-type"], StringComparison.Ordinal);
        Assert.NotEqual(Render.Of(before), Render.Of(after));
    }

    [Fact]
    public async Task Shell_StandsInForAPage_UntilItIsRendered()
    {
        var first = await _site.GetAsync("/p/shell/later");
        await _site.QuietAsync();
        var second = await _site.GetAsync("/p/shell/later");

        Assert.Equal((200, "PRERENDER"), (first.Status, first["x-vercel-cache"]));
        Assert.Contains("shell:empty<", first.Body, StringComparison.Ordinal);
        Assert.Equal((200, "HIT"), (second.Status, second["x-vercel-cache"]));
        Assert.Contains("shell:later<", second.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DraftMode_IsForItsVisitorAlone()
    {
        var draft = (await _site.GetAsync("/api/draft"))["set-cookie"]!.Split(';')[0];

        var first = await _site.GetAsync("/draft", ("cookie", draft));
        var second = await _site.GetAsync("/draft", ("cookie", draft));
        var other = await _site.GetAsync("/draft");

        Assert.Equal(("MISS", "MISS"), (first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.Contains("draft:true<", first.Body, StringComparison.Ordinal);
        Assert.NotEqual(Render.Of(first), Render.Of(second));
        Assert.Equal("PRERENDER", other["x-vercel-cache"]);
        Assert.Contains("draft:false<", other.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_IsForItsVisitorAlone()
    {
        var preview = string.Join(
            "; ",
            (await _site.GetAsync("/api/p/preview")).All("set-cookie").Select(cookie => cookie.Split(';')[0])
        );

        var answer = await _site.GetAsync("/p/isr", ("cookie", preview));
        var other = await _site.GetAsync("/p/isr");

        Assert.Equal("MISS", answer["x-vercel-cache"]);
        Assert.Contains("preview:true<", answer.Body, StringComparison.Ordinal);
        Assert.Equal("PRERENDER", other["x-vercel-cache"]);
        Assert.Contains("preview:false<", other.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_IsAnsweredFromWhatWasBuilt_WithoutItsTags()
    {
        var answer = await _site.GetAsync("/tagged/built");

        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
        Assert.Null(answer["x-next-cache-tags"]);
    }
}
