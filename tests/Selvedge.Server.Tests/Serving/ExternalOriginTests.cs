using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Selvedge.Server.Configuration;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

public sealed class ExternalOriginTests
{
    [Fact]
    public async Task Get_ExternalDestination_IsSentOnWithQueryAndIdentity()
    {
        await using var origin = await FakeOrigin.StartAsync((_, http) => http.Response.WriteAsync("from origin"));
        await using var site = await ProxyToAsync(origin.BaseAddress);

        var answer = await site.Client.AnswerAsync("/x/a%20b?q=1", ("x-forwarded-for", "6.6.6.6"), ("x-own", "1"));

        Assert.Equal("from origin", answer.Body);
        var seen = Assert.Single(origin.Requests);
        Assert.Equal("/a%20b?q=1", seen.Target);
        Assert.Equal(origin.BaseAddress.Authority, seen.Headers["host"]);
        Assert.Equal(site.BaseAddress.Authority, seen.Headers["x-forwarded-host"]);
        Assert.Equal("127.0.0.1", seen.Headers["x-forwarded-for"]);
        Assert.Equal("1", seen.Headers["x-own"]);
    }

    [Fact]
    public async Task Post_ExternalDestination_SendsMethodAndBody()
    {
        await using var origin = await FakeOrigin.StartAsync((_, http) => Task.CompletedTask);
        await using var site = await ProxyToAsync(origin.BaseAddress);
        using var body = new StringContent("payload");

        await site.Client.AnswerAsync(HttpMethod.Patch, "/x/a", body);

        var seen = Assert.Single(origin.Requests);
        Assert.Equal("PATCH", seen.Method);
        Assert.Equal("payload", seen.Body);
    }

    [Fact]
    public async Task Get_HeadersOfOneConnection_AreNotPassedOn()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers["x-vercel-cache"] = "HIT";
                http.Response.Headers["keep-alive"] = "timeout=5";
                http.Response.Headers["x-own"] = "1";
                return Task.CompletedTask;
            }
        );
        await using var site = await ProxyToAsync(origin.BaseAddress);

        var answer = await site.Client.AnswerAsync("/x/a", ("Connection", "x-hop"), ("x-hop", "1"), ("TE", "trailers"));

        var seen = Assert.Single(origin.Requests);
        Assert.False(seen.Headers.ContainsKey("x-hop"));
        Assert.False(seen.Headers.ContainsKey("te"));
        Assert.Null(answer["keep-alive"]);
        Assert.Equal("MISS", answer["x-vercel-cache"]);
        Assert.Equal("1", answer["x-own"]);
    }

    [Fact]
    public async Task Get_SlowBody_ArrivesAsItIsWritten()
    {
        var gate = new Gate();
        await using var origin = await FakeOrigin.StartAsync(
            async (_, http) =>
            {
                await http.Response.WriteAsync("first ");
                await http.Response.Body.FlushAsync();
                await gate.PassAsync();
                await http.Response.WriteAsync("last");
            }
        );
        await using var site = await ProxyToAsync(origin.BaseAddress);
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);

        await connection.GetAsync("/x/a", "Connection: close\r\n");
        await connection.ReadThroughAsync("first ");
        gate.Open();

        Assert.Contains("last", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OriginThatRefuses_Is502WithoutTheCause()
    {
        await using var site = await ProxyToAsync(new Uri($"http://127.0.0.1:{FreePort()}"));

        var answer = await site.Client.AnswerAsync("/x/a", ("Accept", "application/json"));

        Assert.Equal(502, answer.Status);
        Assert.Equal("ROUTER_EXTERNAL_TARGET_ERROR", answer["x-vercel-error"]);
        Assert.DoesNotContain("refused", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("127.0.0.1", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OriginThatStaysSilent_Is504()
    {
        var gate = new Gate();
        await using var origin = await FakeOrigin.StartAsync((_, http) => gate.PassAsync(http.RequestAborted));
        await using var site = await ProxyToAsync(origin.BaseAddress, TimeSpan.FromMilliseconds(50));

        var answer = await site.Client.AnswerAsync("/x/a");

        Assert.Equal(504, answer.Status);
        Assert.Equal("ROUTER_EXTERNAL_TARGET_TIMEOUT", answer["x-vercel-error"]);
        gate.Open();
    }

    [Fact]
    public async Task Get_OriginThatBreaksOff_BreaksTheConnectionOff()
    {
        var gate = new Gate();
        await using var origin = await FakeOrigin.StartAsync(
            async (_, http) =>
            {
                http.Response.ContentLength = 100;
                await http.Response.WriteAsync("part");
                await http.Response.Body.FlushAsync();
                await gate.PassAsync();
                http.Abort();
            }
        );
        await using var site = await ProxyToAsync(origin.BaseAddress);
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);

        await connection.GetAsync("/x/a");
        await connection.ReadThroughAsync("part");
        gate.Open();

        // The connection would stay open for another request if the answer had been ended as if it were whole.
        await Assert.ThrowsAnyAsync<IOException>(() => connection.ReadThroughAsync("never sent"));
    }

    [Fact]
    public async Task Get_RewriteToItself_EndsWith508()
    {
        var port = FreePort();
        await using var site = await Site.ServeAsync(
            $$"""{"src":"^/loop$","dest":"http://127.0.0.1:{{port}}/loop"}""",
            new Dictionary<string, string> { ["static/a.txt"] = "a" },
            new SelvedgeOptions(),
            port
        );

        var answer = await site.Client.AnswerAsync("/loop");

        Assert.Equal(508, answer.Status);
    }

    [Fact]
    public async Task Get_Redirect_IsPassedOnAndNotFollowed()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Redirect("https://elsewhere.test/");
                return Task.CompletedTask;
            }
        );
        await using var site = await ProxyToAsync(origin.BaseAddress);

        var answer = await site.Client.AnswerAsync("/x/a");

        Assert.Equal(302, answer.Status);
        Assert.Equal("https://elsewhere.test/", answer["location"]);
    }

    [Fact]
    public async Task WebSocket_ThroughAnExternalDestination_TalksBothWays()
    {
        await using var origin = await WebSocketEcho.StartAsync();
        await using var site = await ProxyToAsync(origin.BaseAddress);
        using var socket = new ClientWebSocket();
        var cancel = TestContext.Current.CancellationToken;

        await socket.ConnectAsync(new UriBuilder(site.BaseAddress) { Scheme = "ws", Path = "/x/socket" }.Uri, cancel);
        await socket.SendAsync(Encoding.UTF8.GetBytes("ping"), WebSocketMessageType.Text, endOfMessage: true, cancel);
        var buffer = new byte[16];
        var received = await socket.ReceiveAsync(buffer, cancel);

        Assert.Equal("ping", Encoding.UTF8.GetString(buffer, 0, received.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, cancel);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    private static Task<Site> ProxyToAsync(Uri origin, TimeSpan? responseTimeout = null) =>
        Site.ServeAsync(
            $$"""{"src":"^/x/(.*)$","dest":"{{origin.GetLeftPart(UriPartial.Authority)}}/$1"}""",
            new Dictionary<string, string> { ["static/a.txt"] = "a" },
            new SelvedgeOptions { Proxy = new() { ResponseTimeout = responseTimeout ?? TimeSpan.FromSeconds(30) } }
        );

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
