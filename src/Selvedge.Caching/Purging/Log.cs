using Microsoft.Extensions.Logging;

namespace Selvedge.Caching.Purging;

internal static partial class Log
{
    [LoggerMessage(
        2300,
        LogLevel.Warning,
        "The journal of purges {Path} is damaged; what was stored before counts as stale",
        EventName = "PurgeJournalDamaged"
    )]
    public static partial void PurgeJournalDamaged(ILogger logger, string path);

    [LoggerMessage(
        2301,
        LogLevel.Error,
        "The journal of purges {Path} cannot be written; after a restart what was stored before counts as stale",
        EventName = "PurgeJournalFailed"
    )]
    public static partial void PurgeJournalFailed(ILogger logger, Exception exception, string path);

    [LoggerMessage(
        2302,
        LogLevel.Critical,
        "The journal of purges {Path} can be neither written nor deleted: delete it before the next start, or what was purged comes back",
        EventName = "PurgeJournalStays"
    )]
    public static partial void PurgeJournalStays(ILogger logger, Exception exception, string path);
}
