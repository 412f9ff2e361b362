using System.Net;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>The real command with a site, streams and an address for HTTP/2, for all tests of a class.</summary>
public sealed class Http2Site : IAsyncLifetime
{
    private readonly TempDirectory _output = new();
    private SelvedgeProcess _process = null!;

    /// <summary>Speaks HTTP/2 with prior knowledge, and nothing else.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Where HTTP/1.1 is spoken.</summary>
    public Uri Http1Address => _process.BaseAddress;

    /// <summary>Where HTTP/2 is spoken.</summary>
    public Uri Http2Address => _process.Http2Address!;

    public async ValueTask InitializeAsync()
    {
        _output.Write("config.json", """{"version":3,"routes":[{"handle":"filesystem"}]}""");
        _output.Write("static/page.html", "<p>page</p>");
        WriteFunction(
            "echo",
            """
            export default async (request, response) => {
              response.writeHead(200, { connection: 'keep-alive', 'keep-alive': 'timeout=9', 'x-http': request.httpVersion });
              for await (const chunk of request) response.write(chunk);
              response.end('.');
            };
            """
        );
        WriteFunction("head", "export default (request, response) => response.end(JSON.stringify(request.headers));");
        WriteFunction(
            "hints",
            "export default (request, response) => response.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => response.end('late'));"
        );
        _process = await SelvedgeProcess.StartAsync(
            _output.Path,
            environment: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SELVEDGE_HTTP2URLS"] = "http://127.0.0.1:0",
                ["SELVEDGE_STREAMS__AUTH"] = "none",
                ["SELVEDGE_LIMITS__MAXSTREAMSPERCONNECTION"] = "7",
            }
        );
        Client = PlainHttp.CreateClient(Http2Address);
        Client.DefaultRequestVersion = HttpVersion.Version20;
        Client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        _output.Dispose();
    }

    private void WriteFunction(string name, string source)
    {
        _output.Write(
            $"functions/{name}.func/.vc-config.json",
            """{"runtime":"nodejs24.x","handler":"index.mjs","launcherType":"Nodejs","supportsResponseStreaming":true}"""
        );
        _output.Write($"functions/{name}.func/index.mjs", source);
    }
}
