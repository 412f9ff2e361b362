using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Selvedge.Frameworks.Tests.NextEdge;
using Selvedge.Testing;

[assembly: AssemblyFixture(typeof(NextEdgeSite))]

namespace Selvedge.Frameworks.Tests.NextEdge;

/// <summary>The Next.js 16 app for the edge runtime, built once and served by the real command, with an origin that holds gates.</summary>
public sealed class NextEdgeSite : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private SelvedgeProcess? _selvedge;
    private FakeOrigin? _origin;

    public HttpClient Client { get; private set; } = null!;

    public Uri BaseAddress => _selvedge!.BaseAddress;

    public async ValueTask InitializeAsync()
    {
        var app = await FrameworkApp.BuildAsync("next16-edge");
        _origin = await FakeOrigin.StartAsync(AnswerAsync);
        _selvedge = await SelvedgeProcess.StartAsync(app);
        Client = PlainHttp.CreateClient(_selvedge.BaseAddress);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_selvedge is not null)
            await _selvedge.DisposeAsync();
        if (_origin is not null)
            await _origin.DisposeAsync();
    }

    public Task<HttpAnswer> GetAsync(string target, params IEnumerable<(string Name, string Value)> headers) =>
        Client.AnswerAsync(target, headers);

    /// <summary>Makes a URL that answers only once its gate is open.</summary>
    /// <returns>The gate, and its URL, escaped for use in a query.</returns>
    internal (Gate Gate, string Until) NewGate()
    {
        var name = Guid.NewGuid().ToString("N");
        var gate = _gates[name] = new Gate();
        return (gate, Uri.EscapeDataString(new Uri(_origin!.BaseAddress, name).AbsoluteUri));
    }

    private async Task AnswerAsync(RecordedRequest request, HttpContext context)
    {
        await _gates[request.Target.TrimStart('/')].PassAsync(context.RequestAborted);
        await context.Response.WriteAsync("released");
    }
}
