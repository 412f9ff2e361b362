using System.Text;
using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16;

public sealed class RouteHandlerTests(NextSite site)
{
    [Fact]
    public async Task Get_SeesMethodQueryAndHeaders()
    {
        var answer = await site.GetAsync("/api/echo?a=1&b=two%20words&a=2", ("x-probe", "thread"));

        var echo = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(200, answer.Status);
        Assert.Equal("echo", answer["x-handler"]);
        Assert.Equal("GET", echo.GetProperty("method").GetString());
        Assert.Equal(
            ["a=1", "a=2", "b=two words"],
            echo.GetProperty("query").EnumerateArray().Select(item => item.GetString()!).Order(StringComparer.Ordinal)
        );
        Assert.Equal("thread", echo.GetProperty("headers").GetProperty("x-probe").GetString());
    }

    [Fact]
    public async Task Get_SeesTheAddressTheClientUsed()
    {
        var answer = await site.GetAsync("/api/echo?a=1", ("host", "shop.example"));

        var echo = JsonDocument.Parse(answer.Body).RootElement;
        // Next writes the scheme itself: it takes whatever hosts it so for HTTPS.
        Assert.EndsWith("://shop.example/api/echo?a=1", echo.GetProperty("url").GetString(), StringComparison.Ordinal);
        var headers = echo.GetProperty("headers");
        Assert.Equal("shop.example", headers.GetProperty("x-forwarded-host").GetString());
        Assert.Equal("http", headers.GetProperty("x-forwarded-proto").GetString());
        Assert.Equal("127.0.0.1", headers.GetProperty("x-forwarded-for").GetString());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Body_ReachesTheHandler(string method)
    {
        using var body = new StringContent("{\"warp\":\"weft é\"}", Encoding.UTF8, "application/json");

        var answer = await site.Client.AnswerAsync(new HttpMethod(method), "/api/echo", body);

        var echo = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(method, echo.GetProperty("method").GetString());
        Assert.Equal("{\"warp\":\"weft é\"}", echo.GetProperty("body").GetString());
        Assert.Equal("application/json; charset=utf-8", echo.GetProperty("headers").GetProperty("content-type").GetString());
    }

    [Fact]
    public async Task LargeBody_ComesBackWhole()
    {
        var sent = new byte[4 * 1024 * 1024];
        new Random(20_300_101).NextBytes(sent);
        using var body = new ByteArrayContent(sent);

        var answer = await site.Client.AnswerAsync(HttpMethod.Post, "/api/stream", body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(sent, answer.Bytes);
    }

    [Fact]
    public async Task Stream_SendsItsFirstByteBeforeItsLast()
    {
        var (gate, until) = site.NewGate();
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);
        await connection.GetAsync($"/api/stream?until={until}", "Connection: close\r\n");

        // The handler cannot finish before the gate opens, so whatever is here was sent before the end was known.
        var head = await connection.ReadThroughAsync("first\n");
        await gate.ArrivalAsync();
        Assert.DoesNotContain("last:", head + connection.Pending, StringComparison.Ordinal);
        gate.Open();

        Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);
        Assert.Contains("last:released", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspense_SendsTheShellBeforeTheRest()
    {
        var (gate, until) = site.NewGate();
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);
        await connection.GetAsync($"/suspense?until={until}", "Connection: close\r\n");

        var shell = await connection.ReadThroughAsync("early:shell");
        Assert.DoesNotContain("late:", shell + connection.Pending, StringComparison.Ordinal);
        gate.Open();

        Assert.Contains("late:released", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_RunsOnceTheAnswerIsSent()
    {
        var (gate, then) = site.NewGate();

        var answer = await site.GetAsync($"/api/after?then={then}");
        await gate.ArrivalAsync();
        gate.Open();

        Assert.Equal("{\"answered\":true}", answer.Body);
    }

    [Fact]
    public async Task Client_ThatGoesAway_AbortsTheHandlersRequest()
    {
        var (started, until) = site.NewGate();
        var (aborted, then) = site.NewGate();
        using (var connection = await RawConnection.OpenAsync(site.BaseAddress))
        {
            await connection.GetAsync($"/api/abort?until={until}&then={then}");
            await started.ArrivalAsync();
        }

        await aborted.ArrivalAsync();
        aborted.Open();
        started.Open();
    }

    [Fact]
    public async Task SeveralCookies_AreSeveralHeaders()
    {
        var answer = await site.GetAsync("/api/cookies", ("cookie", "third=3; fourth=4"));

        var cookies = answer.All("set-cookie");
        Assert.Equal(3, cookies.Count);
        Assert.Contains("first=1; Path=/; HttpOnly", cookies);
        Assert.Contains("second=two%20words; Path=/; SameSite=lax", cookies);
        Assert.Contains(
            cookies,
            cookie => cookie.StartsWith("third=; Path=/; Expires=Thu, 01 Jan 1970", StringComparison.Ordinal)
        );
        Assert.Contains("\"fourth\":\"4\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(503)]
    public async Task Status_IsTheHandlersOwn(int status)
    {
        var answer = await site.GetAsync($"/api/status/{status}");

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 204 ? "" : $"status:{status}", answer.Body);
    }

    [Fact]
    public async Task Method_WithoutAHandler_Is405()
    {
        var answer = await site.Client.AnswerAsync(HttpMethod.Delete, "/api/cookies", content: null);

        Assert.Equal(405, answer.Status);
    }

    [Fact]
    public async Task Head_HasTheHeadersOfGetAndNoBody()
    {
        var answer = await site.Client.AnswerAsync(HttpMethod.Head, "/api/echo", content: null);

        Assert.Equal(200, answer.Status);
        Assert.Equal("echo", answer["x-handler"]);
        Assert.Empty(answer.Bytes);
    }
}
