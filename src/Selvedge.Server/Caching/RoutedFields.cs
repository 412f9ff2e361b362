using System.Collections.Frozen;
using Selvedge.Caching.Fields;
using Selvedge.Routing;
using Selvedge.Server.Admission;

namespace Selvedge.Server.Caching;

/// <summary>Shows the cache a request's header fields as its origin would see them, composing them only if it must.</summary>
/// <param name="request">The request.</param>
/// <param name="decision">What routing changed.</param>
/// <param name="compose">Composes the lines that would leave.</param>
internal sealed class RoutedFields(
    AdmittedRequest request,
    RouteDecision decision,
    Func<IReadOnlyList<KeyValuePair<string, string>>> compose
) : IRequestFields
{
    // Set by this server, or not sent on. All others of that kind begin with "x-".
    private static readonly FrozenSet<string> OwnNames = new[] { "cdn-loop", "connection", "host", "te" }.ToFrozenSet(
        StringComparer.OrdinalIgnoreCase
    );

    private readonly HttpRequestHeaders _client = new(request.Http.Request.Headers);
    private LineFields? _composed;

    /// <summary>Whether an origin gets a field as the client sent it, if routing does not change it.</summary>
    public static bool IsSentOn(string name) =>
        !name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && !OwnNames.Contains(name);

    /// <inheritdoc/>
    public string? Get(string name) =>
        decision.RequestHeaders.Count == 0 && IsSentOn(name)
            ? _client.Get(name)
            : (_composed ??= new LineFields(compose())).Get(name);
}
