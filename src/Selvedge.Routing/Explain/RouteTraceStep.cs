using Selvedge.Routing.Config;

namespace Selvedge.Routing.Explain;

/// <summary>One step of routing: a route that applied, a lookup, or the end.</summary>
public sealed record RouteTraceStep
{
    /// <summary>What happened.</summary>
    public required RouteTraceKind Kind { get; init; }

    /// <summary>The phase of a route, or the error phase for a failure; <see langword="null"/> for other steps.</summary>
    public RoutePhase? Phase { get; init; }

    /// <summary>The route's position in <c>routes</c>; <see langword="null"/> for a step that is not a route.</summary>
    public int? Route { get; init; }

    /// <summary>The route's <c>src</c> as written.</summary>
    public string? Src { get; init; }

    /// <summary>The path before a route, or the path that was looked up.</summary>
    public required string Path { get; init; }

    /// <summary>What the step did or found, a short phrase each: <c>path /blog/[slug]</c>, <c>header vary: rsc</c>.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    /// <summary>The step for a reader, on one line.</summary>
    public override string ToString()
    {
        var route = Route is { } index ? $" routes[{index}] {Src}" : "";
        var phase = Phase is { } named ? $" {named.ToString().ToLowerInvariant()}" : "";
        return $"{Kind.ToString().ToLowerInvariant()}{phase}{route} on {Path}: {string.Join("; ", Effects)}";
    }
}
