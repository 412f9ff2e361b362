using Selvedge.Routing.Conditions;
using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Substitution;
using Selvedge.Routing.Transforms;

namespace Selvedge.Routing.Phases;

/// <summary>A route, compiled: everything that does not depend on a request is decided.</summary>
internal sealed class CompiledRoute
{
    /// <summary>The route as written.</summary>
    public required RouteConfig Config { get; init; }

    /// <summary>Its <c>src</c>.</summary>
    public required PathPattern Pattern { get; init; }

    /// <summary>Its <c>has</c>.</summary>
    public IReadOnlyList<Condition> Has { get; init; } = [];

    /// <summary>Its <c>missing</c>.</summary>
    public IReadOnlyList<Condition> Missing { get; init; } = [];

    /// <summary>Its methods, upper case; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>Its <c>dest</c>.</summary>
    public Destination? Destination { get; init; }

    /// <summary>Its response headers.</summary>
    public IReadOnlyList<HeaderTemplate> Headers { get; init; } = [];

    /// <summary>Its transforms.</summary>
    public IReadOnlyList<Transform> Transforms { get; init; } = [];

    /// <summary>The middleware it runs, with a leading slash.</summary>
    public string? MiddlewarePath { get; init; }

    /// <summary>Whether the groups of <see cref="Pattern"/> are used, so that a match must give them.</summary>
    public bool CapturesPath { get; init; }

    /// <summary>Whether what conditions capture is used.</summary>
    public bool CapturesConditions { get; init; }

    /// <summary>Whether the phase goes on with the next route after this one.</summary>
    public bool Continues { get; init; }

    /// <summary>Its status.</summary>
    public int? Status => Config.Status;

    /// <summary>Whether its destination must exist, or routing goes on.</summary>
    public bool Check => Config.Check;

    /// <summary>Whether its status sends the client elsewhere.</summary>
    public bool IsRedirect => Status is 301 or 302 or 303 or 307 or 308;

    /// <summary>
    /// Whether not knowing if it matches must stop the request: what guards a site is never skipped because a pattern took too long.
    /// </summary>
    public bool IsGuard => MiddlewarePath is not null || Denies;

    /// <summary>Whether it turns requests away.</summary>
    public bool Denies => string.Equals(Config.Mitigate, "deny", StringComparison.Ordinal);
}
