namespace Selvedge.Routing.Config;

/// <summary>What a transform changes.</summary>
public enum TransformKind
{
    /// <summary><c>request.headers</c>.</summary>
    RequestHeaders,

    /// <summary><c>request.query</c>.</summary>
    RequestQuery,

    /// <summary><c>request.path</c>: the path the function sees.</summary>
    RequestPath,

    /// <summary><c>response.headers</c>.</summary>
    ResponseHeaders,
}
