namespace Selvedge.Frameworks.Tests.Next16;

public sealed class ErrorPageTests(NextSite site)
{
    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/no/such/page")]
    public async Task UnknownPath_IsTheAppsOwn404(string path)
    {
        var answer = await site.GetAsync(path, ("accept", "text/html"));

        Assert.Equal(404, answer.Status);
        Assert.StartsWith("text/html", answer["content-type"], StringComparison.Ordinal);
        Assert.Contains("custom:not-found", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotFound_ThrownByAPage_Is404()
    {
        var answer = await site.GetAsync("/missing");

        Assert.Equal(404, answer.Status);
        Assert.Contains("custom:not-found", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageThatThrows_Is500()
    {
        var answer = await site.GetAsync("/boom");

        Assert.Equal(500, answer.Status);
        Assert.Contains("__next_error__", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageOfThePagesRouterThatThrows_IsTheAppsOwn500()
    {
        var answer = await site.GetAsync("/legacy/boom");

        Assert.Equal(500, answer.Status);
        Assert.Contains("custom:500", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorPages_AreNotPagesOfTheirOwn()
    {
        Assert.Equal(404, (await site.GetAsync("/404")).Status);
        Assert.Equal(500, (await site.GetAsync("/500")).Status);
    }
}
