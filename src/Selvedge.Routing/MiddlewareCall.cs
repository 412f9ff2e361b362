namespace Selvedge.Routing;

/// <summary>A call of middleware by a route.</summary>
/// <param name="MiddlewarePath">The output path of the function, beginning with <c>/</c>.</param>
/// <param name="Path">The live path, still encoded.</param>
/// <param name="Query">The live query, without the question mark.</param>
/// <param name="RequestHeaders">What earlier routes changed in the request headers, in order.</param>
public sealed record MiddlewareCall(string MiddlewarePath, string Path, string Query, IReadOnlyList<HeaderChange> RequestHeaders);
