using System.Collections.Frozen;
using Selvedge.Routing.Config;
using Selvedge.Routing.Phases;

namespace Selvedge.Routing;

/// <summary>The routes of one deployment, compiled. Immutable, and shared by all requests.</summary>
public sealed class RouteTable
{
    private readonly PhaseRoutes[] _phases;
    private readonly Dictionary<string, string> _wildcards;
    private readonly FrozenSet<string> _middlewareOutputs;

    private RouteTable(IReadOnlyList<CompiledRoute> routes, Dictionary<string, string> wildcards, RoutingOptions options)
    {
        _phases = Enum.GetValues<RoutePhase>()
            .Select(phase => new PhaseRoutes(routes.Where(route => route.Config.Phase == phase).ToList()))
            .ToArray();
        _wildcards = wildcards;
        Options = options;
        Count = routes.Count;
        MiddlewarePaths = routes
            .Select(static route => route.MiddlewarePath)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        _middlewareOutputs = MiddlewarePaths.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>How many routes it holds, over all phases.</summary>
    public int Count { get; }

    /// <summary>The middleware that routes name, each once, with a leading slash.</summary>
    public IReadOnlyList<string> MiddlewarePaths { get; }

    /// <summary>The settings it was compiled with.</summary>
    public RoutingOptions Options { get; }

    /// <summary>Whether any host has an entry in <c>wildcard</c>.</summary>
    internal bool HasWildcards => _wildcards.Count > 0;

    /// <summary>
    /// Whether an output is middleware of this table. It is run by its routes, and a path never leads to it: a client could else run
    /// it with a URL of its own choosing.
    /// </summary>
    internal bool IsMiddleware(RouteTarget target) => _middlewareOutputs.Contains(target.OutputPath);

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

        var compiler = new RouteCompiler(options, faults);
        var routes = config.Routes.Select(compiler.Compile).OfType<CompiledRoute>().ToList();
        var wildcards = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var wildcard in config.Wildcards)
            wildcards.TryAdd(wildcard.Domain, wildcard.Value);
        return new RouteTable(routes, wildcards, options);
    }

    /// <summary>The routes of a phase.</summary>
    internal PhaseRoutes Phase(RoutePhase phase) => _phases[(int)phase];

    /// <summary>What <c>$wildcard</c> stands for on a host; empty if nothing.</summary>
    internal string Wildcard(string host) => _wildcards.GetValueOrDefault(host, "");
}
