namespace Selvedge.Frameworks.Tests.Hono;

/// <summary>What the framework itself does, which must be the same on both runtimes.</summary>
[Collection<HonoSite>]
public sealed class AppTests(HonoSite site)
{
    [Theory]
    [InlineData("/node", "node")]
    [InlineData("/edge", "edge-light")]
    public async Task App_KnowsItsRuntime(string root, string expected) =>
        Assert.Equal(expected, (await site.GetAsync($"{root}/echo"))["x-runtime"]);

    [Theory]
    [InlineData("/node")]
    [InlineData("/edge")]
    public async Task Events_AreSent(string root)
    {
        var answer = await site.GetAsync($"{root}/events");

        Assert.Equal("text/event-stream", answer["content-type"]);
        Assert.Equal("event: thread\ndata: warp\n\nevent: thread\ndata: weft\n\n", answer.Body);
    }

    [Theory]
    [InlineData("/node")]
    [InlineData("/edge")]
    public async Task Form_WithAFile_IsRead(string root)
    {
        // By hand: the client's own adds a second name for the file, which Node's parser does not take.
        using var form = new StringContent(
            "--cut\r\ncontent-disposition: form-data; name=\"thread\"\r\n\r\nblue\r\n"
                + "--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"cloth.txt\"\r\n\r\nwoven\r\n--cut--\r\n"
        );
        form.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "cut") } };

        var answer = await site.PostAsync($"{root}/form", form);

        Assert.Equal("""{"thread":"blue","name":"cloth.txt","size":5}""", answer.Body);
    }

    [Theory]
    [InlineData("/node")]
    [InlineData("/edge")]
    public async Task Redirect_IsSent(string root)
    {
        var answer = await site.GetAsync($"{root}/moved");

        Assert.Equal((307, $"{root}/echo"), (answer.Status, answer["location"]));
    }

    [Theory]
    [InlineData("/node")]
    [InlineData("/edge")]
    public async Task Error_IsTheAppsOwn(string root)
    {
        var answer = await site.GetAsync($"{root}/boom");

        Assert.Equal((500, "caught: This handler always fails."), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("/node/unknown")]
    [InlineData("/edge/unknown")]
    [InlineData("/node/a/b/c")]
    public async Task Path_WithoutARoute_IsTheAppsOwn404(string path)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal((404, $"nothing at {path}"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Root_IsTheApps() => Assert.Equal("<h1>page:home</h1>", (await site.GetAsync("/")).Body);

    [Fact]
    public async Task File_OfThePublicDirectory_IsServed()
    {
        var answer = await site.GetAsync("/hello.txt");

        Assert.Equal(("HIT", "A file of the public directory.\n"), (answer["x-vercel-cache"], answer.Body));
    }
}
