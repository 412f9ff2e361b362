using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

public sealed class AnswerTests : IAsyncLifetime
{
    private Site _site = null!;

    public async ValueTask InitializeAsync() =>
        _site = await Site.ServeAsync(
            """
            {"src":"^/old$","status":308,"headers":{"Location":"/new"}},
            {"src":"^/away$","status":302,"headers":{"Location":"https://elsewhere.test/é"}},
            {"src":"^/assets/.*$","headers":{"cache-control":"public, max-age=31536000, immutable"},"continue":true},
            {"handle":"filesystem"},
            {"src":"^/assets/.*$","status":404,"headers":{"cache-control":"no-store"}}
            """,
            new Dictionary<string, string> { ["static/a.txt"] = "a" }
        );

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Redirect_Permanent_CarriesRefreshForOldBrowsers()
    {
        var answer = await _site.Client.AnswerAsync("/old");

        Assert.Equal(308, answer.Status);
        Assert.Equal("/new", answer["location"]);
        Assert.Equal("0;url=/new", answer["refresh"]);
        Assert.Equal("text/plain; charset=utf-8", answer["content-type"]);
    }

    [Fact]
    public async Task Redirect_ForAProgram_IsJson()
    {
        var answer = await _site.Client.AnswerAsync("/old", ("Accept", "application/json"));

        Assert.Equal("/new", JsonDocument.Parse(answer.Body).RootElement.GetProperty("redirect").GetString());
    }

    [Fact]
    public async Task Redirect_ToTextOutsideAscii_IsPercentEncoded()
    {
        using var connection = await RawConnection.OpenAsync(_site.BaseAddress);
        await connection.GetAsync("/away", "Connection: close\r\n");

        var answer = await connection.ReadToEndAsync();

        Assert.Contains("Location: https://elsewhere.test/%C3%A9\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotFound_WhereARouteSaysHowLongToKeepIt_SaysSo()
    {
        var answer = await _site.Client.AnswerAsync("/assets/former.js");

        Assert.Equal(404, answer.Status);
        Assert.Equal("no-store", answer["cache-control"]);
    }

    [Theory]
    [InlineData("text/html", "text/html; charset=utf-8")]
    [InlineData("application/json", "application/json; charset=utf-8")]
    [InlineData("*/*", "text/plain; charset=utf-8")]
    public async Task NotFound_ByAccept_HasThatFormAndTheCode(string accept, string contentType)
    {
        var answer = await _site.Client.AnswerAsync("/nowhere", ("Accept", accept));

        Assert.Equal(404, answer.Status);
        Assert.Equal(contentType, answer["content-type"]);
        Assert.Equal("NOT_FOUND", answer["x-vercel-error"]);
        Assert.Contains("NOT_FOUND", answer.Body, StringComparison.Ordinal);
        Assert.Contains(answer["x-vercel-id"]!, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotFound_Head_HasNoBody()
    {
        var answer = await _site.Client.AnswerAsync(HttpMethod.Head, "/nowhere", content: null);

        Assert.Equal(404, answer.Status);
        Assert.Empty(answer.Bytes);
    }

    [Theory]
    [InlineData("GET /a\\..\\b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /a HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n")]
    public async Task Malformed_Request_Is400(string request)
    {
        using var connection = await RawConnection.OpenAsync(_site.BaseAddress);
        await connection.SendAsync(request);

        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
