namespace Selvedge.Routing.Config;

/// <summary>The phase a route belongs to: that of the last <c>handle</c> marker before it.</summary>
public enum RoutePhase
{
    /// <summary>Before the first marker: headers, redirects, middleware, rewrites that come before files.</summary>
    Initial,

    /// <summary><c>filesystem</c>: rewrites that come after files.</summary>
    Filesystem,

    /// <summary><c>rewrite</c>: dynamic routes.</summary>
    Rewrite,

    /// <summary><c>resource</c>: the last rewrites, and the rule that nothing was found.</summary>
    Resource,

    /// <summary><c>hit</c>: headers for whatever a lookup found.</summary>
    Hit,

    /// <summary><c>miss</c>: what happens when a lookup found nothing.</summary>
    Miss,

    /// <summary><c>error</c>: what answers an error, chosen by status.</summary>
    Error,
}
