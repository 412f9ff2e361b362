namespace Selvedge.Server.Errors;

/// <summary>The platform's error codes: the value of <c>x-vercel-error</c>, and of <c>code</c> in a JSON error.</summary>
internal static class ErrorCodes
{
    /// <summary>400: the request line or a header is malformed.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>404: the deployment has nothing there.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>404: the request is for a host that is none of the site's names.</summary>
    public const string DeploymentNotFound = "DEPLOYMENT_NOT_FOUND";

    /// <summary>405: the method does not apply to what is there.</summary>
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";

    /// <summary>400: an image is asked for in a way that the deployment does not allow.</summary>
    public const string InvalidImageRequest = "INVALID_IMAGE_OPTIMIZE_REQUEST";

    /// <summary>413: the body is longer than the server takes.</summary>
    public const string PayloadTooLarge = "FUNCTION_PAYLOAD_TOO_LARGE";

    /// <summary>500: the function failed by itself.</summary>
    public const string FunctionFailed = "FUNCTION_INVOCATION_FAILED";

    /// <summary>500: middleware failed by itself.</summary>
    public const string MiddlewareFailed = "MIDDLEWARE_INVOCATION_FAILED";

    /// <summary>500: the server itself is at fault.</summary>
    public const string Internal = "INTERNAL_SERVER_ERROR";

    /// <summary>501: the build output holds the function, but nothing here can run its runtime.</summary>
    public const string RuntimeNotSupported = "FUNCTION_RUNTIME_NOT_SUPPORTED";

    /// <summary>431: the header section is longer than the function's process takes.</summary>
    public const string HeadersTooLarge = "REQUEST_HEADER_TOO_LARGE";

    /// <summary>502: the function's process ended, or it closed its socket, before it answered.</summary>
    public const string NoResponse = "NO_RESPONSE_FROM_FUNCTION";

    /// <summary>503: the function has more requests waiting than it takes.</summary>
    public const string FunctionThrottled = "FUNCTION_THROTTLED";

    /// <summary>504: the function took longer than its <c>maxDuration</c>.</summary>
    public const string FunctionTimeout = "FUNCTION_INVOCATION_TIMEOUT";

    /// <summary>508: a request has come back to this server too often.</summary>
    public const string InfiniteLoop = "INFINITE_LOOP_DETECTED";

    /// <summary>502: an external origin could not be reached or broke off.</summary>
    public const string ExternalFailed = "ROUTER_EXTERNAL_TARGET_ERROR";

    /// <summary>504: an external origin did not answer in time.</summary>
    public const string ExternalTimeout = "ROUTER_EXTERNAL_TARGET_TIMEOUT";
}
