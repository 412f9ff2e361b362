using System.Globalization;

namespace Selvedge.Routing.Phases;

/// <summary>The platform's codes for errors.</summary>
internal static class ErrorCodes
{
    public const string NotFound = "NOT_FOUND";
    public const string BadRequest = "BAD_REQUEST";
    public const string Loop = "INFINITE_LOOP_DETECTED";
    public const string MiddlewareFailed = "MIDDLEWARE_INVOCATION_FAILED";

    /// <summary>A pattern that guards the site took too long.</summary>
    public const string Timeout = "ROUTER_PATTERN_TIMEOUT";

    /// <summary>The code of a status that a route set.</summary>
    public static string For(int status) =>
        status switch
        {
            400 => BadRequest,
            401 => "UNAUTHORIZED",
            403 => "FORBIDDEN",
            404 => NotFound,
            405 => "METHOD_NOT_ALLOWED",
            410 => "GONE",
            429 => "TOO_MANY_REQUESTS",
            500 => "INTERNAL_SERVER_ERROR",
            502 => "BAD_GATEWAY",
            503 => "SERVICE_UNAVAILABLE",
            504 => "GATEWAY_TIMEOUT",
            508 => Loop,
            _ => "STATUS_" + status.ToString(CultureInfo.InvariantCulture),
        };
}
