using Microsoft.Extensions.Logging;

namespace Selvedge.Server.Caching;

internal static partial class Log
{
    [LoggerMessage(
        1400,
        LogLevel.Warning,
        "The body for {Path} broke off; the client was told by breaking its connection off (request {RequestId}): {Reason}",
        EventName = "AnswerBrokenOff"
    )]
    public static partial void BodyBrokenOff(ILogger logger, string path, string requestId, string reason);

    [LoggerMessage(
        1401,
        LogLevel.Warning,
        "The cache keeps nothing on disk: {Reason} Set Cache:DiskBytes to 0 if that is meant",
        EventName = "CacheDiskNotUsed"
    )]
    public static partial void DiskNotUsed(ILogger logger, string reason);
}
