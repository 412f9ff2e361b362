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
}
