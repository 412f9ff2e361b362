using System.Text.Json;

namespace Selvedge.Frameworks.Tests.Nitro;

/// <summary>The rest of the server: its root, its middleware, its errors and its files.</summary>
[Collection<NitroSite>]
public sealed class ServerTests(NitroSite site)
{
    [Fact]
    public async Task Root_IsARoute() => Assert.Equal("<h1>page:home</h1>", (await site.GetAsync("/")).Body);

    [Fact]
    public async Task Middleware_SeesEveryRoute() => Assert.Equal("GET", (await site.GetAsync("/api/echo"))["x-marked"]);

    [Fact]
    public async Task Error_HasItsStatusAndItsData()
    {
        var answer = await site.GetAsync("/api/boom?thread=red", ("accept", "application/json"));

        Assert.Equal(418, answer.Status);
        Assert.Equal("red", JsonDocument.Parse(answer.Body).RootElement.GetProperty("data").GetProperty("thread").GetString());
    }

    [Fact]
    public async Task Path_WithoutARoute_IsTheServersOwn404()
    {
        var answer = await site.GetAsync("/no-such-page", ("accept", "application/json"));

        Assert.Equal(404, answer.Status);
        Assert.Contains("Cannot find any route matching", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_OfThePublicDirectory_IsServed()
    {
        var answer = await site.GetAsync("/hello.txt");

        Assert.Equal(("HIT", "A file of the public directory.\n"), (answer["x-vercel-cache"], answer.Body));
    }
}
