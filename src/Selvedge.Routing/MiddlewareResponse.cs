namespace Selvedge.Routing;

/// <summary>What middleware answered.</summary>
public sealed class MiddlewareResponse
{
    /// <summary>The status it gave.</summary>
    public required int Status { get; init; }

    /// <summary>Its headers, one entry a line (several <c>set-cookie</c> stay apart).</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Whether it gave a response at all. Middleware that returns nothing lets the request continue.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>The runner's own handle on the body, not looked at by routing; sent when the answer is final.</summary>
    public object? Body { get; init; }
}
