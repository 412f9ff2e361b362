using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.Functions;
using Selvedge.Server.Errors;

namespace Selvedge.Server.Functions;

/// <summary>What a client is told of a failed invocation: a status and a code, never the detail.</summary>
internal static class FunctionFailures
{
    /// <summary>Logs a failure and says what to answer. A client that has left is nobody's fault, and no news by day.</summary>
    /// <param name="logger">Where to.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="failure">What the function host says.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="aborted">Signalled when whoever wanted the response has gone.</param>
    /// <exception cref="OperationCanceledException">There is nobody to answer.</exception>
    public static OriginFailure Report(
        ILogger logger,
        string function,
        FunctionFailure failure,
        string requestId,
        CancellationToken aborted
    )
    {
        if (failure.Reason is FunctionFailureReason.ClientGone)
        {
            Log.ClientLeft(logger, function, requestId, failure.Detail);
            aborted.ThrowIfCancellationRequested();
        }
        else
        {
            Log.FunctionFailed(logger, function, failure.Reason, requestId, failure.Detail);
        }

        return ToOriginFailure(failure);
    }

    // As FunctionFailureReason documents it; a body that Kestrel refuses has its own status.
    private static OriginFailure ToOriginFailure(FunctionFailure failure) =>
        failure.Reason switch
        {
            _ when failure.BodyError is BadHttpRequestException bad => OriginFailure.Of(bad),
            FunctionFailureReason.ClientGone => new(400, ErrorCodes.BadRequest),
            FunctionFailureReason.NoResponse => new(502, ErrorCodes.NoResponse),
            FunctionFailureReason.TimedOut => new(504, ErrorCodes.FunctionTimeout),
            FunctionFailureReason.Unavailable => new(503, ErrorCodes.FunctionThrottled),
            FunctionFailureReason.RequestBodyTooLarge => new(413, ErrorCodes.PayloadTooLarge),
            FunctionFailureReason.RequestHeadersTooLarge => new(431, ErrorCodes.HeadersTooLarge),
            _ => new(500, ErrorCodes.FunctionFailed),
        };
}
