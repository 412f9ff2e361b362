using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

public sealed class StaticFileTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["static/index.html"] = "<h1>home</h1>",
        ["static/a.txt"] = "0123456789",
        ["static/empty.txt"] = "",
        ["static/large.bin"] = new string('x', 300_000),
        ["static/gone.html"] = "<h1>no such page</h1>",
    };

    private Site _site = null!;

    public async ValueTask InitializeAsync() =>
        _site = await Site.ServeAsync(
            """
            {"src":"^/typed$","dest":"/a.txt","headers":{"content-type":"text/x-mine","cache-control":"max-age=9"}},
            {"src":"^/teapot$","dest":"/a.txt","status":418},
            {"handle":"error"},{"status":404,"src":"^.*$","dest":"/gone.html"}
            """,
            Files
        );

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Get_File_CarriesWhatThePlatformSends()
    {
        var answer = await _site.Client.AnswerAsync("/a.txt");

        Assert.Equal(200, answer.Status);
        Assert.Equal("0123456789", answer.Body);
        Assert.Equal("text/plain; charset=utf-8", answer["content-type"]);
        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
        Assert.Equal("bytes", answer["accept-ranges"]);
        Assert.Equal("*", answer["access-control-allow-origin"]);
        Assert.Equal("/a.txt", answer["x-matched-path"]);
        Assert.Equal("inline; filename=\"a.txt\"", answer["content-disposition"]);
        Assert.Equal("Selvedge", answer["server"]);
        Assert.StartsWith("self1::", answer["x-vercel-id"], StringComparison.Ordinal);
        Assert.Matches("^\"[^\"]+\"$", answer["etag"]);
        Assert.NotNull(answer["last-modified"]);
    }

    [Fact]
    public async Task Get_WithItsEntityTag_Is304WithoutBody()
    {
        var first = await _site.Client.AnswerAsync("/a.txt");

        var second = await _site.Client.AnswerAsync("/a.txt", ("If-None-Match", first["etag"]!));

        Assert.Equal(304, second.Status);
        Assert.Empty(second.Bytes);
        Assert.Equal(first["etag"], second["etag"]);
        Assert.Equal(first["cache-control"], second["cache-control"]);
    }

    [Fact]
    public async Task Get_Range_Is206WithThatPart()
    {
        var answer = await _site.Client.AnswerAsync("/a.txt", ("Range", "bytes=2-4"));

        Assert.Equal(206, answer.Status);
        Assert.Equal("234", answer.Body);
        Assert.Equal("bytes 2-4/10", answer["content-range"]);
        Assert.Equal("3", answer["content-length"]);
    }

    [Fact]
    public async Task Get_RangeOfALargeFile_IsReadFromTheDisk()
    {
        var answer = await _site.Client.AnswerAsync("/large.bin", ("Range", "bytes=-10"));

        Assert.Equal(206, answer.Status);
        Assert.Equal("bytes 299990-299999/300000", answer["content-range"]);
        Assert.Equal(10, answer.Bytes.Length);
    }

    [Fact]
    public async Task Get_RangeBeyondTheEnd_Is416WithTheLength()
    {
        var answer = await _site.Client.AnswerAsync("/a.txt", ("Range", "bytes=10-"));

        Assert.Equal(416, answer.Status);
        Assert.Equal("bytes */10", answer["content-range"]);
    }

    [Fact]
    public async Task Get_RangeOfAnotherVersion_IsTheWholeFile()
    {
        var answer = await _site.Client.AnswerAsync("/a.txt", ("Range", "bytes=2-4"), ("If-Range", "\"other\""));

        Assert.Equal(200, answer.Status);
        Assert.Equal("0123456789", answer.Body);
    }

    [Fact]
    public async Task Head_File_HasTheLengthAndNoBody()
    {
        var answer = await _site.Client.AnswerAsync(HttpMethod.Head, "/large.bin", content: null);

        Assert.Equal(200, answer.Status);
        Assert.Equal("300000", answer["content-length"]);
        Assert.Empty(answer.Bytes);
    }

    [Fact]
    public async Task Post_File_Is405ThatNamesTheMethods()
    {
        var answer = await _site.Client.AnswerAsync(HttpMethod.Post, "/a.txt", new StringContent("x"));

        Assert.Equal(405, answer.Status);
        Assert.Equal("GET, HEAD", answer["allow"]);
    }

    [Fact]
    public async Task Get_EmptyFile_IsEmpty()
    {
        var answer = await _site.Client.AnswerAsync("/empty.txt");

        Assert.Equal(200, answer.Status);
        Assert.Equal("0", answer["content-length"]);
    }

    [Fact]
    public async Task Get_RoutedHeaders_ReplaceTheDefaults()
    {
        var answer = await _site.Client.AnswerAsync("/typed");

        Assert.Equal("text/x-mine", answer["content-type"]);
        Assert.Equal("max-age=9", answer["cache-control"]);
    }

    [Fact]
    public async Task Get_RoutedStatus_IsSentWithTheWholeFile()
    {
        var answer = await _site.Client.AnswerAsync("/teapot", ("Range", "bytes=0-1"));

        Assert.Equal(418, answer.Status);
        Assert.Equal("0123456789", answer.Body);
    }

    [Fact]
    public async Task Get_Missing_ShowsTheDeploymentsPageWith404()
    {
        var answer = await _site.Client.AnswerAsync("/nowhere");

        Assert.Equal(404, answer.Status);
        Assert.Equal("<h1>no such page</h1>", answer.Body);
        Assert.Equal("text/html; charset=utf-8", answer["content-type"]);
    }

    [Fact]
    public async Task Post_Missing_ShowsTheDeploymentsPageToo()
    {
        var answer = await _site.Client.AnswerAsync(HttpMethod.Post, "/nowhere", new StringContent("x"));

        Assert.Equal(404, answer.Status);
        Assert.Equal("<h1>no such page</h1>", answer.Body);
    }

    [Theory]
    [InlineData("/%2e%2e/config.json")]
    [InlineData("/..%2fconfig.json")]
    [InlineData("/a.txt%00.html")]
    [InlineData("/%c0%ae%c0%ae/config.json")]
    [InlineData("/static/a.txt")]
    public async Task Get_PathThatTriesToLeave_FindsNothing(string target)
    {
        using var connection = await RawConnection.OpenAsync(_site.BaseAddress);
        await connection.GetAsync(target, "Connection: close\r\n");

        var answer = await connection.ReadToEndAsync();

        Assert.Matches("^HTTP/1.1 (404|400) ", answer);
        Assert.DoesNotContain("\"version\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ManyAtOnce_AllGetTheWholeFile()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => _site.Client.AnswerAsync("/large.bin")));

        Assert.All(answers, answer => Assert.Equal(300_000, answer.Bytes.Length));
    }
}
