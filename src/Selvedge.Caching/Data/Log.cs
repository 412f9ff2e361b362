using Microsoft.Extensions.Logging;

namespace Selvedge.Caching.Data;

internal static partial class Log
{
    [LoggerMessage(
        2200,
        LogLevel.Warning,
        "The journal of revalidated tags {Path} is damaged; the data cache begins anew",
        EventName = "TagJournalDamaged"
    )]
    public static partial void TagJournalDamaged(ILogger logger, string path);

    [LoggerMessage(
        2201,
        LogLevel.Error,
        "The journal of revalidated tags {Path} cannot be written; after a restart the data cache begins anew",
        EventName = "TagJournalFailed"
    )]
    public static partial void TagJournalFailed(ILogger logger, Exception exception, string path);

    [LoggerMessage(
        2202,
        LogLevel.Critical,
        "The journal of revalidated tags {Path} can be neither written nor deleted: delete it before the next start, or data that was revalidated since comes back",
        EventName = "TagJournalStays"
    )]
    public static partial void TagJournalStays(ILogger logger, Exception exception, string path);
}
