using Microsoft.Extensions.Logging;

namespace Selvedge.Streams.Estuaries;

internal static partial class Log
{
    [LoggerMessage(
        5200,
        LogLevel.Warning,
        "Estuary {Project}/{Estuary} could not take what stream '{Stream}' got, {Failures} times in a row ({Outcome}); it is tried again",
        EventName = "DeliveryFailed"
    )]
    public static partial void DeliveryFailed(
        ILogger logger,
        string project,
        string estuary,
        string stream,
        int failures,
        AppendOutcome outcome
    );

    [LoggerMessage(
        5201,
        LogLevel.Information,
        "Estuary {Project}/{Estuary} follows stream '{Stream}' no more: {Outcome}",
        EventName = "FollowerRemoved"
    )]
    public static partial void FollowerRemoved(
        ILogger logger,
        string project,
        string estuary,
        string stream,
        AppendOutcome outcome
    );

    [LoggerMessage(5202, LogLevel.Error, "What stream {Project}/{Stream} got could not be delivered", EventName = "FanOutFailed")]
    public static partial void FanOutFailed(ILogger logger, Exception exception, string project, string stream);
}
