namespace Selvedge.Server.Configuration;

/// <summary>Where a site wants routing to differ from the platform's.</summary>
public sealed record RouteOptions
{
    /// <summary>
    /// Whether the client's value wins when a rewrite names the same query key. False by default: a client must not be able to override
    /// <c>?id=</c>.
    /// </summary>
    public bool RequestQueryWins { get; init; }
}
