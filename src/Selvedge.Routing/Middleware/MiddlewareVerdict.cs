namespace Selvedge.Routing.Middleware;

/// <summary>What middleware's answer means.</summary>
internal sealed record MiddlewareVerdict
{
    /// <summary>A failure, the verdict of no answer.</summary>
    public static MiddlewareVerdict Failure { get; } = new() { Kind = MiddlewareVerdictKind.Fail };

    /// <summary>What it wants done.</summary>
    public required MiddlewareVerdictKind Kind { get; init; }

    /// <summary>The status it gave.</summary>
    public int Status { get; init; }

    /// <summary>Where to, for a rewrite or a redirect.</summary>
    public string? Url { get; init; }

    /// <summary>The names of all request headers to keep; <see langword="null"/> keeps them all.</summary>
    public IReadOnlyList<string>? KeptRequestHeaders { get; init; }

    /// <summary>New values of request headers, by lower-case name.</summary>
    public IReadOnlyDictionary<string, string> RequestHeaders { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Its headers without those of the protocol and of the connection, names lower case.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];
}
