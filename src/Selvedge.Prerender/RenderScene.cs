namespace Selvedge.Prerender;

/// <summary>All that a function may know of the request that makes it render: nothing of it belongs to one visitor.</summary>
public sealed class RenderScene
{
    /// <summary><c>http</c> or <c>https</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>Host with port as the client named it, lower case, without the scheme's default port.</summary>
    public required string Authority { get; init; }

    /// <summary>The path the client asked for, as it encoded it: what a purge by URL names.</summary>
    public required string ClientPath { get; init; }

    /// <summary>The routed query, without question mark.</summary>
    public required string Query { get; init; }

    /// <summary>The captures of the route that led here, form-encoded: <c>x-now-route-matches</c>. <see langword="null"/> if none did.</summary>
    public string? RouteMatches { get; init; }

    /// <summary>The request headers that the prerender's <c>allowHeader</c> lets through, one entry a line.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
