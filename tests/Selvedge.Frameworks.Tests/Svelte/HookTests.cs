namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>The app's <c>hooks.server.js</c>.</summary>
[Collection<SvelteSite>]
public sealed class HookTests(SvelteSite site)
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/items/7", "/items/[id=number]")]
    [InlineData("/api/echo", "/api/echo")]
    [InlineData("/no-such-page", "none")]
    public async Task Hook_AddsItsHeader(string path, string route)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(route, answer["x-hook"]);
    }

    [Fact]
    public async Task Hook_SeesNoFiles()
    {
        var answer = await site.GetAsync("/textiles/hello.txt");

        Assert.Null(answer["x-hook"]);
    }

    [Fact]
    public async Task Hook_AnswersAPathThatNoRouteHas()
    {
        var answer = await site.GetAsync("/hook/answer");

        Assert.Equal(418, answer.Status);
        Assert.Equal("answered by the hook", answer.Body);
    }
}
