namespace Selvedge.Routing.Explain;

/// <summary>What a step of routing was.</summary>
public enum RouteTraceKind
{
    /// <summary>A route matched and was applied.</summary>
    Route,

    /// <summary>Middleware ran.</summary>
    Middleware,

    /// <summary>A path was looked up in the deployment.</summary>
    Lookup,

    /// <summary>Routing entered the error phase.</summary>
    Failure,

    /// <summary>A pattern took too long, and its route was taken not to match.</summary>
    Timeout,

    /// <summary>The end: the outcome and its status.</summary>
    Decision,
}
