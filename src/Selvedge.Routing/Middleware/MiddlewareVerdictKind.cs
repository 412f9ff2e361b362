namespace Selvedge.Routing.Middleware;

/// <summary>What middleware wants done with a request.</summary>
internal enum MiddlewareVerdictKind
{
    /// <summary>It failed: nothing it said counts.</summary>
    Fail,

    /// <summary>Routing goes on.</summary>
    Continue,

    /// <summary>Routing goes on with another path and query, or the request goes to another origin.</summary>
    Rewrite,

    /// <summary>The client is sent elsewhere.</summary>
    Redirect,

    /// <summary>Its own answer is the answer.</summary>
    Respond,
}
