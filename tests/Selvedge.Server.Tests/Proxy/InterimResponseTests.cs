using System.Net;
using System.Net.Sockets;
using System.Text;
using Selvedge.Server.Tests.Serving;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Proxy;

/// <summary>Interim responses (1xx) reach the client that waits, and nobody else (RFC 9110 section 15.2).</summary>
public sealed class InterimResponseTests
{
    private const string Hint = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nX-Own: 1\r\n\r\n";
    private const string Cacheable = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 1\r\n\r\na";

    [Fact]
    public async Task Get_AHint_ArrivesBeforeTheAnswer()
    {
        var answer = new TaskCompletionSource();
        await using var origin = new RawOrigin(async connection =>
        {
            await connection.SendAsync(Hint);
            await answer.Task;
            await connection.SendAsync(Cacheable);
        });
        await using var site = await ProxyToAsync(origin);
        using var client = await RawConnection.OpenAsync(site.BaseAddress);
        await client.GetAsync("/x");

        var hint = await client.ReadHeadAsync();
        answer.SetResult();
        var head = await client.ReadHeadAsync();

        Assert.Equal(Hint, hint);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Own", head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("a", await client.ReadThroughAsync("a"));
    }

    [Fact]
    public async Task Get_FromTheCache_BringsNoHint()
    {
        await using var origin = new RawOrigin(connection => connection.SendAsync(Hint + Cacheable));
        await using var site = await ProxyToAsync(origin);
        using var client = await RawConnection.OpenAsync(site.BaseAddress);
        await client.GetAsync("/x");
        await client.ReadHeadAsync();
        await client.ReadHeadAsync();
        await client.ReadThroughAsync("a");

        await client.GetAsync("/x");
        var head = await client.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        Assert.Contains("X-Vercel-Cache: HIT", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Own", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Get_SeveralInPieces_ArriveInOrder()
    {
        const string processing = "HTTP/1.1 102 Processing\r\n\r\n";
        await using var origin = new RawOrigin(async connection =>
        {
            foreach (var character in processing + Hint + Cacheable)
            {
                await connection.SendAsync(character.ToString());
            }
        });
        await using var site = await ProxyToAsync(origin);
        using var client = await RawConnection.OpenAsync(site.BaseAddress);
        await client.GetAsync("/x");

        Assert.Equal(processing, await client.ReadHeadAsync());
        Assert.Equal(Hint, await client.ReadHeadAsync());
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ByAnOldClient_BringsNoHint()
    {
        await using var origin = new RawOrigin(connection => connection.SendAsync(Hint + Cacheable));
        await using var site = await ProxyToAsync(origin);
        using var client = await RawConnection.OpenAsync(site.BaseAddress);

        await client.SendAsync("GET /x HTTP/1.0\r\nHost: localhost\r\n\r\n");

        Assert.Contains(" 200 OK\r\n", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AgainOnTheSameConnectionToTheOrigin_BringsAHintAgain()
    {
        await using var origin = new RawOrigin(connection =>
            connection.SendAsync(Hint + Cacheable.Replace("max-age=60", "no-store", StringComparison.Ordinal))
        );
        await using var site = await ProxyToAsync(origin);
        using var client = await RawConnection.OpenAsync(site.BaseAddress);
        for (var i = 0; i < 3; i++)
        {
            await client.GetAsync("/x");

            Assert.Equal(Hint, await client.ReadHeadAsync());
            await client.ReadThroughAsync("\r\n\r\na");
        }
    }

    [Fact]
    public async Task Get_AHintOfARefresh_ReachesNobody()
    {
        const string stale =
            "HTTP/1.1 200 OK\r\nCache-Control: max-age=0, stale-while-revalidate=60\r\nContent-Length: 1\r\n\r\na";
        var refresh = new TaskCompletionSource();
        var asked = 0;
        await using var origin = new RawOrigin(async connection =>
        {
            if (++asked == 1)
            {
                await connection.SendAsync(stale);
                return;
            }

            await refresh.Task;
            await connection.SendAsync(Hint + Cacheable);
        });
        await using var site = await ProxyToAsync(origin);
        using var client = await RawConnection.OpenAsync(site.BaseAddress);
        var received = "";
        await AskAsync();
        await AskAsync();
        Assert.Contains("X-Vercel-Cache: STALE", received, StringComparison.OrdinalIgnoreCase);

        // The connection is open, and between two requests, while the refresh says something.
        refresh.SetResult();
        while (!received.Contains("X-Vercel-Cache: HIT", StringComparison.OrdinalIgnoreCase))
        {
            await AskAsync();
        }

        Assert.DoesNotContain(" 103 ", received, StringComparison.Ordinal);

        async Task AskAsync()
        {
            await client.GetAsync("/x");
            received += await client.ReadThroughAsync("\r\n\r\na");
        }
    }

    [Fact]
    public async Task Get_AFlood_IsCutOff()
    {
        await using var origin = new RawOrigin(connection =>
            connection.SendAsync(string.Concat(Enumerable.Repeat(Hint, 40)) + Cacheable)
        );
        await using var site = await ProxyToAsync(origin);
        using var client = await RawConnection.OpenAsync(site.BaseAddress);
        await client.GetAsync("/x");

        var hints = 0;
        while ((await client.ReadHeadAsync()).StartsWith("HTTP/1.1 103", StringComparison.Ordinal))
        {
            hints++;
        }

        Assert.InRange(hints, 1, 16);
    }

    [Fact]
    public async Task Get_AHintOfAFunction_ArrivesBeforeTheAnswer()
    {
        const string source = """
            export default (request, response) => {
              response.writeEarlyHints({ link: '</a.css>; rel=preload' });
              response.setHeader('cache-control', 's-maxage=60');
              response.end('a');
            };
            """;
        await using var site = await Site.ServeAsync(
            """{"src":"^/x$","dest":"/f"}""",
            Site.Function("f", source).ToDictionary(StringComparer.Ordinal)
        );
        using var client = await RawConnection.OpenAsync(site.BaseAddress);
        await client.GetAsync("/x");

        Assert.Equal("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n", await client.ReadHeadAsync());
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    private static Task<Site> ProxyToAsync(RawOrigin origin) =>
        Site.ServeAsync(
            $$"""{"src":"^/(.*)$","dest":"http://127.0.0.1:{{origin.Port}}/$1"}""",
            new Dictionary<string, string>(StringComparer.Ordinal)
        );

    /// <summary>An origin that answers with exactly these bytes.</summary>
    private sealed class RawOrigin : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<RawOrigin, Task> _answer;
        private readonly Task _serving;
        private NetworkStream _stream = null!;

        public RawOrigin(Func<RawOrigin, Task> answer)
        {
            _answer = answer;
            _listener.Start();
            _serving = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public async Task SendAsync(string text)
        {
            await _stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            await _stream.FlushAsync();
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task ServeAsync()
        {
            using var client = await _listener.AcceptTcpClientAsync();
            client.NoDelay = true;
            _stream = client.GetStream();
            using var reader = new StreamReader(_stream, Encoding.Latin1, leaveOpen: true);
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length == 0)
                {
                    await _answer(this);
                }
            }
        }
    }
}
