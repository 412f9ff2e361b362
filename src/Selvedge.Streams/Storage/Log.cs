using Microsoft.Extensions.Logging;

namespace Selvedge.Streams.Storage;

internal static partial class Log
{
    [LoggerMessage(
        5000,
        LogLevel.Information,
        "Opened the streams in {Directory}: {Count} streams, {Milliseconds:F0} ms",
        EventName = "Opened"
    )]
    public static partial void Opened(ILogger logger, string directory, int count, double milliseconds);

    [LoggerMessage(
        5001,
        LogLevel.Critical,
        "The disk of the stream store failed; nothing more is written, and the server must be started again",
        EventName = "Failed"
    )]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(
        5002,
        LogLevel.Error,
        "{Damage} Reading it is refused; `selvedge streams verify` finds everything that is damaged, and a copy of the directory has it",
        EventName = "Damaged"
    )]
    public static partial void Damaged(ILogger logger, string damage);
}
