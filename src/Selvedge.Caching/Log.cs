using Microsoft.Extensions.Logging;

namespace Selvedge.Caching;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "Fetching {Key} failed in the cache itself", EventName = "FetchCrashed")]
    public static partial void FetchCrashed(ILogger logger, Exception exception, string key);

    [LoggerMessage(
        2001,
        LogLevel.Warning,
        "The response for {Key} broke off after {Length} bytes; it is not kept",
        EventName = "BodyBrokenOff"
    )]
    public static partial void BodyBrokenOff(ILogger logger, string key, long length, Exception exception);

    [LoggerMessage(2002, LogLevel.Warning, "Refreshing {Key} failed; the stale response stays", EventName = "RefreshFailed")]
    public static partial void RefreshFailed(ILogger logger, string key);

    [LoggerMessage(2003, LogLevel.Error, "Renewing {Key} on disk failed in the cache itself", EventName = "RenewalCrashed")]
    public static partial void RenewalCrashed(ILogger logger, Exception exception, string key);

    [LoggerMessage(
        2004,
        LogLevel.Warning,
        "{Directory} cannot be written, so nothing is kept on disk: {Reason}",
        EventName = "DiskNotUsed"
    )]
    public static partial void DiskNotUsed(ILogger logger, string directory, string reason);

    [LoggerMessage(
        2005,
        LogLevel.Warning,
        "The journal of purges in {Directory} is missing or damaged; the {Count} entries there are given up, as any may have been purged",
        EventName = "PurgesLost"
    )]
    public static partial void PurgesLost(ILogger logger, string directory, int count);
}
