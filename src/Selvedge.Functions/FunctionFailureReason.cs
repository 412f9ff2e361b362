namespace Selvedge.Functions;

/// <summary>The ways an invocation fails. Each names the status and the <c>x-vercel-error</c> code a client is to see.</summary>
public enum FunctionFailureReason
{
    /// <summary>The process could not be started, or the function's module failed to load: 500, <c>FUNCTION_INVOCATION_FAILED</c>.</summary>
    StartFailed,

    /// <summary>The handler threw or rejected before it answered, or returned no response: 500, <c>FUNCTION_INVOCATION_FAILED</c>.</summary>
    HandlerFailed,

    /// <summary>What the function sent is not a response that can be passed on: 500, <c>FUNCTION_INVOCATION_FAILED</c>.</summary>
    InvalidResponse,

    /// <summary>
    /// The connection ended before a response began: the process died or the function destroyed its socket. The function may have
    /// run, so the request is not sent again: 502, <c>NO_RESPONSE_FROM_FUNCTION</c>.
    /// </summary>
    NoResponse,

    /// <summary>The function took longer than <see cref="FunctionSpec.MaxDuration"/>: 504, <c>FUNCTION_INVOCATION_TIMEOUT</c>.</summary>
    TimedOut,

    /// <summary>Too many requests wait already, or the host is shutting down: 503, <c>FUNCTION_THROTTLED</c>.</summary>
    Unavailable,

    /// <summary>The request body exceeds <see cref="FunctionHostOptions.MaxRequestBodyBytes"/>: 413, <c>FUNCTION_PAYLOAD_TOO_LARGE</c>.</summary>
    RequestBodyTooLarge,

    /// <summary>The request's header section exceeds <see cref="FunctionHostOptions.MaxHeaderBytes"/>: 431, <c>REQUEST_HEADER_TOO_LARGE</c>.</summary>
    RequestHeadersTooLarge,

    /// <summary>The request has no form in which it could be sent: 400, <c>BAD_REQUEST</c>.</summary>
    InvalidRequest,

    /// <summary>The client went away, or its body could not be read: there is nobody to answer.</summary>
    ClientGone,
}
