using Selvedge.Routing.Requests;

namespace Selvedge.Routing.Memory;

/// <summary>An input that was consulted on the way to a decision, and what it was.</summary>
/// <param name="Kind">Which part of the request.</param>
/// <param name="Name">The header's or cookie's name; empty for the host.</param>
/// <param name="Value">Its value; <see langword="null"/> if it was absent.</param>
internal readonly record struct Input(InputKind Kind, string Name, string? Value)
{
    /// <summary>Whether a request has the same value here.</summary>
    public bool IsSameIn(string host, IRequestHeaders headers) =>
        Kind switch
        {
            InputKind.Host => string.Equals(host, Value, StringComparison.Ordinal),
            InputKind.Cookie => CookieHeader.Has(headers.Get("cookie"), Name, Value),
            _ => string.Equals(headers.Get(Name), Value, StringComparison.Ordinal),
        };
}
