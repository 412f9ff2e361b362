using Microsoft.Extensions.Logging;

namespace Selvedge.Server.Loopback;

internal static partial class Log
{
    // Without the query: it may carry tokens.
    [LoggerMessage(
        1600,
        LogLevel.Error,
        "{Method} {Path} (request {RequestId}) is a function's call to its own site, and has passed this server too often; functions call each other in a circle",
        EventName = "LoopbackLoop"
    )]
    public static partial void Looping(ILogger logger, string method, string path, string requestId);
}
