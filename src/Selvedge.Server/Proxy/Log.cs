using Microsoft.Extensions.Logging;

namespace Selvedge.Server.Proxy;

internal static partial class Log
{
    [LoggerMessage(
        1200,
        LogLevel.Error,
        "The origin {Origin} gave no answer to request {RequestId}: {Detail}",
        EventName = "ExternalNoAnswer"
    )]
    public static partial void NoAnswer(ILogger logger, string origin, string requestId, string detail);

    [LoggerMessage(
        1201,
        LogLevel.Error,
        "The origin {Origin} broke off its answer to request {RequestId}: {Detail}",
        EventName = "ExternalBrokenOff"
    )]
    public static partial void BrokenOff(ILogger logger, string origin, string requestId, string detail);

    [LoggerMessage(
        1202,
        LogLevel.Error,
        "Request {RequestId} was on its way to {Origin} but has passed this server too often; a rewrite leads back to its own site",
        EventName = "ExternalLoop"
    )]
    public static partial void Looping(ILogger logger, string origin, string requestId);

    [LoggerMessage(
        1203,
        LogLevel.Error,
        "An origin switched protocols in its answer to request {RequestId}, which had not asked for that",
        EventName = "ExternalUnaskedUpgrade"
    )]
    public static partial void UnaskedUpgrade(ILogger logger, string requestId);
}
