using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>An origin for handlers that wait: each URL that it makes answers only once the test opens its gate.</summary>
internal sealed class GatedOrigin : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private FakeOrigin _origin = null!;

    private GatedOrigin() { }

    public static async Task<GatedOrigin> StartAsync()
    {
        var gated = new GatedOrigin();
        gated._origin = await FakeOrigin.StartAsync(
            async (_, context) =>
            {
                await gated._gates[context.Request.Path.Value!].PassAsync(context.RequestAborted);
                await context.Response.WriteAsync("released");
            }
        );
        return gated;
    }

    /// <summary>Makes a gate.</summary>
    /// <returns>The gate, and its URL, escaped for use in a query.</returns>
    public (Gate Gate, string Until) NewGate()
    {
        var path = $"/{Guid.NewGuid():N}";
        var gate = _gates[path] = new Gate();
        return (gate, Uri.EscapeDataString(new Uri(_origin.BaseAddress, path).AbsoluteUri));
    }

    public ValueTask DisposeAsync() => _origin.DisposeAsync();
}
