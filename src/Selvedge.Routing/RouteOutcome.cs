namespace Selvedge.Routing;

/// <summary>How routing ended.</summary>
public enum RouteOutcome
{
    /// <summary>Nothing answers; the status and <see cref="RouteDecision.ErrorCode"/> say why.</summary>
    Error,

    /// <summary><see cref="RouteDecision.Target"/> answers, with the routed status if there is one.</summary>
    Target,

    /// <summary>Another origin answers: <see cref="RouteDecision.ExternalUrl"/>.</summary>
    External,

    /// <summary>The client is sent to <see cref="RouteDecision.Location"/>.</summary>
    Redirect,

    /// <summary>Middleware answered itself: <see cref="RouteDecision.Synthetic"/>.</summary>
    Synthetic,
}
