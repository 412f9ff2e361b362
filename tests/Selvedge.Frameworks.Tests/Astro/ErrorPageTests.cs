namespace Selvedge.Frameworks.Tests.Astro;

[Collection<AstroSite>]
public sealed class ErrorPageTests(AstroSite site)
{
    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/no/such/page")]
    [InlineData("/api/no-such-endpoint")]
    [InlineData("/_astro/no-such-asset.js")]
    public async Task UnknownPath_IsTheAppsOwn404(string path)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(404, answer.Status);
        Assert.Equal("text/html; charset=utf-8", answer["content-type"]);
        Assert.Contains("custom:404<", answer.Body, StringComparison.Ordinal);
    }

    // The function has no such page of its own: it fetches the static one from the server that called it.
    [Theory]
    [InlineData("/posts/unwritten")]
    [InlineData("/items/unlisted")]
    public async Task NotFound_SaidByThePage_IsTheAppsOwn404(string path)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(404, answer.Status);
        Assert.Contains("custom:404<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageThatThrows_IsTheAppsOwn500()
    {
        var answer = await site.GetAsync("/boom");

        Assert.Equal(500, answer.Status);
        Assert.Contains("custom:500<", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("always fails", answer.Body, StringComparison.Ordinal);
    }
}
