using Selvedge.Routing.Config;

namespace Selvedge.Routing;

/// <summary>The routes of one deployment, compiled. Immutable, and shared by all requests.</summary>
public sealed class RouteTable
{
    private RouteTable() { }

    /// <summary>The middleware that routes name, each once, with a leading slash.</summary>
    public IReadOnlyList<string> MiddlewarePaths { get; private init; } = [];

    /// <summary>Compiles the routes.</summary>
    /// <param name="config">The routes as written.</param>
    /// <param name="options">The settings.</param>
    /// <param name="faults">Receives everything that is wrong. A route with a fault is left out of the table.</param>
    /// <returns>The table.</returns>
    public static RouteTable Compile(RoutingConfig config, RoutingOptions options, ICollection<RouteFault> faults)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        return new RouteTable();
    }
}
