namespace Selvedge.Routing;

/// <summary>A request as routing sees it.</summary>
public sealed class RouteRequest
{
    /// <summary>The method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path as the client encoded it, beginning with <c>/</c>, without query.</summary>
    public required string Path { get; init; }

    /// <summary>The query as the client encoded it, without the question mark; empty when there is none.</summary>
    public string Query { get; init; } = "";

    /// <summary>The scheme the client used: <c>https</c> or <c>http</c>.</summary>
    public string Scheme { get; init; } = "https";

    /// <summary>The host the client named, lower case, without port.</summary>
    public string Host { get; init; } = "";

    /// <summary>The request's headers.</summary>
    public required IRequestHeaders Headers { get; init; }
}
