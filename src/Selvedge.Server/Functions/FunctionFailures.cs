using Microsoft.Extensions.Logging;
using Selvedge.Functions;
using Selvedge.Server.Errors;

namespace Selvedge.Server.Functions;

/// <summary>What a client is told of a failed invocation: a status and a code, never the detail.</summary>
internal static class FunctionFailures
{
    /// <summary>Logs a failure; a client that has left is nobody's fault, and no news by day.</summary>
    /// <exception cref="OperationCanceledException">The client has left: there is nobody to answer.</exception>
    public static void Report(
        ILogger logger,
        string function,
        FunctionFailure failure,
        string requestId,
        CancellationToken clientGone
    )
    {
        if (failure.Reason is FunctionFailureReason.ClientGone)
        {
            Log.ClientLeft(logger, function, requestId);
            clientGone.ThrowIfCancellationRequested();
        }

        Log.FunctionFailed(logger, function, failure.Reason, requestId, failure.Detail);
    }

    /// <summary>The answer to a failure, as <see cref="FunctionFailureReason"/> documents it.</summary>
    public static OriginFailure ToOriginFailure(FunctionFailureReason reason) =>
        reason switch
        {
            FunctionFailureReason.NoResponse => new(502, ErrorCodes.NoResponse),
            FunctionFailureReason.TimedOut => new(504, ErrorCodes.FunctionTimeout),
            FunctionFailureReason.Unavailable => new(503, ErrorCodes.FunctionThrottled),
            FunctionFailureReason.RequestBodyTooLarge => new(413, ErrorCodes.PayloadTooLarge),
            FunctionFailureReason.RequestHeadersTooLarge => new(431, ErrorCodes.HeadersTooLarge),
            _ => new(500, ErrorCodes.FunctionFailed),
        };
}
