namespace Selvedge.Routing;

/// <summary>Where a request goes, and what its routes changed on the way.</summary>
public sealed class RouteDecision
{
    /// <summary>How routing ended; it says which of the properties below are set.</summary>
    public required RouteOutcome Outcome { get; init; }

    /// <summary>
    /// The status to answer with: a route's own, or that of the error being answered. <see langword="null"/> leaves it to the
    /// target. Always set for redirects and errors.
    /// </summary>
    public int? Status { get; init; }

    /// <summary>The output that answers (<see cref="RouteOutcome.Target"/>).</summary>
    public RouteTarget? Target { get; init; }

    /// <summary>The absolute URL of the origin that answers, query merged (<see cref="RouteOutcome.External"/>).</summary>
    public string? ExternalUrl { get; init; }

    /// <summary>The <c>Location</c> of a redirect, relative if its route wrote it so.</summary>
    public string? Location { get; init; }

    /// <summary>Middleware's own answer (<see cref="RouteOutcome.Synthetic"/>).</summary>
    public MiddlewareResponse? Synthetic { get; init; }

    /// <summary>
    /// The platform's code for an error, such as <c>NOT_FOUND</c>, also where a page of the deployment answers it;
    /// <see langword="null"/> otherwise.
    /// </summary>
    public string? ErrorCode { get; init; }

    /// <summary>
    /// The path a function sees: the client's, unless a <c>request.path</c> transform changed it. Rewrites do not change it, which is
    /// how the platform does it: a function learns what matched from <c>x-matched-path</c>.
    /// </summary>
    public required string RequestPath { get; init; }

    /// <summary>The routed query, without the question mark: the destinations' merged with the client's.</summary>
    public required string Query { get; init; }

    /// <summary>The path that was looked up last: what a prerender's function sees is its target's output path instead.</summary>
    public required string RoutedPath { get; init; }

    /// <summary>
    /// The captures of the route that led to the target, form-encoded (<c>1=a&amp;slug=a</c>): the value of
    /// <c>x-now-route-matches</c>. <see langword="null"/> when the client's path led there directly.
    /// </summary>
    public string? RouteMatches { get; init; }

    /// <summary>Response headers that routes and middleware set, in the order to apply them.</summary>
    public IReadOnlyList<RoutedHeader> ResponseHeaders { get; init; } = [];

    /// <summary>What routes and middleware changed in the request headers, in the order to apply it.</summary>
    public IReadOnlyList<HeaderChange> RequestHeaders { get; init; } = [];

    /// <summary>Changes to the response's headers after the target has answered (<c>response.headers</c> transforms).</summary>
    public IReadOnlyList<HeaderChange> ResponseTransforms { get; init; } = [];

    /// <summary>The same for headers that a transform chooses by a test among those the response has.</summary>
    public IReadOnlyList<ResponseTransform> ResponseSelectorTransforms { get; init; } = [];

    /// <summary>Patterns that took too long on this request, so that their routes were taken not to match. Worth a warning.</summary>
    public IReadOnlyList<RouteFault> Faults { get; init; } = [];

    /// <summary>Whether an external answer may be cached as its origin says (<c>respectOriginCacheControl</c>, default true).</summary>
    public bool RespectOriginCacheControl { get; init; } = true;
}
