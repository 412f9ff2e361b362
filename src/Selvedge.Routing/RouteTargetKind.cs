namespace Selvedge.Routing;

/// <summary>What a request that ends at a target is answered by.</summary>
public enum RouteTargetKind
{
    /// <summary>A file of the build output.</summary>
    Static,

    /// <summary>A function, run for every request.</summary>
    Function,

    /// <summary>A function whose answer is kept: a prerender.</summary>
    Prerender,

    /// <summary>An image that the query names.</summary>
    Image,
}
