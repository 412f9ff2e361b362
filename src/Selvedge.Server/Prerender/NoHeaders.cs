using Selvedge.Routing;

namespace Selvedge.Server.Prerender;

/// <summary>A request without headers.</summary>
internal sealed class NoHeaders : IRequestHeaders
{
    public static NoHeaders Instance { get; } = new();

    public IEnumerable<string> Names => [];

    public string? Get(string name) => null;
}
