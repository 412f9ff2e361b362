using Microsoft.Extensions.Logging;

namespace Selvedge.Streams.Subscriptions;

internal static partial class Log
{
    [LoggerMessage(
        5100,
        LogLevel.Warning,
        "The webhook of subscription {Project}/{Id} failed {Failures} times in a row; it will be tried again",
        EventName = "WebhookFailed"
    )]
    public static partial void WebhookFailed(ILogger logger, string project, string id, int failures);

    [LoggerMessage(
        5101,
        LogLevel.Warning,
        "Subscription {Project}/{Id} could not be woken through the stream '{WakeStream}': {Outcome}",
        EventName = "WakeStreamFailed"
    )]
    public static partial void WakeStreamFailed(
        ILogger logger,
        string project,
        string id,
        string wakeStream,
        AppendOutcome outcome
    );

    [LoggerMessage(5102, LogLevel.Error, "Subscription {Project}/{Id} could not be served", EventName = "WakeFailed")]
    public static partial void WakeFailed(ILogger logger, Exception exception, string project, string id);
}
