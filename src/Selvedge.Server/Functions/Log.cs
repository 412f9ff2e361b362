using Microsoft.Extensions.Logging;
using Selvedge.Functions;

namespace Selvedge.Server.Functions;

internal static partial class Log
{
    [LoggerMessage(
        1100,
        LogLevel.Error,
        "Function {Function} gave no answer ({Reason}) to request {RequestId}: {Detail}",
        EventName = "FunctionFailed"
    )]
    public static partial void FunctionFailed(
        ILogger logger,
        string function,
        FunctionFailureReason reason,
        string requestId,
        string detail
    );

    [LoggerMessage(
        1101,
        LogLevel.Error,
        "Function {Function} needs the runtime {Runtime}, which this server cannot run; request {RequestId} was refused",
        EventName = "RuntimeNotSupported"
    )]
    public static partial void RuntimeNotSupported(ILogger logger, string function, string runtime, string requestId);

    [LoggerMessage(
        1102,
        LogLevel.Error,
        "Function {Function} broke off the body of its answer to request {RequestId}: {Detail}",
        EventName = "BodyBrokenOff"
    )]
    public static partial void BodyBrokenOff(ILogger logger, string function, string requestId, string detail);

    [LoggerMessage(
        1104,
        LogLevel.Debug,
        "The client of request {RequestId} left, or broke its request off, before function {Function} had answered: {Detail}",
        EventName = "ClientLeft"
    )]
    public static partial void ClientLeft(ILogger logger, string function, string requestId, string detail);

    [LoggerMessage(
        1103,
        LogLevel.Error,
        "Middleware {Middleware} is named by a route, but the build output has no such function; request {RequestId} was refused",
        EventName = "MiddlewareMissing"
    )]
    public static partial void MiddlewareMissing(ILogger logger, string middleware, string requestId);
}
