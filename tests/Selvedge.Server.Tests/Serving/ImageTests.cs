using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

public sealed class ImageTests : IAsyncLifetime
{
    private Site _site = null!;

    public async ValueTask InitializeAsync() =>
        _site = await Site.ServeAsync(
            "",
            new Dictionary<string, string>
            {
                ["config.json"] = """
                {"version":3,"routes":[{"src":"^/docs/_next/image/?$","dest":"/_next/image","check":true}],"images":{"sizes":[64],"domains":["cdn.example"],
                "contentSecurityPolicy":"sandbox;","contentDispositionType":"attachment"}}
                """,
                ["static/a.png"] = "png",
                ["static/a.svg"] = "<svg/>",
                ["static/a.html"] = "<h1>a</h1>",
            }
        );

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("/_next/image?url=%2Fa.png&w=64&q=75")]
    [InlineData("/_vercel/image?url=a.png&w=64&q=75")]
    [InlineData("/docs/_next/image?url=%2Fa.png&w=64&q=75")]
    public async Task Get_FileOfTheSite_IsSentAsItIs(string path)
    {
        var answer = await _site.Client.AnswerAsync(path);

        Assert.Equal((200, "png"), (answer.Status, answer.Body));
        Assert.Equal("image/png", answer["content-type"]);
        Assert.Equal("sandbox;", answer["content-security-policy"]);
        Assert.Equal("attachment; filename=\"a.png\"", answer["content-disposition"]);
        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
        var again = await _site.Client.AnswerAsync(path, ("If-None-Match", answer["etag"]!));
        Assert.Equal(304, again.Status);
    }

    [Theory]
    [InlineData("%2Fa.svg")]
    [InlineData("%2Fa.html")]
    public async Task Get_FileThatIsNoSafeImage_Is400(string url)
    {
        var answer = await _site.Client.AnswerAsync($"/_next/image?url={url}&w=64&q=75");

        Assert.Equal(400, answer.Status);
        Assert.Equal("INVALID_IMAGE_OPTIMIZE_REQUEST", answer["x-vercel-error"]);
    }

    [Theory]
    [InlineData("%2Fmade%2Fon%2Fdemand.png%3Fv%3D1", "/made/on/demand.png?v=1")]
    [InlineData("https%3A%2F%2Fcdn.example%2Fa.png", "https://cdn.example/a.png")]
    public async Task Get_ImageThatIsNoFile_LeadsToItsOwnAddress(string url, string location)
    {
        var answer = await _site.Client.AnswerAsync($"/_next/image?url={url}&w=64&q=75");

        Assert.Equal((307, location), (answer.Status, answer["location"]));
    }

    [Fact]
    public async Task Get_SizeThatIsNotAllowed_SaysWhichParameter()
    {
        var answer = await _site.Client.AnswerAsync("/_next/image?url=%2Fa.png&w=65&q=75");

        Assert.Equal(400, answer.Status);
        Assert.StartsWith("\"w\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithoutImagesInTheConfiguration_IsNotFound()
    {
        await using var site = await Site.ServeAsync("", new Dictionary<string, string> { ["static/a.png"] = "png" });

        Assert.Equal(404, (await site.Client.AnswerAsync("/_next/image?url=%2Fa.png&w=64&q=75")).Status);
    }
}
