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
        1601,
        LogLevel.Warning,
        "Rendered pages are kept in memory only, because '{Directory}' cannot be used: {Reason}",
        EventName = "PrerendersInMemoryOnly"
    )]
    public static partial void KeptInMemoryOnly(ILogger logger, string directory, string reason);
}
