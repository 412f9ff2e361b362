using Microsoft.Extensions.Logging;

namespace Selvedge.Server.Streams;

internal static partial class Log
{
    // Neither the token nor what it says: a log is read by more people than may use the project.
    [LoggerMessage(
        1650,
        LogLevel.Debug,
        "A request to the streams of {Project} was refused: {Code}",
        EventName = "StreamRefused"
    )]
    public static partial void Refused(ILogger logger, string project, string code);

    [LoggerMessage(
        1651,
        LogLevel.Warning,
        "Streams ask nobody who they are (Streams:Auth is none): whoever reaches {Urls} can read and write all of them",
        EventName = "StreamsOpen"
    )]
    public static partial void Open(ILogger logger, string urls);
}
