using System.Net;
using System.Net.Sockets;
using System.Text;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

/// <summary>Origins whose framing no server framework would write.</summary>
public sealed class OddOriginTests
{
    [Theory]
    [InlineData("200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200, "hello")]
    [InlineData("204 No Content\r\nContent-Length: 5\r\n\r\nhello", 204, "")]
    public async Task Get_LengthThatIsSaidTwiceOrInVain_StillAnswers(string response, int status, string body)
    {
        using var listener = Listen();
        await using var site = await ProxyToAsync(listener);
        var answering = AnswerOnceAsync(listener, response);

        var answer = await site.Client.AnswerAsync("/");
        await answering;

        Assert.Equal((status, body), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Get_ProtocolSwitchThatNobodyAskedFor_Is502()
    {
        using var listener = Listen();
        await using var site = await ProxyToAsync(listener);
        var answering = AnswerOnceAsync(listener, "101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");

        using var connection = await RawConnection.OpenAsync(site.BaseAddress);
        await connection.GetAsync("/");
        var head = await connection.ReadHeadAsync();
        await answering;

        Assert.StartsWith("HTTP/1.1 502 ", head, StringComparison.Ordinal);
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static Task<Site> ProxyToAsync(TcpListener listener) =>
        Site.ServeAsync(
            $$"""{"src":"^/$","dest":"http://{{listener.LocalEndpoint}}/"}""",
            new Dictionary<string, string> { ["static/a.txt"] = "a" }
        );

    // Takes one request and answers it; what is sent before the connection closes still arrives.
    private static async Task AnswerOnceAsync(TcpListener listener, string response)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 }) { }

        await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {response}"), TestContext.Current.CancellationToken);
    }
}
