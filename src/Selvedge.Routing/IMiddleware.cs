namespace Selvedge.Routing;

/// <summary>Runs the middleware that a route names. One instance belongs to one request.</summary>
public interface IMiddleware
{
    /// <summary>Runs it.</summary>
    /// <param name="call">Which middleware, and the request as the routes before it left it.</param>
    /// <param name="cancellationToken">Signalled when the client is gone.</param>
    /// <returns>
    /// Its answer as it gave it, protocol headers included; routing reads them. <see langword="null"/> if it failed: it threw, is
    /// missing, or timed out. A failed middleware ends routing with status 500 and is never skipped.
    /// </returns>
    ValueTask<MiddlewareResponse?> InvokeAsync(MiddlewareCall call, CancellationToken cancellationToken);
}
