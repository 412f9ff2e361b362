using Microsoft.Extensions.Logging;

namespace Selvedge.Server.Prerender;

internal static partial class Log
{
    [LoggerMessage(
        1700,
        LogLevel.Warning,
        "A condition of {Path}'s experimentalBypassFor is ignored. {Fault}",
        EventName = "BypassConditionUnusable"
    )]
    public static partial void ConditionUnusable(ILogger logger, string path, string fault);

    [LoggerMessage(
        1702,
        LogLevel.Warning,
        "The shell of {Path} was not completed: its function answered {Status} (request {RequestId})",
        EventName = "ShellNotCompleted"
    )]
    public static partial void NotCompleted(ILogger logger, string path, string requestId, int status);

    [LoggerMessage(
        1703,
        LogLevel.Warning,
        "What completes the shell of {Path} broke off (request {RequestId}): {Reason}",
        EventName = "CompletionBrokenOff"
    )]
    public static partial void CompletionBrokenOff(ILogger logger, string path, string requestId, string reason);

    [LoggerMessage(
        1701,
        LogLevel.Warning,
        "Rendered pages are kept in memory only, because '{Directory}' cannot be used: {Reason}",
        EventName = "PrerendersInMemoryOnly"
    )]
    public static partial void KeptInMemoryOnly(ILogger logger, string directory, string reason);

    [LoggerMessage(
        1704,
        LogLevel.Warning,
        "What was to complete the shell of {Path} could not be let go (request {RequestId})",
        EventName = "CompletionNotLetGo"
    )]
    public static partial void NotLetGo(ILogger logger, Exception exception, string path, string requestId);
}
