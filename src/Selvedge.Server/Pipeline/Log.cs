using Microsoft.Extensions.Logging;

namespace Selvedge.Server.Pipeline;

internal static partial class Log
{
    [LoggerMessage(
        1000,
        LogLevel.Error,
        "{Method} {Path} failed in the server itself (request {RequestId})",
        EventName = "Unexpected"
    )]
    public static partial void Unexpected(ILogger logger, Exception exception, string method, string path, string requestId);

    [LoggerMessage(1002, LogLevel.Warning, "{Route}: {Detail} (request {RequestId})", EventName = "PatternTooSlow")]
    public static partial void PatternTooSlow(ILogger logger, string route, string detail, string requestId);

    // Without the query: it may carry tokens.
    [LoggerMessage(
        1001,
        LogLevel.Debug,
        "{Method} {Path} was answered with {Status} (request {RequestId})",
        EventName = "Answered"
    )]
    public static partial void Answered(ILogger logger, string method, string path, int status, string requestId);
}
